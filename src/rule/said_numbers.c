/*
 * A number in a sentence is taken apart as an indicator's value is. Nothing ends its unit, so a
 * unit fits when the rest of the sentence begins with it.
 */
#include "rule/said_numbers.h"

#include <string.h>

#include "base/limits.h"
#include "rule/check_failure.h"
#include "rule/display.h"
#include "rule/word_list.h"

#define NO_SLOT       SIZE_MAX
#define MAX_TEXT_SIZE (2 * TB_MAX_TEXT_SIZE) /* of what is named in one message */

const char *const tb_said_numbers_placeholders[] = {"numbers", NULL};
const char *const tb_swapped_numbers_placeholders[] = {"said", "other", NULL};

/* The table below a goal. */
typedef struct goal_table {
    const tb_scope *goal; /* NULL: there is none */
    const tb_scope *rows;
    size_t name, value; /* slots in a row, or NO_SLOT */
} goal_table;

typedef struct settings {
    goal_table tables[2]; /* of the rule's goals, and of those they are paired with */
    const tb_word_list *units;
    size_t minimum_swapped; /* digits of a number in which some can have been swapped */
} settings;

typedef struct search {
    tb_run *run;
    const tb_compiled_rule *rule;
    const settings *settings;
    size_t minimum_size; /* shorter numbers are passed over; in bytes */
} search;

typedef struct measure {
    tb_str text; /* 2006栋 */
    tb_str rest; /* of the sentence, from the unit on: 栋自建房鉴定 */
    tb_indicator parts;
} measure;

/* ---- parameters ---- */

static size_t slot_of(const tb_scope *rows, tb_str id)
{
    const tb_field *field = tb_scope_find_field(rows, id);
    return field != NULL ? field->slot : NO_SLOT;
}

static goal_table find_table(const tb_rulebook *book, const tb_rule *rule, const tb_scope *goal)
{
    const tb_scope *rows =
        goal != NULL ? tb_scope_find_scope(goal, tb_rulebook_text(book, rule, "rows")) : NULL;
    if (rows == NULL)
        return (goal_table){0};
    return (goal_table){goal, rows, slot_of(rows, tb_rulebook_text(book, rule, "name")),
                        slot_of(rows, tb_rulebook_text(book, rule, "value"))};
}

static size_t read_minimum(const tb_rulebook *book, const tb_rule *rule)
{
    int64_t minimum = 0;
    tb_decimal three = tb_decimal_of(3);
    tb_decimal written = tb_rulebook_number(book, rule, "minimum_digits", three);
    tb_decimal_round(written, 0, TB_ROUND_CEILING, &written);
    return tb_decimal_to_int(written, &minimum) && minimum > 0 ? (size_t)minimum : 0;
}

tb_status tb_said_numbers_prepare(tb_arena *arena, const tb_rulebook *book, const tb_rule *rule,
                                  const void **ret_prepared, tb_error *error)
{
    const tb_scope *goal = rule->scope;
    const tb_scope *partner =
        goal->pair.size > 0 ? tb_scope_find_scope(book->definition->root, goal->pair) : NULL;
    settings *made = tb_arena_alloc(arena, sizeof *made);
    if (made == NULL)
        return tb_error_memory(error);
    made->tables[0] = find_table(book, rule, goal);
    made->tables[1] = find_table(book, rule, partner);
    made->units = tb_word_list_make(arena, tb_rulebook_text(book, rule, "units"));
    made->minimum_swapped = read_minimum(book, rule);
    *ret_prepared = made;
    return made->units != NULL ? TB_OK : tb_error_memory(error);
}

/* ---- the sentence ---- */

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static size_t number_end(tb_str key, size_t at)
{
    while (at < key.size && (is_digit(key.data[at]) || (key.data[at] == '.' && at + 1 < key.size &&
                                                        is_digit(key.data[at + 1]))))
        at++;
    return at;
}

/* Behind 万, 千万 and their like. */
static size_t multiple_end(tb_str key, size_t at)
{
    static const char multiples[] = "十百千万亿";
    for (size_t next = at; next < key.size; at = next) {
        tb_text_next(key, &next);
        if (tb_str_find(TB_STR(multiples), tb_str_slice(key, at, next)) < 0)
            break;
    }
    return at;
}

/* Part of a name or of a date (A3, 第2期, 2023-11-15), which counts nothing. */
static bool is_bound(tb_str key, size_t at)
{
    tb_str before = tb_str_slice(key, 0, at);
    char last = at > 0 ? key.data[at - 1] : ' ';
    return is_letter(last) || last == '-' || last == '/' || tb_str_ends(before, TB_STR("第"));
}

static bool take_measure(const search *self, tb_str key, size_t from, size_t to, measure *ret)
{
    if (to - from < self->minimum_size || is_bound(key, from))
        return false;
    ret->rest = tb_str_slice(key, multiple_end(key, to), key.size);
    size_t unit = tb_word_list_start_size(self->settings->units, ret->rest);
    ret->text = tb_str_slice(key, from, key.size - ret->rest.size + unit);
    return unit > 0 && tb_indicator_parse(self->run->scratch, ret->text, &ret->parts) &&
           ret->parts.kind == TB_INDICATOR_COMPARISON;
}

