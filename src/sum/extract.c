/*
 * Goes through a form once and writes its rows.
 */
#include "sum/extract.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/limits.h"
#include "report/mail.h"
#include "rule/calendar.h"
#include "rule/place.h"
#include "sum/extract_findings.h"
#include "sum/fact.h"
#include "sum/sheaf.h"

typedef struct extraction {
    tb_buffer *out, *facts;
    const tb_outline *outline;
    const tb_definition_plan *plan;
    const tb_result *result;
    tb_language language;
    bool places;
} extraction;

/* ---- values ---- */

static tb_str format_day(tb_decimal serial, char out[TB_DECIMAL_TEXT_SIZE])
{
    int64_t days = 0;
    int year = 0, month = 0, day = 0;
    tb_decimal whole;
    if (!tb_decimal_round(serial, 0, TB_ROUND_FLOOR, &whole) || !tb_decimal_to_int(whole, &days) ||
        !tb_calendar_date(days, &year, &month, &day))
        return (tb_str){0};
    int size = snprintf(out, TB_DECIMAL_TEXT_SIZE, "%04d-%02d-%02d", year, month, day);
    return (tb_str){out, (size_t)size};
}

static void write_number(const extraction *self, tb_decimal number, tb_sum_kind kind,
                         const tb_address *at)
{
    char text[TB_DECIMAL_TEXT_SIZE];
    tb_sheaf_cell(self->out, kind, tb_decimal_format(tb_decimal_normalize(number), text), at);
}

/* What stands there where it is not of the field's type: a text among numbers. */
static void write_value(const extraction *self, const tb_item *item)
{
    char day[TB_DECIMAL_TEXT_SIZE];
    const tb_address *at = self->places ? &item->at : NULL;
    tb_field_type type = item->state == TB_ITEM_VALID ? item->field->type : TB_FIELD_TEXT;
    switch (type) {
    case TB_FIELD_AMOUNT:
    case TB_FIELD_NUMBER:
    case TB_FIELD_SHARE:
        write_number(self, item->number, TB_SUM_NUMBER, at);
        return;
    case TB_FIELD_YEAR:
        write_number(self, item->number, TB_SUM_COUNT, at);
        return;
    case TB_FIELD_DATE:
        tb_sheaf_cell(self->out, TB_SUM_DAY, format_day(item->number, day), at);
        return;
    case TB_FIELD_CODE:
        tb_sheaf_cell(self->out, TB_SUM_TEXT, item->code != NULL ? item->code->code : item->text,
                      at);
        return;
    case TB_FIELD_TEXT:
    case TB_FIELD_PHONE:
    case TB_FIELD_INDICATOR:
        tb_sheaf_cell(self->out, TB_SUM_TEXT, item->text, at);
        return;
    }
}

static const char *const kind_names[] = {
    [TB_INDICATOR_COMPARISON] = "comparison", [TB_INDICATOR_RANGE] = "range",
    [TB_INDICATOR_DEADLINE] = "deadline",     [TB_INDICATOR_FREQUENCY] = "frequency",
    [TB_INDICATOR_QUALITY] = "quality",
};

static const char *const operator_signs[] = {
    [TB_OPERATOR_NONE] = "",     [TB_OPERATOR_EQUAL] = "=", [TB_OPERATOR_AT_LEAST] = "≥",
    [TB_OPERATOR_AT_MOST] = "≤", [TB_OPERATOR_MORE] = ">",  [TB_OPERATOR_LESS] = "<",
};

static bool has_number(const tb_indicator *indicator)
{
    return indicator->kind == TB_INDICATOR_COMPARISON || indicator->kind == TB_INDICATOR_RANGE ||
           indicator->kind == TB_INDICATOR_FREQUENCY;
}

static void write_part(const extraction *self, const tb_item *item, tb_sum_part part)
{
    const tb_indicator *indicator = item->indicator;
    const tb_address *at = self->places ? &item->at : NULL;
    switch (part) {
    case TB_SUM_INDICATOR_KIND:
        tb_sheaf_word(self->out, kind_names[indicator->kind]);
        return;
    case TB_SUM_INDICATOR_OPERATOR:
        tb_sheaf_text(self->out, tb_str_of(operator_signs[indicator->operator_]));
        return;
    case TB_SUM_INDICATOR_NUMBER:
        if (has_number(indicator))
            write_number(self, indicator->number, TB_SUM_NUMBER, at);
        else
            tb_sheaf_none(self->out, 1);
        return;
    case TB_SUM_INDICATOR_UPPER:
        if (indicator->kind == TB_INDICATOR_RANGE)
            write_number(self, indicator->upper, TB_SUM_NUMBER, at);
        else
            tb_sheaf_none(self->out, 1);
        return;
    case TB_SUM_INDICATOR_UNIT:
        tb_sheaf_text(self->out, indicator->unit);
        return;
    case TB_SUM_WHOLE:
    case TB_SUM_PART_COUNT:
        break;
    }
    write_value(self, item);
}

