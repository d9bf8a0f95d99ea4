/*
 * Hashing which finding is meant and what its rule read.
 */
#include "rule/explanation_code.h"

#include "base/limits.h"
#include "base/sha256.h"
#include "rule/place.h"

#define VERSION "1-"

/* ---- pieces ---- */

static void append_piece(tb_buffer *out, tb_str piece)
{
    tb_buffer_uint(out, piece.size);
    tb_buffer_char(out, ':');
    tb_buffer_text(out, piece);
}

static bool take_hash(tb_buffer *pieces, unsigned char out[TB_HALF_CODE_SIZE])
{
    unsigned char hash[TB_SHA256_SIZE];
    bool ok = !pieces->failed;
    tb_sha256(tb_buffer_get(pieces), hash);
    memcpy(out, hash, TB_HALF_CODE_SIZE);
    tb_buffer_done(pieces);
    return ok;
}

/* ---- identity ---- */

static tb_str name_of(const tb_record *record)
{
    const tb_item *item = tb_place_find_name(record);
    return record->id.size > 0 ? record->id : item != NULL ? item->text : TB_STR("");
}

/* How many before it in its list have the same name: one without a name has its place instead. */
static size_t count_namesakes(const tb_record *record, tb_str name)
{
    const tb_record_list *list = &record->parent->lists[record->scope->slot];
    size_t count = 0;
    for (size_t i = 0; i < record->index && i < list->count; i++)
        count += tb_str_equal(name_of(list->records[i]), name);
    return count;
}

static void append_record(tb_buffer *out, const tb_record *record)
{
    if (record->parent == NULL)
        return;
    append_record(out, record->parent);
    tb_str name = name_of(record);
    append_piece(out, record->scope->id);
    append_piece(out, name);
    tb_buffer_uint(out, record->id.size > 0 ? 0 : count_namesakes(record, name));
}

static bool is_before(tb_address a, tb_address b)
{
    if (a.sheet != b.sheet)
        return a.sheet < b.sheet;
    return a.row != b.row ? a.row < b.row : a.column < b.column;
}

static void append_seen(tb_buffer *out, const tb_run *run, const tb_failure *failure)
{
    size_t before = 0;
    if (failure->seen.size == 0)
        return;
    for (size_t i = 0; i < run->failure_count; i++)
        before += run->failures[i]->rule == failure->rule &&
                  tb_str_equal(run->failures[i]->seen, failure->seen) &&
                  is_before(run->failures[i]->at, failure->at);
    append_piece(out, failure->seen);
    tb_buffer_uint(out, before);
}

bool tb_explanation_identity(const tb_run *run, const tb_failure *failure,
                             unsigned char out[TB_HALF_CODE_SIZE])
{
    tb_buffer pieces;
    tb_buffer_init(&pieces, TB_MAX_PART_SIZE);
    append_piece(&pieces, failure->rule->rule->id);
    append_piece(&pieces, failure->rule->rule->it);
    append_record(&pieces, failure->record);
    append_seen(&pieces, run, failure);
    return take_hash(&pieces, out);
}

/* ---- reads ---- */

static void append_content(tb_buffer *out, const tb_item *item)
{
    char number[TB_DECIMAL_TEXT_SIZE];
    tb_field_type type = item->field->type;
    bool is_number = type == TB_FIELD_AMOUNT || type == TB_FIELD_NUMBER || type == TB_FIELD_SHARE ||
                     type == TB_FIELD_DATE || type == TB_FIELD_YEAR;
    tb_buffer_char(out, is_number ? 'N' : 'T');
    if (is_number)
        append_piece(out, tb_decimal_format(tb_decimal_normalize(item->number), number));
    else
        append_piece(out, item->code != NULL ? item->code->code : item->text);
}

static void append_item(tb_buffer *out, const tb_item *item)
{
    switch (item->state) {
    case TB_ITEM_MISSING:
        tb_buffer_char(out, 'M');
        break;
    case TB_ITEM_BLANK:
        tb_buffer_char(out, 'B');
        break;
    case TB_ITEM_INVALID:
        tb_buffer_char(out, 'I');
        append_piece(out, item->text);
        break;
    case TB_ITEM_VALID:
        append_content(out, item);
        break;
    }
}