/* The next number that counts something, from *at on. */
static bool next_measure(const search *self, tb_str key, size_t *at, measure *ret)
{
    while (*at < key.size) {
        size_t from = *at;
        if (!is_digit(key.data[from])) {
            ++*at;
            continue;
        }
        *at = number_end(key, from);
        if (take_measure(self, key, from, *at, ret))
            return true;
    }
    return false;
}

/* ---- the rows ---- */

/* The rows below a goal. */
typedef struct goal_rows {
    const goal_table *table;
    size_t count;
    tb_record *const *rows;
} goal_rows;

/* None for a partner that is not there. */
static goal_rows rows_of(const search *self, const tb_record *record)
{
    for (size_t i = 0; i < 2 && record != NULL; i++) {
        const goal_table *table = &self->settings->tables[i];
        if (table->goal != record->scope)
            continue;
        const tb_record_list *list = &record->lists[table->rows->slot];
        return (goal_rows){table, list->count, list->records};
    }
    return (goal_rows){0};
}

static const tb_item *item_in(const tb_record *row, size_t slot)
{
    return slot != NO_SLOT ? row->items[slot] : NULL;
}

static bool equals(tb_decimal number, const tb_indicator *value, const measure *said)
{
    tb_decimal a, b;
    return tb_decimal_multiply(number, tb_decimal_of(value->factor), &a) &&
           tb_decimal_multiply(said->parts.number, tb_decimal_of(said->parts.factor), &b) &&
           tb_decimal_compare(a, b) == 0;
}

static bool fits_unit(const search *self, const tb_indicator *value, const measure *said)
{
    return tb_str_starts(said->rest, tb_binding_fold(&self->run->binding, value->base_unit));
}

/* Whether the number stands in the text as it is said, and not at the end of a longer one. */
static bool contains(tb_str key, tb_str said)
{
    for (size_t from = 0; from < key.size;) {
        ptrdiff_t found = tb_str_find(tb_str_slice(key, from, key.size), said);
        if (found < 0)
            return false;
        size_t at = from + (size_t)found;
        if (at == 0 || (!is_digit(key.data[at - 1]) && key.data[at - 1] != '.'))
            return true;
        from = at + 1;
    }
    return false;
}

static bool text_says(const search *self, const tb_item *item, const measure *said)
{
    return item != NULL && contains(tb_binding_fold_item(&self->run->binding, item), said->text);
}

static bool row_says(const search *self, const goal_table *table, const tb_record *row,
                     const measure *said)
{
    const tb_item *item = item_in(row, table->value);
    const tb_indicator *value = item != NULL ? item->indicator : NULL;
    bool same = value != NULL && value->kind != TB_INDICATOR_QUALITY &&
                (equals(value->number, value, said) ||
                 (value->kind == TB_INDICATOR_RANGE && equals(value->upper, value, said))) &&
                fits_unit(self, value, said);
    return same || text_says(self, item, said) || text_says(self, item_in(row, table->name), said);
}

static bool is_said(const search *self, const tb_record *record, const measure *said)
{
    goal_rows rows = rows_of(self, record);
    for (size_t i = 0; i < rows.count; i++)
        if (row_says(self, rows.table, rows.rows[i], said))
            return true;
    return false;
}

/* ---- digits in another order ---- */

/* Counts the digits; returns how many there are. */
static size_t count_digits(tb_decimal number, unsigned counts[10])
{
    char text[TB_DECIMAL_TEXT_SIZE];
    size_t count = 0;
    tb_str plain = tb_decimal_format(number, text);
    memset(counts, 0, 10 * sizeof *counts);
    for (size_t i = 0; i < plain.size; i++) {
        if (!is_digit(plain.data[i]))
            continue;
        counts[plain.data[i] - '0']++;
        count++;
    }
    return count;
}

static bool is_swapped(const search *self, const measure *said, const tb_indicator *value)
{
    unsigned left[10], right[10];
    if (value->kind != TB_INDICATOR_COMPARISON || value->factor != said->parts.factor ||
        tb_decimal_compare(value->number, said->parts.number) == 0 || !fits_unit(self, value, said))
        return false;
    size_t digits = count_digits(said->parts.number, left);
    return digits >= self->settings->minimum_swapped &&
           count_digits(value->number, right) == digits && memcmp(left, right, sizeof left) == 0;
}

/* The value of the record's rows that has the same digits, or NULL. */
static const tb_item *find_swapped(const search *self, const tb_record *record, const measure *said)
{
    goal_rows rows = rows_of(self, record);
    for (size_t i = 0; i < rows.count; i++) {
        const tb_item *item = item_in(rows.rows[i], rows.table->value);
        if (item != NULL && item->indicator != NULL && is_swapped(self, said, item->indicator))
            return item;
    }
    return NULL;
}