static void write_item(const extraction *self, const tb_item *item, tb_sum_part part)
{
    bool is_there = item->state == TB_ITEM_VALID || item->state == TB_ITEM_INVALID;
    if (!is_there || (part != TB_SUM_WHOLE && item->indicator == NULL))
        tb_sheaf_none(self->out, 1);
    else if (part == TB_SUM_WHOLE)
        write_value(self, item);
    else
        write_part(self, item, part);
}

/* ---- rows of records ---- */

static tb_str sheet_name(const extraction *self, tb_address at)
{
    const tb_workbook *workbook = self->result->form->workbook;
    return at.sheet < workbook->sheet_count ? workbook->sheets[at.sheet].name : TB_STR("");
}

static void write_source(const extraction *self, const tb_record *record,
                         const tb_sum_source *source)
{
    char cell[TB_CELL_NAME_SIZE];
    switch (source->origin) {
    case TB_SUM_FROM_NOTHING:
        tb_sheaf_none(self->out, 1);
        return;
    case TB_SUM_FROM_BLOCK:
        tb_sheaf_text(self->out, tb_localized_get(&record->parent->scope->name, self->language));
        return;
    case TB_SUM_FROM_OUTER:
        write_item(self, record->parent->items[source->slot], source->part);
        return;
    case TB_SUM_FROM_FIELD:
        write_item(self, record->items[source->slot], source->part);
        return;
    case TB_SUM_FROM_SHEET:
        tb_sheaf_text(self->out, sheet_name(self, record->at));
        return;
    case TB_SUM_FROM_CELL:
        tb_sheaf_text(self->out, tb_cell_name(record->at.row, record->at.column, cell));
        return;
    }
}

static void write_record(const extraction *self, const tb_sum_plan *plan, const tb_record *record)
{
    size_t columns = self->outline->tables[plan->table].column_count - TB_SUM_LEAD;
    tb_sheaf_row(self->out, plan->table);
    for (size_t i = 0; i < plan->source_count; i++)
        write_source(self, record, &plan->sources[i]);
    tb_sheaf_none(self->out, columns - plan->source_count);
}

/* One for each single quantity of the form. */
static void write_amounts(const extraction *self, size_t table)
{
    char cell[TB_CELL_NAME_SIZE];
    const tb_record *root = self->result->form->root;
    for (size_t i = 0; i < root->scope->field_count; i++) {
        const tb_item *item = root->items[i];
        const tb_field *field = &root->scope->fields[i];
        if (!tb_sum_is_quantity(field))
            continue;
        tb_sheaf_row(self->out, table);
        tb_sheaf_text(self->out, sheet_name(self, item->at));
        tb_sheaf_text(self->out, tb_cell_name(item->at.row, item->at.column, cell));
        tb_sheaf_text(self->out, field->id);
        tb_sheaf_text(self->out, tb_localized_get(&field->name, self->language));
        write_item(self, item, TB_SUM_WHOLE);
        tb_sheaf_text(self->out, field->unit);
    }
}

/* ---- what is added up ---- */

typedef struct money_sum {
    tb_decimal sum;
    uint64_t missing; /* values that are not there, or no numbers, or too large to add */
} money_sum;

static void add_item(money_sum *money, const tb_item *item)
{
    if (item->state != TB_ITEM_VALID || !tb_decimal_add(money->sum, item->number, &money->sum))
        money->missing++;
}

static const tb_sum_plan *find_plan(const extraction *self, const tb_scope *scope)
{
    for (size_t i = 0; i < self->plan->plan_count; i++)
        if (self->plan->plans[i].scope == scope)
            return &self->plan->plans[i];
    return NULL; /* a view of a matrix */
}

static bool write_records(const extraction *self, const tb_record *record, money_sum *money)
{
    const tb_sum_plan *plan = find_plan(self, record->scope);
    size_t row = self->out->size;
    if (plan == NULL)
        return true;
    write_record(self, plan, record);
    bool ok =
        tb_fact_extract(self->facts, self->outline, self->plan, self->result->form, record, row);
    for (size_t i = 0; i < record->scope->field_count; i++)
        if (plan->money[i] != TB_SUM_NO_MONEY)
            add_item(&money[plan->money[i]], record->items[i]);
    for (size_t i = 0; i < record->scope->scope_count && ok; i++)
        for (size_t j = 0; j < record->lists[i].count && ok; j++)
            ok = write_records(self, record->lists[i].records[j], money);
    return ok;
}

/* Rows of the totals, which are not shown but added to those of the other forms: the amount's place
 * in the family, the form's own sum, and how many values it lacks. */
