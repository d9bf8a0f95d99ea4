/*
 * A key is compared in its cheapest form: numbers as numbers, and only what is left as folded text.
 */
#include "rule/tally.h"

#include <stdlib.h>

#include "base/arena.h"
#include "form/filler.h"

/* What is looked for, in both forms. */
typedef struct sought {
    const tb_value *key;
    tb_str text; /* folded */
    tb_arena *scratch;
    bool failed;
} sought;

static bool fold(tb_arena *scratch, const tb_value *value, tb_str *ret)
{
    tb_value_error error;
    tb_str text;
    if (!tb_value_to_text(value, scratch, &text, &error))
        return false;
    *ret = tb_text_key(scratch, text);
    return ret->data != NULL || text.size == 0;
}

static bool begin(sought *self, const tb_value *key, tb_arena *scratch)
{
    *self = (sought){.key = key, .scratch = scratch};
    return fold(scratch, key, &self->text);
}

static bool is_sought(sought *self, const tb_value *value)
{
    if (value->type == TB_VALUE_NUMBER && self->key->type == TB_VALUE_NUMBER)
        return tb_decimal_compare(value->as.number, self->key->as.number) == 0;
    tb_str text;
    if (!fold(self->scratch, value, &text)) {
        self->failed = true;
        return false;
    }
    return tb_str_equal(text, self->text);
}

bool tb_tally_sum_by(const tb_value *keys, const tb_value *values, size_t count,
                     const tb_value *key, tb_arena *scratch, tb_decimal *ret_sum)
{
    sought self;
    tb_decimal sum = tb_decimal_of(0);
    bool fits = begin(&self, key, scratch);
    for (size_t i = 0; i < count && fits && !self.failed; i++) {
        if (is_sought(&self, &keys[i]) && values[i].type == TB_VALUE_NUMBER)
            fits = tb_decimal_add(sum, values[i].as.number, &sum);
    }
    *ret_sum = sum;
    return fits && !self.failed;
}

bool tb_tally_count_by(const tb_value *keys, size_t count, const tb_value *key, tb_arena *scratch,
                       size_t *ret_count)
{
    sought self;
    bool begun = begin(&self, key, scratch);
    size_t found = 0;
    for (size_t i = 0; i < count && begun && !self.failed; i++)
        found += is_sought(&self, &keys[i]);
    *ret_count = found;
    return begun && !self.failed;
}

static int compare_texts(const void *a, const void *b)
{
    return tb_str_compare(*(const tb_str *)a, *(const tb_str *)b);
}

bool tb_tally_distinct(const tb_value *values, size_t count, tb_arena *scratch, size_t *ret_count)
{
    size_t filled = 0, found = 0;
    tb_str *texts = tb_arena_array(scratch, count + 1, sizeof *texts);
    if (texts == NULL)
        return false;
    for (size_t i = 0; i < count; i++) {
        if (!fold(scratch, &values[i], &texts[filled]))
            return false;
        filled += texts[filled].size > 0;
    }
    qsort(texts, filled, sizeof *texts, compare_texts);
    for (size_t i = 0; i < filled; i++)
        found += i == 0 || !tb_str_equal(texts[i - 1], texts[i]);
    *ret_count = found;
    return true;
}

size_t tb_tally_filled(const tb_value *values, size_t count)
{
    size_t filled = 0;
    for (size_t i = 0; i < count; i++) {
        const tb_value *value = &values[i];
        bool is_text = value->type == TB_VALUE_TEXT;
        filled +=
            value->type == TB_VALUE_NUMBER ||
            (is_text && tb_str_trim(value->as.text).size > 0 && !tb_filler_is(value->as.text));
    }
    return filled;
}
