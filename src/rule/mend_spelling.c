/*
 * What is written in another way than it should be, and means the same: codes by an alias, digits
 * of the wrong width, numbers as texts; and units that were left out and stand in the pair.
 */
#include <string.h>

#include "base/limits.h"
#include "rule/mend_search.h"
#include "rule/place.h"

/* ---- all items ---- */

typedef void item_visitor(void *self, const tb_item *item);

static void visit_items(const tb_record *record, item_visitor *visit, void *self)
{
    for (size_t i = 0; i < record->scope->field_count; i++)
        visit(self, record->items[i]);
    for (size_t i = 0; i < record->scope->scope_count; i++) {
        const tb_record_list *list = &record->lists[i];
        bool view =
            list->scope->kind == TB_SCOPE_MATRIX_COLUMN || list->scope->kind == TB_SCOPE_MATRIX_ROW;
        for (size_t j = 0; j < list->count && !view; j++)
            visit_items(list->records[j], visit, self);
    }
}

/* ---- width ---- */

/* What stands for the character in a value; 0: the character itself. Brackets are half-width in
 * phone numbers only. */
static char narrow(uint32_t c, tb_field_type type)
{
    static const char signs[] = "%.,/<>=+-";
    if (c >= 0xFF10 && c <= 0xFF19)
        return (char)('0' + (c - 0xFF10));
    if (c < 0xFF01 || c > 0xFF5E)
        return 0;
    char half = (char)(c - 0xFF01 + '!');
    if (type == TB_FIELD_PHONE && (half == '(' || half == ')'))
        return half;
    bool separates = half == ',' && type != TB_FIELD_PHONE;
    return half != 0 && strchr(signs, half) != NULL && !separates ? half : 0;
}

static bool narrow_text(tb_buffer *out, tb_str text, tb_field_type type)
{
    bool changed = false;
    for (size_t at = 0; at < text.size;) {
        size_t from = at;
        char half = narrow(tb_text_next(text, &at), type);
        changed |= half != 0;
        if (half != 0)
            tb_buffer_char(out, half);
        else
            tb_buffer_text(out, tb_str_slice(text, from, at));
    }
    return changed && !out->failed;
}

static bool has_notation(tb_field_type type)
{
    return type == TB_FIELD_INDICATOR || type == TB_FIELD_PHONE || type == TB_FIELD_DATE ||
           type == TB_FIELD_YEAR;
}

static void propose_text(tb_mend_search *search, tb_mend_kind kind, const tb_item *item,
                         tb_str text, tb_message why, tb_str argument)
{
    tb_cell cell = {.type = TB_CELL_TEXT, .text = tb_arena_dup(search->run->arena, text)};
    search->no_memory |= cell.text.data == NULL;
    tb_mend_propose(search, kind, item, &cell, why, argument);
}

static void propose_width(tb_mend_search *search, const tb_item *item)
{
    tb_buffer text;
    tb_buffer_init(&text, TB_MAX_TEXT_SIZE);
    if (narrow_text(&text, item->text, item->field->type))
        propose_text(search, TB_MEND_WIDTH, item, tb_buffer_get(&text), TB_MSG_RULE_MEND_WIDTH,
                     TB_STR(""));
    tb_buffer_done(&text);
}

/* ---- codes and numbers ---- */

/* How the form spells one code, apart from one item. */
typedef struct spelling {
    const tb_item *item;
    size_t same, other;
} spelling;

static void count_spelling(void *context, const tb_item *item)
{
    spelling *self = context;
    if (item == self->item || item->code != self->item->code || item->state != TB_ITEM_VALID)
        return;
    bool same = tb_str_equal(item->text, self->item->text);
    self->same += same;
    self->other += !same;
}

/* What a form spells so throughout is printed on it. */
static bool is_printed(const tb_mend_search *search, const tb_item *item)
{
    spelling counted = {.item = item};
    visit_items(search->run->form->root, count_spelling, &counted);
    return counted.same > 0 && counted.other == 0;
}

static void propose_code(tb_mend_search *search, const tb_item *item)
{
    if (!tb_str_equal(item->text, item->code->code) && !is_printed(search, item))
        propose_text(search, TB_MEND_CODE, item, item->code->code, TB_MSG_RULE_MEND_CODE,
                     tb_localized_get(&item->field->list->name, search->run->language));
}

/* Where the text has a unit of its own, the number alone would mean something else. */
static void propose_number(tb_mend_search *search, const tb_item *item)
{
    tb_decimal plain;
    tb_str key = tb_text_key(search->run->arena, item->text);
    if (key.data == NULL || !tb_number_of_text(key, &plain) ||
        tb_decimal_compare(plain, item->number) != 0)
        return;
    tb_cell cell = {.type = TB_CELL_NUMBER, .number = tb_decimal_normalize(plain)};
    tb_mend_propose(search, TB_MEND_NUMBER, item, &cell, TB_MSG_RULE_MEND_NUMBER, TB_STR(""));
}

/* ---- units ---- */