static void write_money(const extraction *self, const money_sum *money, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        tb_sheaf_row(self->out, TB_SUM_TOTALS);
        tb_sheaf_count(self->out, i);
        write_number(self, money[i].sum, TB_SUM_NUMBER, NULL);
        tb_sheaf_count(self->out, money[i].missing);
    }
}

static bool write_form(const extraction *self)
{
    const tb_sum_family *family = &self->outline->families[self->plan->family];
    money_sum *money = calloc(family->money_count + 1, sizeof *money);
    if (money == NULL)
        return false;
    bool ok = write_records(self, self->result->form->root, money);
    write_amounts(self, family->amounts);
    write_money(self, money, family->money_count);
    free(money);
    return ok;
}

/* ---- how the form is known ---- */

static const tb_item *root_item(const tb_result *result, const tb_field *field)
{
    return field != NULL ? result->form->root->items[field->slot] : NULL;
}

static bool append_key(tb_buffer *out, const tb_item *item)
{
    tb_arena scratch;
    tb_arena_init(&scratch, TB_MAX_TEXT_SIZE * 8);
    tb_str key = item != NULL ? tb_text_key(&scratch, item->text) : (tb_str){0};
    tb_buffer_text(out, key);
    tb_buffer_char(out, '\n');
    tb_arena_done(&scratch);
    return key.size > 0;
}

static void identify(tb_extract *extract, const tb_result *result)
{
    const tb_definition *definition = result->definition;
    bool whole = true;
    tb_buffer_reset(&extract->identity);
    for (size_t i = 0; i < definition->identity_count; i++)
        whole &= append_key(&extract->identity, root_item(result, definition->identity[i]));
    if (definition->identity_count == 0)
        whole = append_key(&extract->identity, root_item(result, definition->filer));
    if (!whole)
        tb_buffer_reset(&extract->identity);
}

static int form_year(const tb_result *result)
{
    char text[TB_MAIL_YEAR_SIZE];
    tb_decimal number;
    int64_t year = TB_SUM_NO_YEAR;
    if (tb_decimal_parse(tb_mail_year(result, text), &number))
        (void)tb_decimal_to_int(number, &year);
    return (int)year;
}

static int64_t form_day(const tb_result *result)
{
    int64_t day = TB_SUM_NO_DAY;
    const tb_item *item = root_item(result, result->definition->date);
    tb_decimal whole;
    if (item == NULL || item->state != TB_ITEM_VALID ||
        !tb_decimal_round(item->number, 0, TB_ROUND_FLOOR, &whole) ||
        !tb_decimal_to_int(whole, &day))
        return TB_SUM_NO_DAY;
    return day;
}

static void list_sheets(tb_buffer *out, const tb_workbook *workbook)
{
    tb_buffer_reset(out);
    for (size_t i = 0; i < workbook->sheet_count; i++) {
        tb_buffer_text(out, workbook->sheets[i].name);
        tb_buffer_char(out, TB_SUM_SHEET_END);
    }
}

/* ---- the whole ---- */

void tb_extract_init(tb_extract *extract)
{
    *extract = (tb_extract){0};
    tb_buffer_init(&extract->identity, TB_MAX_TEXT_SIZE * 8);
    tb_buffer_init(&extract->sheaf, TB_MAX_OUTPUT_SIZE);
    tb_buffer_init(&extract->facts, TB_MAX_OUTPUT_SIZE);
    tb_buffer_init(&extract->sheets, TB_MAX_OUTPUT_SIZE);
}

void tb_extract_done(tb_extract *extract)
{
    tb_buffer_done(&extract->identity);
    tb_buffer_done(&extract->sheaf);
    tb_buffer_done(&extract->facts);
    tb_buffer_done(&extract->sheets);
}

tb_status tb_extract_form(tb_extract *extract, const tb_outline *outline, const tb_result *result,
                          tb_language language, bool places, tb_error *error)
{
    const extraction self = {.out = &extract->sheaf,
                             .facts = &extract->facts,
                             .outline = outline,
                             .plan = tb_outline_find(outline, result->definition),
                             .result = result,
                             .language = language,
                             .places = places};
    const tb_item *filer = root_item(result, result->definition->filer);
    tb_buffer_reset(&extract->sheaf);
    tb_buffer_reset(&extract->facts);
    extract->unit = filer != NULL ? filer->text : TB_STR("");
    extract->year = form_year(result);
    extract->day = form_day(result);
    identify(extract, result);
    list_sheets(&extract->sheets, result->form->workbook);
    bool ok = write_form(&self);
    tb_extract_findings(&extract->sheaf, result, places);
    ok = ok && !extract->sheaf.failed && !extract->facts.failed && !extract->sheets.failed &&
         !extract->identity.failed;
    return ok ? TB_OK : tb_error_memory(error);
}
