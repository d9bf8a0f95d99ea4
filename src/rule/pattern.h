/*
 * Regular expressions with limits on their size, their steps, their depth and their memory; all
 * memory comes from an arena. A compiled pattern may be used by several threads.
 */
#ifndef TB_RULE_PATTERN_H
#define TB_RULE_PATTERN_H

#include "base/arena.h"
#include "base/status.h"

typedef struct tb_pattern tb_pattern;

/* Compiles; the pattern lives in the arena. */
tb_status tb_pattern_compile(tb_arena *arena, tb_str source, const tb_pattern **ret_pattern,
                             tb_error *error);

typedef enum tb_pattern_result {
    TB_PATTERN_FOUND,
    TB_PATTERN_NOT_FOUND,
    TB_PATTERN_LIMIT /* too many steps, or out of memory */
} tb_pattern_result;

/* Finds the first match at or behind the byte `start`; [*ret_from, *ret_to) is the match. */
tb_pattern_result tb_pattern_find(const tb_pattern *pattern, tb_arena *scratch, tb_str text,
                                  size_t start, size_t *ret_from, size_t *ret_to);

/* Replaces the first match, or all, by `replacement`, in which $1 stands for the first group. At
 * most `limit` bytes. *ret_text lies in scratch. */
tb_pattern_result tb_pattern_replace(const tb_pattern *pattern, tb_arena *scratch, tb_str text,
                                     tb_str replacement, bool all, size_t limit, tb_str *ret_text);

#endif
