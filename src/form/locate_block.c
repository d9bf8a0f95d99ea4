/*
 * Finds blocks: a title, then tables.
 */
#include "form/table_reader.h"

static tb_address address_of(const tb_occurrence *occurrence)
{
    return (tb_address){occurrence->sheet, occurrence->area.row, occurrence->area.column};
}

/* A title that captured nothing for a field may have it in the cell to the right. */
static bool fill_from_right(tb_locator *locator, tb_record *record, const tb_label *label,
                            const tb_occurrence *title)
{
    for (size_t i = 0; i < TB_CAPTURES_MAX && label->captures[i] != NULL; i++) {
        const tb_field *field = label->captures[i];
        if (field->scope != record->scope || field->type != TB_FIELD_TEXT ||
            record->items[field->slot]->state != TB_ITEM_BLANK)
            continue;
        tb_range right =
            tb_locator__area(locator, title->sheet, title->area.row, title->area.last_column + 1);
        if (!tb_cell_is_blank(tb_locator__cell(locator, title->sheet, right)) &&
            !tb_locator__read_cell(locator, record->items[field->slot], title->sheet, right))
            return false;
    }
    return true;
}

/* The tables of a block while it is read. */
static bool begin_tables(tb_locator *locator, tb_record *block, tb_table_reader **ret)
{
    size_t count = block->scope->scope_count;
    *ret = tb_locator__array(locator, count, sizeof **ret);
    for (size_t i = 0; *ret != NULL && i < count; i++) {
        if (!tb_table__begin(&(*ret)[i], locator, block, &block->lists[i]))
            return false;
    }
    return *ret != NULL;
}

static bool read_tables(tb_table_reader *tables, size_t count, const tb_occurrence *title)
{
    for (size_t i = 0; i < count; i++) {
        if (!tb_table__read(&tables[i], title->sheet, title->area.last_row + 1))
            return false;
    }
    return true;
}

static bool finish_tables(tb_table_reader *tables, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (!tb_table__finish(&tables[i]))
            return false;
    }
    return true;
}

/* Whether a title is the block's own once more: it says so (（续）), or it is the same on another
 * page. */
static bool continues(tb_locator *locator, const tb_record *block, const tb_occurrence *first,
                      const tb_label *label, const tb_occurrence *title)
{
    bool continued = title->match != NULL && title->match->continued;
    for (size_t i = 0; i < TB_CAPTURES_MAX && label->captures[i] != NULL; i++) {
        const tb_field *field = label->captures[i];
        bool remark;
        tb_str text = tb_label_without_remark(tb_occurrence_captured(title, i), &remark);
        continued = continued || remark;
        if (field->scope == block->scope &&
            !tb_str_equal(tb_text_key(locator->arena, text),
                          tb_text_key(locator->arena, block->items[field->slot]->text)))
            return false;
    }
    return continued || (title->sheet != first->sheet && label->captures[0] != NULL);
}

/* Reads the block whose title is occurrence *at, with the pages that it goes on to; *at and *label
 * become the next block's. */
static bool add_block(tb_locator *locator, tb_record *root, tb_record_list *list,
                      const tb_label **label, size_t *at)
{
    const tb_block_layout *layout = list->scope->layout;
    const tb_occurrence *title = &locator->occurrences[*at];
    size_t count = list->scope->scope_count;
    tb_table_reader *tables;
    tb_record *block = tb_locator__record(locator, list->scope, root, address_of(title));
    if (block == NULL || !tb_locator__push(locator, list, block) ||
        !tb_locator__capture(locator, *label, *at, block) ||
        !fill_from_right(locator, block, *label, title) || !begin_tables(locator, block, &tables))
        return false;
    const tb_occurrence *part = title;
    do {
        if (!read_tables(tables, count, part))
            return false;
        *at = tb_locator__find_anywhere(locator, &layout->titles, *at + 1, label);
        part = &locator->occurrences[*at];
    } while (*at < locator->occurrence_count && continues(locator, block, title, *label, part));
    return finish_tables(tables, count);
}

bool tb_locator__blocks(tb_locator *locator, tb_record *root, tb_record_list *list)
{
    const tb_block_layout *layout = list->scope->layout;
    const tb_label *label = NULL;
    size_t at = tb_locator__find_anywhere(locator, &layout->titles, 0, &label);
    if (at == locator->occurrence_count)
        return tb_locator__gap(locator, (tb_gap){.kind = TB_GAP_SCOPE,
                                                 .at = list->at,
                                                 .scope = list->scope,
                                                 .required = layout->required});
    list->found = true;
    list->at = address_of(&locator->occurrences[at]);
    while (at < locator->occurrence_count) {
        if (!add_block(locator, root, list, &label, &at))
            return false;
    }
    return true;
}
