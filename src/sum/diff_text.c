/*
 * The differences for people: 示例项目 · 金额  H12 → H13：100 → 120.
 */
#include "base/limits.h"
#include "rule/display.h"
#include "rule/place.h"
#include "sum/diff.h"

static void append_cell(tb_buffer *out, const tb_form *form, tb_address at)
{
    char name[TB_CELL_NAME_SIZE];
    const tb_workbook *workbook = form->workbook;
    if (workbook->sheet_count > 1 && at.sheet < workbook->sheet_count) {
        tb_buffer_text(out, workbook->sheets[at.sheet].name);
        tb_buffer_char(out, '!');
    }
    tb_buffer_text(out, tb_cell_name(at.row, at.column, name));
}

/* A line break would end the line of the difference. */
static void append_line(tb_buffer *out, tb_str text)
{
    for (size_t i = 0; i < text.size; i++)
        tb_buffer_char(out, (unsigned char)text.data[i] < ' ' ? ' ' : text.data[i]);
}

static void append_value(tb_buffer *out, const tb_item *item, tb_language language)
{
    tb_buffer value;
    tb_buffer_init(&value, TB_MAX_TEXT_SIZE);
    tb_display_item(&value, item);
    if (value.size > 0)
        append_line(out, tb_buffer_get(&value));
    else
        tb_message_append(out, language, TB_MSG_SUM_DIFF_NOTHING, NULL, 0);
    tb_buffer_done(&value);
}

typedef enum slot { PLACE, OLD_CELL, NEW_CELL, OLD_VALUE, NEW_VALUE, SLOTS } slot;

static void append_changed(tb_buffer *out, const tb_diff *diff, const tb_difference *one,
                           tb_language language)
{
    tb_buffer parts[SLOTS];
    tb_str args[SLOTS];
    for (size_t i = 0; i < SLOTS; i++)
        tb_buffer_init(&parts[i], TB_MAX_TEXT_SIZE);
    tb_place_text(&parts[PLACE], one->new_record, one->new_item, language);
    append_cell(&parts[OLD_CELL], diff->old_form, one->old_item->at);
    append_cell(&parts[NEW_CELL], diff->new_form, one->new_item->at);
    append_value(&parts[OLD_VALUE], one->old_item, language);
    append_value(&parts[NEW_VALUE], one->new_item, language);
    for (size_t i = 0; i < SLOTS; i++)
        args[i] = tb_buffer_get(&parts[i]);
    tb_message_append(out, language, TB_MSG_SUM_DIFF_CHANGED, args, SLOTS);
    for (size_t i = 0; i < SLOTS; i++)
        tb_buffer_done(&parts[i]);
}

/* What stands in a record's own fields. */
static void append_values(tb_buffer *out, const tb_record *record, tb_language language)
{
    tb_buffer value;
    size_t count = 0;
    tb_buffer_init(&value, TB_MAX_TEXT_SIZE);
    for (size_t i = 0; i < record->scope->field_count; i++) {
        const tb_item *item = record->items[i];
        if (item->text.size == 0)
            continue;
        tb_buffer_reset(&value);
        append_value(&value, item, language);
        const tb_str args[] = {tb_localized_get(&item->field->name, language),
                               tb_buffer_get(&value)};
        tb_message_append(out, language,
                          count++ == 0 ? TB_MSG_SUM_DIFF_FIRST : TB_MSG_SUM_DIFF_NEXT, args, 2);
    }
    tb_buffer_done(&value);
}

static void append_alone(tb_buffer *out, const tb_diff *diff, const tb_difference *one,
                         tb_language language)
{
    bool added = one->kind == TB_DIFFERENCE_ADDED;
    const tb_record *record = added ? one->new_record : one->old_record;
    tb_buffer parts[3];
    tb_str args[3];
    for (size_t i = 0; i < 3; i++)
        tb_buffer_init(&parts[i], TB_MAX_TEXT_SIZE);
    tb_place_text(&parts[0], record, NULL, language);
    append_cell(&parts[1], added ? diff->new_form : diff->old_form, record->at);
    append_values(&parts[2], record, language);
    for (size_t i = 0; i < 3; i++)
        args[i] = tb_buffer_get(&parts[i]);
    tb_message_append(out, language, added ? TB_MSG_SUM_DIFF_ADDED : TB_MSG_SUM_DIFF_REMOVED, args,
                      3);
    for (size_t i = 0; i < 3; i++)
        tb_buffer_done(&parts[i]);
}

static void append_heading(tb_buffer *out, const tb_scope *part, tb_language language)
{
    if (part->parent == NULL)
        tb_message_append(out, language, TB_MSG_SUM_DIFF_SINGLE, NULL, 0);
    else
        tb_buffer_text(out, tb_localized_get(&part->name, language));
    tb_buffer_char(out, '\n');
}

static void append_counts(tb_buffer *out, const tb_diff *diff, tb_language language)
{
    char digits[TB_DIFFERENCE_KINDS][TB_DECIMAL_TEXT_SIZE];
    tb_str args[TB_DIFFERENCE_KINDS];
    for (size_t i = 0; i < TB_DIFFERENCE_KINDS; i++)
        args[i] = tb_decimal_format(tb_decimal_of((int64_t)diff->by_kind[i]), digits[i]);
    tb_message_append(out, language,
                      diff->count == 0 ? TB_MSG_SUM_DIFF_SAME : TB_MSG_SUM_DIFF_COUNTS, args,
                      TB_DIFFERENCE_KINDS);
    tb_buffer_char(out, '\n');
}

void tb_diff_text(tb_buffer *out, const tb_diff *diff, tb_language language)
{
    const tb_scope *part = NULL;
    for (size_t i = 0; i < diff->count; i++) {
        const tb_difference *one = &diff->differences[i];
        if (one->part != part)
            append_heading(out, one->part, language);
        part = one->part;
        tb_buffer_cstr(out, "  ");
        if (one->kind == TB_DIFFERENCE_CHANGED)
            append_changed(out, diff, one, language);
        else
            append_alone(out, diff, one, language);
        tb_buffer_char(out, '\n');
    }
    append_counts(out, diff, language);
}
