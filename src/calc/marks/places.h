/*
 * Which cells are marked, by severity: as ranges of the document, which the office keeps true while
 * rows, columns and sheets come and go.
 */
#ifndef TB_CALC_MARKS_PLACES_H
#define TB_CALC_MARKS_PLACES_H

#include "calc/sheet.h"
#include "rule/check.h"

#define TB_MAX_MARKS 2000

typedef struct tb_mark_places {
    uno_Interface *ranges[TB_SEVERITY_COUNT]; /* owned; NULL: none */
    size_t count;                             /* of marked cells */
    size_t left_out;                          /* beyond the maximum; the least severe ones */
} tb_mark_places;

/* Takes the cells of open findings, each once with the worst that is said of it; `result` may be
 * NULL. */
void tb_mark_places_set(tb_calls *calls, tb_mark_places *places, uno_Interface *document,
                        const tb_result *result);
void tb_mark_places_done(tb_mark_places *places);
/* Where they are now. */
size_t tb_mark_places_get(tb_calls *calls, const tb_mark_places *places, tb_severity severity,
                          const tb_range_address **ret_addresses);

#endif
