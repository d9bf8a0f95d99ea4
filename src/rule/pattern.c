/*
 * Regular expressions by PCRE2, always in UTF-8. The interpreter only: machine code made at run
 * time has no place in an office process.
 */
#include "rule/pattern.h"

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>

#include "base/limits.h"

#define HEAP_LIMIT_KIB 1024
#define DEPTH_LIMIT    1000

struct tb_pattern {
    pcre2_code *code;
    pcre2_match_context *limits;
};

static void *take_memory(size_t size, void *arena)
{
    return tb_arena_alloc(arena, size);
}

static void leave_memory(void *memory, void *arena)
{
    (void)memory; /* the arena takes all of it back at once */
    (void)arena;
}

static tb_status fail_pattern(int code, size_t offset, tb_error *error)
{
    PCRE2_UCHAR text[160];
    char digits[24];
    size_t at = sizeof digits - 1;
    pcre2_get_error_message(code, text, sizeof text);
    digits[at] = '\0';
    do
        digits[--at] = (char)('0' + offset % 10);
    while ((offset /= 10) > 0);
    return tb_error_set(error, TB_INVALID, TB_MSG_RULE_FORMULA_BAD_PATTERN, digits + at,
                        (const char *)text, NULL);
}

static bool set_limits(tb_pattern *pattern, pcre2_general_context *memory)
{
    pattern->limits = pcre2_match_context_create(memory);
    if (pattern->limits == NULL)
        return false;
    pcre2_set_match_limit(pattern->limits, TB_MAX_REGEX_STEPS);
    pcre2_set_depth_limit(pattern->limits, DEPTH_LIMIT);
    pcre2_set_heap_limit(pattern->limits, HEAP_LIMIT_KIB);
    return true;
}

tb_status tb_pattern_compile(tb_arena *arena, tb_str source, const tb_pattern **ret_pattern,
                             tb_error *error)
{
    if (source.size > TB_MAX_REGEX_SIZE)
        return tb_error_set(error, TB_LIMIT, TB_MSG_RULE_FORMULA_LONG_PATTERN, NULL);
    int code = 0;
    PCRE2_SIZE offset = 0;
    tb_pattern *made = tb_arena_alloc(arena, sizeof *made);
    pcre2_general_context *memory = pcre2_general_context_create(take_memory, leave_memory, arena);
    pcre2_compile_context *options = memory == NULL ? NULL : pcre2_compile_context_create(memory);
    if (made == NULL || options == NULL || !set_limits(made, memory))
        return tb_error_memory(error);
    made->code = pcre2_compile((PCRE2_SPTR)(source.data == NULL ? "" : source.data), source.size,
                               PCRE2_UTF | PCRE2_NEVER_BACKSLASH_C, &code, &offset, options);
    if (made->code == NULL)
        return code == PCRE2_ERROR_HEAP_FAILED ? tb_error_memory(error)
                                               : fail_pattern(code, offset, error);
    *ret_pattern = made;
    return TB_OK;
}

static pcre2_match_data *make_match_data(const tb_pattern *pattern, tb_arena *scratch)
{
    pcre2_general_context *memory =
        pcre2_general_context_create(take_memory, leave_memory, scratch);
    return memory == NULL ? NULL : pcre2_match_data_create_from_pattern(pattern->code, memory);
}

tb_pattern_result tb_pattern_find(const tb_pattern *pattern, tb_arena *scratch, tb_str text,
                                  size_t start, size_t *ret_from, size_t *ret_to)
{
    pcre2_match_data *data = make_match_data(pattern, scratch);
    if (data == NULL)
        return TB_PATTERN_LIMIT;
    int code = pcre2_match(pattern->code, (PCRE2_SPTR)(text.size == 0 ? "" : text.data), text.size,
                           start, 0, data, pattern->limits);
    if (code == PCRE2_ERROR_NOMATCH)
        return TB_PATTERN_NOT_FOUND;
    if (code < 0)
        return TB_PATTERN_LIMIT;
    const PCRE2_SIZE *bounds = pcre2_get_ovector_pointer(data);
    /* \K may put the start behind the end. */
    *ret_from = bounds[0] <= bounds[1] ? bounds[0] : bounds[1];
    *ret_to = bounds[1];
    return TB_PATTERN_FOUND;
}

#define FIRST_ROOM 256 /* for the result of a replacement beside the text */

tb_pattern_result tb_pattern_replace(const tb_pattern *pattern, tb_arena *scratch, tb_str text,
                                     tb_str replacement, bool all, size_t limit, tb_str *ret_text)
{
    pcre2_match_data *data = make_match_data(pattern, scratch);
    PCRE2_SIZE size = text.size + FIRST_ROOM;
    uint32_t options = PCRE2_SUBSTITUTE_UNSET_EMPTY | PCRE2_SUBSTITUTE_UNKNOWN_UNSET |
                       PCRE2_SUBSTITUTE_OVERFLOW_LENGTH | (all ? PCRE2_SUBSTITUTE_GLOBAL : 0);
    int code = PCRE2_ERROR_NOMEMORY;
    char *out = NULL;
    /* Where the room was too small, the second time has as much as the first one asked for. */
    for (int i = 0; i < 2 && code == PCRE2_ERROR_NOMEMORY && size <= limit + FIRST_ROOM; i++) {
        out = data == NULL ? NULL : tb_arena_alloc(scratch, size);
        if (out == NULL)
            return TB_PATTERN_LIMIT;
        code = pcre2_substitute(pattern->code, (PCRE2_SPTR)(text.size == 0 ? "" : text.data),
                                text.size, 0, options, data, pattern->limits,
                                (PCRE2_SPTR)(replacement.size == 0 ? "" : replacement.data),
                                replacement.size, (PCRE2_UCHAR *)out, &size);
    }
    if (code < 0 || size > limit)
        return TB_PATTERN_LIMIT;
    *ret_text = (tb_str){out, size};
    return code == 0 ? TB_PATTERN_NOT_FOUND : TB_PATTERN_FOUND;
}