static const tb_item *find_swapped_anywhere(const search *self, const tb_record *record,
                                            const measure *said)
{
    const tb_item *own = find_swapped(self, record, said);
    return own != NULL ? own : find_swapped(self, record->pair, said);
}

/* ---- the checks ---- */

static void note_rows(const search *self, const tb_record *record)
{
    goal_rows rows = rows_of(self, record);
    for (size_t i = 0; i < rows.count; i++) {
        const tb_item *const items[] = {item_in(rows.rows[i], rows.table->name),
                                        item_in(rows.rows[i], rows.table->value)};
        for (size_t j = 0; j < 2; j++)
            if (items[j] != NULL)
                tb_binding_read(&self->run->binding, items[j]);
    }
}

/* A failure at the sentence; what was compared with it counts as read. NULL: none to be had. */
static tb_status add_failure(const search *self, const tb_record *record, const tb_item *sentence,
                             tb_failure **ret_failure, tb_error *error)
{
    tb_run *run = self->run;
    tb_status status = tb_check_failure_add(run, self->rule, record, sentence, ret_failure, error);
    if (*ret_failure == NULL)
        return status;
    run->binding.reads = &(*ret_failure)->reads;
    tb_binding_read(&run->binding, sentence);
    note_rows(self, record);
    note_rows(self, record->pair);
    run->binding.reads = NULL;
    return TB_OK;
}

static tb_status report_missing(search *self, const tb_record *record, const tb_item *sentence,
                                tb_buffer *numbers, tb_error *error)
{
    tb_failure *failure = NULL;
    tb_status status = add_failure(self, record, sentence, &failure, error);
    if (failure == NULL) {
        tb_buffer_done(numbers);
        return status;
    }
    tb_check_failure_say(self->run, failure, 0, numbers);
    return tb_check_failure_status(self->run, error);
}

static tb_status look_for_missing(void *context, const tb_record *record, tb_error *error)
{
    search *self = context;
    const tb_item *sentence = tb_check_failure_item(self->run, self->rule, record);
    if (sentence == NULL)
        return TB_OK;
    tb_buffer numbers;
    tb_buffer_init(&numbers, MAX_TEXT_SIZE);
    tb_str key = tb_binding_fold_item(&self->run->binding, sentence);
    measure said;
    for (size_t at = 0; next_measure(self, key, &at, &said);) {
        if (is_said(self, record, &said) || find_swapped_anywhere(self, record, &said) != NULL)
            continue;
        tb_buffer_cstr(&numbers, numbers.size > 0 ? "、" : "");
        tb_buffer_text(&numbers, said.text);
    }
    if (numbers.size > 0)
        return report_missing(self, record, sentence, &numbers, error);
    tb_buffer_done(&numbers);
    return TB_OK;
}

static tb_status report_swapped(search *self, const tb_record *record, const tb_item *sentence,
                                const measure *said, const tb_item *other, tb_error *error)
{
    tb_failure *failure = NULL;
    tb_status status = add_failure(self, record, sentence, &failure, error);
    if (failure == NULL)
        return status;
    tb_buffer text;
    tb_buffer_init(&text, MAX_TEXT_SIZE);
    tb_buffer_text(&text, said->text);
    tb_check_failure_say(self->run, failure, 0, &text);
    tb_buffer_init(&text, MAX_TEXT_SIZE);
    tb_display_item(&text, other);
    tb_check_failure_say(self->run, failure, 1, &text);
    self->run->binding.no_memory |= !tb_failure_relate(self->run, failure, other);
    return tb_check_failure_status(self->run, error);
}

static tb_status look_for_swapped(void *context, const tb_record *record, tb_error *error)
{
    search *self = context;
    const tb_item *sentence = tb_check_failure_item(self->run, self->rule, record);
    if (sentence == NULL)
        return TB_OK;
    tb_str key = tb_binding_fold_item(&self->run->binding, sentence);
    measure said;
    for (size_t at = 0; next_measure(self, key, &at, &said);) {
        const tb_item *other = find_swapped_anywhere(self, record, &said);
        if (other != NULL)
            return report_swapped(self, record, sentence, &said, other, error);
    }
    return TB_OK;
}

static tb_status run_search(tb_run *run, const tb_compiled_rule *rule, tb_record_visitor *visit,
                            bool swapped, tb_error *error)
{
    search self = {.run = run, .rule = rule, .settings = rule->prepared};
    self.minimum_size = swapped ? self.settings->minimum_swapped : 0;
    tb_status status = tb_run_visit(run, rule, visit, &self, error);
    tb_arena_reset(run->scratch);
    return status;
}

tb_status tb_said_numbers_run(tb_run *run, const tb_compiled_rule *rule, tb_error *error)
{
    return run_search(run, rule, look_for_missing, false, error);
}

tb_status tb_swapped_numbers_run(tb_run *run, const tb_compiled_rule *rule, tb_error *error)
{
    return run_search(run, rule, look_for_swapped, true, error);
}
