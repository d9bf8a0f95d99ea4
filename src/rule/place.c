/*
 * Naming places.
 */
#include "rule/place.h"

#define MAX_NAME_CHARACTERS 24 /* of a row's name within a place */

tb_str tb_localized_get(const tb_localized *text, tb_language language)
{
    for (size_t i = 0; i < TB_LANGUAGE_COUNT && text->in[language].size == 0; i++)
        if (text->in[i].size > 0)
            return text->in[i];
    return text->in[language];
}

/* ---- finding the record ---- */

static bool holds(const tb_record *record, const tb_item *item)
{
    return record->scope == item->field->scope && record->items[item->field->slot] == item;
}

static const tb_record *search_below(const tb_record *record, const tb_item *item)
{
    if (holds(record, item))
        return record;
    for (size_t i = 0; i < record->scope->scope_count; i++) {
        const tb_record_list *list = &record->lists[i];
        for (size_t j = 0; j < list->count; j++) {
            const tb_record *found = search_below(list->records[j], item);
            if (found != NULL)
                return found;
        }
    }
    return NULL;
}

const tb_record *tb_place_find_record(const tb_form *form, const tb_record *near,
                                      const tb_item *item)
{
    for (const tb_record *record = near; record != NULL; record = record->parent)
        if (holds(record, item))
            return record;
    const tb_record *found = search_below(form->root, item);
    return found != NULL ? found : form->root;
}

/* ---- for machines ---- */

static void append_record_path(tb_buffer *out, const tb_record *record)
{
    if (record->parent == NULL)
        return;
    append_record_path(out, record->parent);
    if (record->parent->parent != NULL)
        tb_buffer_char(out, '.');
    tb_buffer_text(out, record->scope->id);
    tb_buffer_char(out, '[');
    if (record->id.size > 0)
        tb_buffer_text(out, record->id);
    else
        tb_buffer_uint(out, record->index + 1);
    tb_buffer_char(out, ']');
}

void tb_place_path(tb_buffer *out, const tb_record *record, const tb_item *item)
{
    append_record_path(out, record);
    if (item == NULL)
        return;
    if (record->parent != NULL)
        tb_buffer_char(out, '.');
    tb_buffer_text(out, item->field->id);
}

/* ---- for people ---- */

/* Cut at a whole character, with a sign that it was. */
static void append_short(tb_buffer *out, tb_str text)
{
    size_t offset = 0, count = 0;
    while (offset < text.size && count < MAX_NAME_CHARACTERS) {
        size_t before = offset;
        if (tb_text_next(text, &offset) == '\n') {
            offset = before;
            break;
        }
        count++;
    }
    tb_buffer_text(out, tb_str_slice(text, 0, offset));
    if (offset < text.size)
        tb_buffer_cstr(out, "…");
}

/* The item of the record's first field of that type that has a value. */
static const tb_item *find_naming_item(const tb_record *record, tb_field_type type)
{
    for (size_t i = 0; i < record->scope->field_count; i++) {
        const tb_item *item = record->items[i];
        if (record->scope->fields[i].type == type && record->scope->fields[i].required &&
            item->state == TB_ITEM_VALID)
            return item;
    }
    return NULL;
}

const tb_item *tb_place_find_name(const tb_record *record)
{
    const tb_item *text = find_naming_item(record, TB_FIELD_TEXT);
    return text != NULL ? text : find_naming_item(record, TB_FIELD_NUMBER);
}

static void append_numbered(tb_buffer *out, const tb_record *record, tb_language language)
{
    const tb_item *number = find_naming_item(record, TB_FIELD_NUMBER);
    tb_buffer_text(out, tb_localized_get(&record->scope->name, language));
    if (language != TB_LANGUAGE_ZH)
        tb_buffer_char(out, ' ');
    if (number != NULL)
        tb_buffer_text(out, number->text);
    else
        tb_buffer_uint(out, record->index + 1);
}

static void append_row(tb_buffer *out, const tb_record *record, tb_language language)
{
    const tb_item *name = find_naming_item(record, TB_FIELD_TEXT);
    if (name != NULL) {
        append_short(out, name->text);
        return;
    }
    tb_buffer row;
    tb_buffer_init(&row, 32);
    tb_buffer_uint(&row, record->index + 1);
    tb_str args[] = {tb_buffer_get(&row)};
    tb_message_append(out, language, TB_MSG_RULE_ROW, args, 1);
    tb_buffer_done(&row);
}

/* A column's or row's name: the view across the matrix has it as a field. */
static void append_line(tb_buffer *out, const tb_record *record, tb_language language)
{
    const tb_scope *root = record->scope->parent;
    for (size_t i = 0; i < root->scope_count; i++) {
        const tb_scope *across = root->scopes[i];
        const tb_field *field = across != record->scope && across->layout == record->scope->layout
                                    ? tb_scope_find_field(across, record->id)
                                    : NULL;
        if (field != NULL) {
            tb_buffer_text(out, tb_localized_get(&field->name, language));
            return;
        }
    }
    tb_buffer_text(out, record->id);
}

void tb_place_record(tb_buffer *out, const tb_record *record, tb_language language)
{
    switch (record->scope->kind) {
    case TB_SCOPE_ROOT:
        break;
    case TB_SCOPE_TABLE:
        append_row(out, record, language);
        break;
    case TB_SCOPE_BLOCK:
    case TB_SCOPE_ENTRIES:
        append_numbered(out, record, language);
        break;
    case TB_SCOPE_MATRIX_COLUMN:
    case TB_SCOPE_MATRIX_ROW:
        append_line(out, record, language);
        break;
    }
}

static void append_chain(tb_buffer *out, const tb_record *record, tb_language language)
{
    if (record->parent == NULL)
        return;
    append_chain(out, record->parent, language);
    if (out->size > 0)
        tb_buffer_cstr(out, " · ");
    tb_place_record(out, record, language);
}

void tb_place_text(tb_buffer *out, const tb_record *record, const tb_item *item,
                   tb_language language)
{
    append_chain(out, record, language);
    if (item == NULL)
        return;
    if (out->size > 0)
        tb_buffer_cstr(out, " · ");
    tb_buffer_text(out, tb_localized_get(&item->field->name, language));
}
