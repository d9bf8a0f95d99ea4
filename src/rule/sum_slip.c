/*
 * One equation asks for one value in each place, so a number is tried by looking for that value
 * among the proposals for it.
 */
#include "rule/sum_slip.h"

#include "rule/display.h"
#include "rule/wording.h"

/* The two finest of a sum's numbers: how fine all others are is known for each of them then. */
typedef struct fineness {
    int first, second; /* places after the point; first >= second */
} fineness;

typedef struct search {
    const tb_decimal *parts;
    size_t count;
    tb_decimal total, difference;
    fineness fine;
    size_t hits; /* of the best rank */
    tb_sum_slip best;
    tb_number_slip proposals[TB_SLIP_MAX_PROPOSALS];
} search;

bool tb_sum_exact(const tb_decimal *parts, size_t count, tb_decimal *ret_sum)
{
    tb_decimal sum = tb_decimal_of(0);
    for (size_t i = 0; i < count; i++) {
        if (!tb_decimal_add(sum, parts[i], &sum))
            return false;
    }
    *ret_sum = sum;
    return true;
}

static void look_at(fineness *fine, tb_decimal number)
{
    int places = tb_decimal_places(number);
    if (places > fine->first) {
        fine->second = fine->first;
        fine->first = places;
    } else if (places > fine->second) {
        fine->second = places;
    }
}

static fineness measure(tb_decimal total, const tb_decimal *parts, size_t count)
{
    fineness fine = {0, 0};
    look_at(&fine, total);
    for (size_t i = 0; i < count; i++)
        look_at(&fine, parts[i]);
    return fine;
}

static void offer(search *self, const tb_sum_slip *hit)
{
    unsigned rank = tb_slip_rank(hit->slip.kind), best = tb_slip_rank(self->best.slip.kind);
    if (self->hits > 0 && rank > best)
        return;
    self->hits = self->hits > 0 && rank == best ? self->hits + 1 : 1;
    self->best = *hit;
}

/* No one writes one number to more places than all others beside it have. */
static bool is_writable(const tb_number_slip *slip, tb_decimal number, int limit)
{
    return tb_slip_places(slip->kind, number, slip->value) <= limit;
}

/* The likeliest way in which `number` could stand for `meant`. */
static void try_number(search *self, size_t place, tb_decimal number, tb_decimal meant)
{
    bool finest = tb_decimal_places(number) == self->fine.first;
    int limit = finest ? self->fine.second : self->fine.first;
    tb_sum_slip hit = {.place = place, .actual = number, .addend = TB_SUM_NONE};
    bool found = false;
    size_t count = tb_slip_propose((tb_written_number){number, limit, 0}, self->proposals);
    for (size_t i = 0; i < count; i++) {
        const tb_number_slip *slip = &self->proposals[i];
        if (tb_decimal_compare(slip->value, meant) != 0 || !is_writable(slip, number, limit) ||
            (found && tb_slip_rank(slip->kind) >= tb_slip_rank(hit.slip.kind)))
            continue;
        hit.slip = *slip;
        found = true;
    }
    if (found)
        offer(self, &hit);
}

/* A total that is one part short, or one too high. */
static void try_addends(search *self, tb_decimal sum)
{
    tb_sum_slip hit = {.place = TB_SUM_TOTAL, .actual = self->total, .slip.value = sum};
    size_t found = 0;
    for (size_t i = 0; i < self->count; i++) {
        bool doubled = tb_decimal_compare(self->parts[i], self->difference) == 0;
        bool left_out =
            tb_decimal_compare(tb_decimal_negate(self->parts[i]), self->difference) == 0;
        if (!doubled && !left_out)
            continue;
        hit.slip.kind = doubled ? TB_SLIP_DOUBLED : TB_SLIP_LEFT_OUT;
        hit.addend = found++ == 0 ? i : TB_SUM_NONE;
    }
    if (found > 0)
        offer(self, &hit);
}

