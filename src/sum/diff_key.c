/*
 * Keys are bytes: each value ends with a NUL, so that no two texts run together.
 */
#include "sum/diff_key.h"

#include "rule/place.h"

static bool is_empty(const tb_item *item)
{
    return item->state == TB_ITEM_MISSING || item->state == TB_ITEM_BLANK;
}

static bool has_number(const tb_item *item)
{
    switch (item->field->type) {
    case TB_FIELD_AMOUNT:
    case TB_FIELD_NUMBER:
    case TB_FIELD_SHARE:
    case TB_FIELD_YEAR:
    case TB_FIELD_DATE:
        return item->state == TB_ITEM_VALID;
    case TB_FIELD_TEXT:
    case TB_FIELD_PHONE:
    case TB_FIELD_CODE:
    case TB_FIELD_INDICATOR:
        break;
    }
    return false;
}

bool tb_diff__item_key(tb_buffer *out, tb_arena *arena, const tb_item *item)
{
    char digits[TB_DECIMAL_TEXT_SIZE];
    if (is_empty(item)) {
        tb_buffer_char(out, '\0');
        return !out->failed;
    }
    tb_str key = item->text;
    if (has_number(item))
        key = tb_decimal_format(tb_decimal_normalize(item->number), digits);
    else
        key = tb_text_key(arena, item->code != NULL ? item->code->code : item->text);
    tb_buffer_text(out, key);
    tb_buffer_char(out, '\0');
    return (key.data != NULL || key.size == 0) && !out->failed;
}

bool tb_diff__is_ordinal(const tb_record *record, const tb_item *item)
{
    return record->parent != NULL && item->field->type == TB_FIELD_NUMBER &&
           item->state == TB_ITEM_VALID &&
           tb_decimal_compare(item->number, tb_decimal_of((int64_t)record->index + 1)) == 0;
}

static bool append_fields(tb_buffer *out, tb_arena *arena, const tb_record *record)
{
    bool ok = true;
    for (size_t i = 0; ok && i < record->scope->field_count; i++)
        if (!tb_diff__is_ordinal(record, record->items[i]))
            ok = tb_diff__item_key(out, arena, record->items[i]);
    return ok;
}

/* A definition's scopes are a tree of limited depth, and so is this. */
static bool append_whole(tb_buffer *out, tb_arena *arena, const tb_record *record)
{
    bool ok = append_fields(out, arena, record);
    for (size_t i = 0; ok && i < record->scope->scope_count; i++) {
        const tb_record_list *list = &record->lists[i];
        for (size_t j = 0; ok && tb_diff__is_part(list->scope) && j < list->count; j++)
            ok = append_whole(out, arena, list->records[j]);
        tb_buffer_char(out, '\n');
    }
    return ok && !out->failed;
}

static bool append_name(tb_buffer *out, tb_arena *arena, const tb_record *record)
{
    const tb_item *name = tb_place_find_name(record);
    return name == NULL || tb_diff__is_ordinal(record, name) || tb_diff__item_key(out, arena, name);
}

static bool append_codes(tb_buffer *out, tb_arena *arena, const tb_record *record)
{
    bool ok = true;
    for (size_t i = 0; ok && i < record->scope->field_count; i++)
        if (record->scope->fields[i].type == TB_FIELD_CODE)
            ok = tb_diff__item_key(out, arena, record->items[i]);
    return ok;
}

bool tb_diff__record_key(tb_buffer *out, tb_arena *arena, const tb_record *record, tb_diff_key key)
{
    size_t start = out->size;
    if (key == TB_DIFF_KEY_WHOLE)
        return append_whole(out, arena, record);
    bool ok = append_name(out, arena, record);
    if (ok && out->size > start && key == TB_DIFF_KEY_KIND)
        ok = append_codes(out, arena, record);
    return ok;
}