/* Drops what was read before. False when memory ran out. */
static bool keep_first(tb_arena *scratch, tb_reads *reads)
{
    size_t size = 16, kept = 0;
    while (size < reads->item_count * 2)
        size *= 2;
    const tb_item **seen = tb_arena_array(scratch, size, sizeof *seen);
    for (size_t i = 0; i < reads->item_count && seen != NULL; i++) {
        const tb_item *item = reads->items[i];
        size_t at = ((uintptr_t)item >> 4) & (size - 1);
        while (seen[at] != NULL && seen[at] != item)
            at = (at + 1) & (size - 1);
        if (seen[at] == item)
            continue;
        seen[at] = item;
        reads->items[kept++] = item;
    }
    reads->item_count = kept;
    tb_arena_reset(scratch);
    return seen != NULL;
}

/* Runs the rule again, to see what it reads. */
static void gather_reads(tb_run *run, const tb_failure *failure, tb_reads *reads)
{
    const tb_compiled_rule *rule = failure->rule;
    run->binding.record = failure->record;
    run->binding.reads = reads;
    if (rule->when != NULL)
        tb_expression_evaluate(rule->when, &run->binding.environment);
    tb_expression_evaluate(rule->formula, &run->binding.environment);
    run->binding.reads = NULL;
    tb_arena_reset(run->scratch);
}

bool tb_explanation_reads(tb_run *run, const tb_failure *failure,
                          unsigned char out[TB_HALF_CODE_SIZE])
{
    tb_buffer pieces;
    tb_reads reads = {0};
    tb_buffer_init(&pieces, TB_MAX_PART_SIZE);
    if (failure->rule->formula != NULL)
        gather_reads(run, failure, &reads);
    else
        reads = failure->reads;
    run->binding.no_memory |= !keep_first(run->scratch, &reads);
    for (size_t i = 0; i < reads.item_count; i++)
        append_item(&pieces, reads.items[i]);
    for (size_t i = 0; i < failure->weighed_count; i++)
        append_item(&pieces, failure->weighed[i]);
    return take_hash(&pieces, out) && !run->binding.no_memory;
}

/* ---- as a text ---- */

static char *append_digits(char *out, const unsigned char half[TB_HALF_CODE_SIZE])
{
    static const char digits[] = "0123456789abcdef";
    for (size_t i = 0; i < TB_HALF_CODE_SIZE; i++) {
        *out++ = digits[half[i] >> 4];
        *out++ = digits[half[i] & 15];
    }
    return out;
}

void tb_explanation_code_format(const unsigned char identity[TB_HALF_CODE_SIZE],
                                const unsigned char reads[TB_HALF_CODE_SIZE],
                                char out[TB_EXPLANATION_CODE_SIZE])
{
    memcpy(out, VERSION, 2);
    out = append_digits(out + 2, identity);
    *out++ = '-';
    *append_digits(out, reads) = '\0';
}

static int digit_of(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

static bool parse_half(const char *digits, unsigned char out[TB_HALF_CODE_SIZE])
{
    for (size_t i = 0; i < TB_HALF_CODE_SIZE; i++) {
        int high = digit_of(digits[2 * i]), low = digit_of(digits[2 * i + 1]);
        if (high < 0 || low < 0)
            return false;
        out[i] = (unsigned char)(high << 4 | low);
    }
    return true;
}

bool tb_explanation_code_parse(tb_str text, unsigned char identity[TB_HALF_CODE_SIZE],
                               unsigned char reads[TB_HALF_CODE_SIZE])
{
    size_t middle = 2 + 2 * TB_HALF_CODE_SIZE;
    return text.size == TB_EXPLANATION_CODE_SIZE - 1 && tb_str_starts(text, TB_STR(VERSION)) &&
           text.data[middle] == '-' && parse_half(text.data + 2, identity) &&
           parse_half(text.data + middle + 1, reads);
}
