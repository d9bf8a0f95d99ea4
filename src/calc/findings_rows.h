/*
 * Which findings of a result a list shows, in which order and under which headings; knows nothing
 * of windows.
 */
#ifndef TB_CALC_FINDINGS_ROWS_H
#define TB_CALC_FINDINGS_ROWS_H

#include "rule/check.h"

typedef enum tb_findings_grouping {
    TB_GROUP_NONE,
    TB_GROUP_SEVERITY,
    TB_GROUP_PLACE /* the part of the form */
} tb_findings_grouping;

#define TB_ALL_SEVERITIES TB_SEVERITY_COUNT

typedef struct tb_findings_filter {
    size_t severity; /* a tb_severity, or TB_ALL_SEVERITIES */
    bool hides_explained;
    tb_findings_grouping grouping;
} tb_findings_filter;

typedef struct tb_findings_row {
    const tb_finding *finding; /* a heading has the first one of its group */
    bool is_heading;
    size_t count; /* of a heading: the open causes under it, as they are counted elsewhere */
} tb_findings_row;

typedef struct tb_findings_rows {
    size_t count;
    tb_findings_row *rows; /* owned */
} tb_findings_rows;

/* Makes the rows of a result in place of those before; a NULL result has none. False when memory
 * ran out. */
bool tb_findings_rows_make(tb_findings_rows *rows, const tb_result *result,
                           const tb_findings_filter *filter);
void tb_findings_rows_done(tb_findings_rows *rows);

/* What stands over a finding's group by place: the first step of its place. */
tb_str tb_findings_place_title(const tb_finding *finding);

/* The row of a finding of the same result, or of the next one that is shown; -1 for no rows. */
ptrdiff_t tb_findings_rows_find(const tb_findings_rows *rows, const tb_finding *finding);
/* The row `by` further that is no heading, around the ends; from -1 on, the first or last. */
ptrdiff_t tb_findings_rows_step(const tb_findings_rows *rows, ptrdiff_t row, int by);

#endif