tb_sum_verdict tb_sum_slip_find(tb_decimal total, const tb_decimal *parts, size_t count,
                                tb_decimal *ret_difference, tb_sum_slip *ret_slip)
{
    search self = {.parts = parts, .count = count, .total = total};
    tb_decimal sum, meant;
    if (!tb_sum_exact(parts, count, &sum) || !tb_decimal_subtract(total, sum, &self.difference))
        return TB_SUM_OVERFLOW;
    *ret_difference = self.difference;
    if (tb_decimal_sign(self.difference) == 0)
        return TB_SUM_BALANCED;
    self.fine = measure(total, parts, count);
    try_number(&self, TB_SUM_TOTAL, total, sum);
    for (size_t i = 0; i < count; i++) {
        if (tb_decimal_add(parts[i], self.difference, &meant))
            try_number(&self, i, parts[i], meant);
    }
    try_addends(&self, sum);
    *ret_slip = self.best;
    return self.hits == 1 ? TB_SUM_SLIP : TB_SUM_UNEXPLAINED;
}

/* ---- in words ---- */

static void append_part_name(tb_buffer *out, tb_language language, size_t index)
{
    char digits[TB_DECIMAL_TEXT_SIZE];
    tb_str number = tb_decimal_format(tb_decimal_of((int64_t)index + 1), digits);
    tb_message_append(out, language, TB_MSG_RULE_SLIP_PART, &number, 1);
}

static void append_place(tb_buffer *out, tb_language language, size_t place)
{
    if (place == TB_SUM_TOTAL)
        tb_message_append(out, language, TB_MSG_RULE_SLIP_TOTAL, NULL, 0);
    else
        append_part_name(out, language, place);
}

static void tell_slip(tb_buffer *out, tb_language language, const tb_sum_slip *slip,
                      const tb_decimal *parts, int places)
{
    tb_buffer place, sentence, part;
    tb_buffer_init(&place, out->max);
    tb_buffer_init(&sentence, out->max);
    tb_buffer_init(&part, out->max);
    tb_slip_words words = {.slip = slip->slip, .actual = slip->actual, .places = places};
    if (slip->addend != TB_SUM_NONE) {
        append_part_name(&part, language, slip->addend);
        words.has_addend = true;
        words.addend = parts[slip->addend];
        words.addend_place = tb_buffer_get(&part);
    }
    append_place(&place, language, slip->place);
    tb_wording_slip(&sentence, language, &words);
    tb_str args[] = {tb_buffer_get(&place), tb_buffer_get(&sentence)};
    tb_message_append(out, language, TB_MSG_RULE_SLIP_CELL, args, 2);
    tb_buffer_done(&place);
    tb_buffer_done(&sentence);
    tb_buffer_done(&part);
}

static void tell_difference(tb_buffer *out, tb_language language, tb_decimal difference, int places)
{
    tb_buffer amount;
    tb_buffer_init(&amount, TB_DECIMAL_TEXT_SIZE * 2);
    tb_display_amount(&amount, tb_decimal_absolute(difference), places);
    tb_str args[] = {tb_buffer_get(&amount)};
    bool more = tb_decimal_sign(difference) > 0;
    tb_message_append(out, language, more ? TB_MSG_RULE_SLIP_MORE : TB_MSG_RULE_SLIP_LESS, args, 1);
    tb_buffer_done(&amount);
}

bool tb_sum_slip_tell(tb_buffer *out, tb_language language, tb_decimal total,
                      const tb_decimal *parts, size_t count)
{
    tb_sum_slip slip;
    tb_decimal difference;
    tb_sum_verdict verdict = tb_sum_slip_find(total, parts, count, &difference, &slip);
    int places = measure(total, parts, count).first;
    if (verdict == TB_SUM_SLIP)
        tell_slip(out, language, &slip, parts, places);
    else if (verdict == TB_SUM_UNEXPLAINED)
        tell_difference(out, language, difference, places);
    return verdict != TB_SUM_OVERFLOW && !out->failed;
}