/* Where the unit belongs: behind the last digit, or behind the multiple that stands there alone. */
static size_t unit_place(tb_str text, const tb_indicator *parts)
{
    size_t place = 0;
    for (size_t at = 0; at < text.size;) {
        uint32_t c = tb_text_next(text, &at);
        if ((c >= '0' && c <= '9') || (c >= 0xFF10 && c <= 0xFF19))
            place = at;
    }
    tb_str rest = tb_str_slice(text, place, text.size);
    return parts->incomplete_unit && tb_str_starts(rest, parts->unit) ? place + parts->unit.size
                                                                      : place;
}

/* Numbers of one kind are of about one size: 0.95 beside 98% or 800000 beside 80万元 have other
 * units, or could have. */
static bool is_alike(tb_decimal a, tb_decimal b)
{
    tb_decimal ten_a, ten_b;
    return tb_decimal_sign(a) > 0 && tb_decimal_sign(b) > 0 &&
           tb_decimal_multiply(a, tb_decimal_of(10), &ten_a) &&
           tb_decimal_multiply(b, tb_decimal_of(10), &ten_b) && tb_decimal_compare(ten_a, b) > 0 &&
           tb_decimal_compare(ten_b, a) > 0;
}

/* The part of the pair's unit that is missing; empty when there is none. */
static tb_str missing_unit(const tb_indicator *parts, const tb_indicator *pair)
{
    bool comparable = parts->kind == pair->kind && !pair->incomplete_unit && pair->unit.size > 0 &&
                      is_alike(parts->number, pair->number) &&
                      (parts->kind == TB_INDICATOR_COMPARISON || parts->kind == TB_INDICATOR_RANGE);
    if (!comparable || (!parts->incomplete_unit && parts->unit.size > 0))
        return TB_STR("");
    if (!parts->incomplete_unit)
        return pair->unit;
    return tb_str_starts(pair->unit, parts->unit)
               ? tb_str_slice(pair->unit, parts->unit.size, pair->unit.size)
               : TB_STR("");
}

/* Read again, the value is the same with the pair's unit. */
static bool reads_well(tb_arena *arena, tb_str text, const tb_indicator *parts,
                       const tb_indicator *pair)
{
    tb_indicator again;
    return tb_indicator_parse(arena, text, &again) && again.kind == parts->kind &&
           again.operator_ == parts->operator_ && tb_str_equal(again.unit, pair->unit) &&
           tb_decimal_compare(again.number, parts->number) == 0;
}

static void propose_unit(tb_mend_search *search, const tb_item *item, const tb_indicator *pair)
{
    tb_buffer text;
    tb_str unit = missing_unit(item->indicator, pair);
    size_t place = unit_place(item->text, item->indicator);
    if (unit.size == 0 || place == 0)
        return;
    tb_buffer_init(&text, TB_MAX_TEXT_SIZE);
    tb_buffer_text(&text, tb_str_slice(item->text, 0, place));
    tb_buffer_text(&text, unit);
    tb_buffer_text(&text, tb_str_slice(item->text, place, item->text.size));
    if (reads_well(search->run->arena, tb_buffer_get(&text), item->indicator, pair))
        propose_text(search, TB_MEND_UNIT, item, tb_buffer_get(&text), TB_MSG_RULE_MEND_UNIT,
                     pair->unit);
    tb_buffer_done(&text);
}

static const tb_indicator *find_pair(tb_mend_search *search, const tb_item *item)
{
    tb_binding *binding = &search->run->binding;
    binding->record = tb_place_find_record(search->run->form, NULL, item);
    const tb_item *pair = binding->record != NULL ? tb_binding_find_paired(binding, item) : NULL;
    return pair != NULL && pair->state == TB_ITEM_VALID ? pair->indicator : NULL;
}

/* ---- the whole form ---- */

static void look_at_item(void *self, const tb_item *item)
{
    tb_mend_search *search = self;
    bool amount = item->field->type == TB_FIELD_AMOUNT || item->field->type == TB_FIELD_NUMBER;
    if (item->state != TB_ITEM_VALID || item->text.size == 0 || item->cell == NULL ||
        item->cell->type != TB_CELL_TEXT || !tb_mend_owns_cell(search, item))
        return;
    if (item->code != NULL)
        propose_code(search, item);
    else if (amount && item->number_as_text)
        propose_number(search, item);
    else if (has_notation(item->field->type))
        propose_width(search, item);
}

void tb_mend_propose_spelling(tb_mend_search *search)
{
    for (size_t i = 0; i < search->result->finding_count; i++) {
        const tb_item *item = search->result->findings[i].item;
        if (item == NULL || item->indicator == NULL || item->state != TB_ITEM_VALID ||
            search->result->findings[i].explained == TB_EXPLANATION_CURRENT ||
            !tb_mend_owns_cell(search, item))
            continue;
        const tb_indicator *pair = find_pair(search, item);
        if (pair != NULL)
            propose_unit(search, item, pair);
    }
    visit_items(search->run->form->root, look_at_item, search);
}
