/*
 * The differences for machines; values as `tianbao check --format json` has them where they are
 * numbers, as they stand there where they are not.
 */
#include "base/json.h"
#include "base/limits.h"
#include "rule/place.h"
#include "sum/diff.h"
#include "sum/outline.h"

static const char *const kind_names[TB_DIFFERENCE_KINDS] = {
    [TB_DIFFERENCE_CHANGED] = "changed",
    [TB_DIFFERENCE_ADDED] = "added",
    [TB_DIFFERENCE_REMOVED] = "removed",
};

static void append_value(tb_json *json, const tb_item *item)
{
    if (item->state == TB_ITEM_MISSING || item->state == TB_ITEM_BLANK)
        tb_json_null(json);
    else if (item->state == TB_ITEM_VALID && tb_sum_is_quantity(item->field))
        tb_json_decimal(json, tb_decimal_normalize(item->number));
    else
        tb_json_string(json, item->text);
}

static void append_cell(tb_json *json, const tb_form *form, tb_address at)
{
    char name[TB_CELL_NAME_SIZE];
    if (at.sheet < form->workbook->sheet_count)
        tb_json_member_string(json, "sheet", form->workbook->sheets[at.sheet].name);
    tb_json_member_string(json, "cell", tb_cell_name(at.row, at.column, name));
}

static void append_item(tb_json *json, const char *key, const tb_form *form, const tb_item *item)
{
    tb_json_key(json, key);
    tb_json_object(json);
    append_cell(json, form, item->at);
    tb_json_key(json, "value");
    append_value(json, item);
    tb_json_object_end(json);
}

static void append_record(tb_json *json, const char *key, const tb_form *form,
                          const tb_record *record)
{
    tb_json_key(json, key);
    tb_json_object(json);
    append_cell(json, form, record->at);
    tb_json_key(json, "values");
    tb_json_object(json);
    for (size_t i = 0; i < record->scope->field_count; i++) {
        tb_json_key_id(json, record->scope->fields[i].id);
        append_value(json, record->items[i]);
    }
    tb_json_object_end(json);
    tb_json_object_end(json);
}

/* Paths and places are those of the new form, of what was removed those of the old one. */
static void append_place(tb_json *json, const tb_difference *one, tb_language language)
{
    const tb_record *record = one->new_record != NULL ? one->new_record : one->old_record;
    tb_buffer text;
    tb_buffer_init(&text, TB_MAX_TEXT_SIZE);
    tb_place_path(&text, record, one->new_item);
    tb_json_member_string(json, "field", tb_buffer_get(&text));
    tb_buffer_reset(&text);
    tb_place_text(&text, record, one->new_item, language);
    tb_json_member_string(json, "place", tb_buffer_get(&text));
    tb_buffer_done(&text);
}

static void append_difference(tb_json *json, const tb_diff *diff, const tb_difference *one,
                              tb_language language)
{
    tb_json_object(json);
    tb_json_member_cstr(json, "kind", kind_names[one->kind]);
    append_place(json, one, language);
    if (one->old_item != NULL)
        append_item(json, "old", diff->old_form, one->old_item);
    else if (one->old_record != NULL)
        append_record(json, "old", diff->old_form, one->old_record);
    if (one->new_item != NULL)
        append_item(json, "new", diff->new_form, one->new_item);
    else if (one->new_record != NULL)
        append_record(json, "new", diff->new_form, one->new_record);
    tb_json_object_end(json);
}

void tb_diff_json(tb_buffer *out, tb_str old_file, tb_str new_file, const tb_diff *diff,
                  tb_language language)
{
    tb_json json;
    tb_json_init(&json, out);
    tb_json_object(&json);
    tb_json_member_string(&json, "old", old_file);
    tb_json_member_string(&json, "new", new_file);
    tb_json_key(&json, "form");
    tb_json_object(&json);
    tb_json_member_string(&json, "id", diff->new_form->definition->id);
    tb_json_member_string(&json, "version", diff->new_form->definition->version);
    tb_json_object_end(&json);
    for (size_t i = 0; i < TB_DIFFERENCE_KINDS; i++)
        tb_json_member_int(&json, kind_names[i], (int64_t)diff->by_kind[i]);
    tb_json_key(&json, "differences");
    tb_json_array(&json);
    for (size_t i = 0; i < diff->count; i++)
        append_difference(&json, diff, &diff->differences[i], language);
    tb_json_array_end(&json);
    tb_json_object_end(&json);
    tb_buffer_char(out, '\n');
}
