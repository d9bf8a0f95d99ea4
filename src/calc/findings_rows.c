/*
 * Groups come in the order of their first finding (by severity: the worst first), and the findings
 * of a group in the order of the result.
 */
#include "calc/findings_rows.h"

#include <stdlib.h>

static bool is_shown(const tb_finding *finding, const tb_findings_filter *filter)
{
    bool explained = finding->explained == TB_EXPLANATION_CURRENT;
    return !(explained && filter->hides_explained) &&
           (filter->severity == TB_ALL_SEVERITIES || finding->severity == filter->severity);
}

tb_str tb_findings_place_title(const tb_finding *finding)
{
    ptrdiff_t end = tb_str_find(finding->place, TB_STR(" · "));
    return end < 0 ? finding->place : tb_str_slice(finding->place, 0, (size_t)end);
}

/* ---- groups ---- */

typedef struct group {
    const tb_finding *first;
    size_t count;    /* of its findings */
    size_t causes;   /* of those that are open and follow from no other */
    size_t next_row; /* where its next finding goes */
} group;

typedef struct grouping {
    tb_findings_grouping by;
    size_t count;
    group *groups; /* one for each that there may be */
} grouping;

static bool belongs(const grouping *self, const group *to, const tb_finding *finding)
{
    if (self->by == TB_GROUP_SEVERITY)
        return to->first->severity == finding->severity;
    return to->first->at.sheet == finding->at.sheet &&
           tb_str_equal(tb_findings_place_title(to->first), tb_findings_place_title(finding));
}

/* Findings of one place mostly follow each other: the last group is looked at first. */
static group *find_group(grouping *self, const tb_finding *finding)
{
    for (size_t i = self->count; i > 0; i--) {
        if (belongs(self, &self->groups[i - 1], finding))
            return &self->groups[i - 1];
    }
    self->groups[self->count] = (group){finding, 0, 0, 0};
    return &self->groups[self->count++];
}

static int compare_severity(const void *a, const void *b)
{
    const group *left = a, *right = b;
    return (int)left->first->severity - (int)right->first->severity;
}

static void place_headings(grouping *self, tb_findings_rows *rows)
{
    if (self->by == TB_GROUP_SEVERITY && self->count > 1)
        qsort(self->groups, self->count, sizeof(*self->groups), compare_severity);
    for (size_t i = 0; i < self->count; i++) {
        group *each = &self->groups[i];
        rows->rows[rows->count] = (tb_findings_row){each->first, true, each->causes};
        each->next_row = rows->count + 1;
        rows->count += 1 + each->count;
    }
}

static void make_grouped(grouping *self, tb_findings_rows *rows, const tb_result *result,
                         const tb_findings_filter *filter)
{
    for (size_t i = 0; i < result->finding_count; i++) {
        const tb_finding *finding = &result->findings[i];
        if (!is_shown(finding, filter))
            continue;
        group *own = find_group(self, finding);
        own->count++;
        own->causes += finding->cause == 0 && finding->explained != TB_EXPLANATION_CURRENT;
    }
    place_headings(self, rows);
    for (size_t i = 0; i < result->finding_count; i++) {
        const tb_finding *finding = &result->findings[i];
        if (is_shown(finding, filter))
            rows->rows[find_group(self, finding)->next_row++] =
                (tb_findings_row){finding, false, 0};
    }
}

static void make_plain(tb_findings_rows *rows, const tb_result *result,
                       const tb_findings_filter *filter)
{
    for (size_t i = 0; i < result->finding_count; i++) {
        if (is_shown(&result->findings[i], filter))
            rows->rows[rows->count++] = (tb_findings_row){&result->findings[i], false, 0};
    }
}

bool tb_findings_rows_make(tb_findings_rows *rows, const tb_result *result,
                           const tb_findings_filter *filter)
{
    size_t count = result == NULL ? 0 : result->finding_count;
    tb_findings_rows_done(rows);
    grouping groups = {filter->grouping, 0, calloc(count + 1, sizeof(*groups.groups))};
    rows->rows = calloc(2 * count + 1, sizeof(*rows->rows));
    bool ok = groups.groups != NULL && rows->rows != NULL;
    if (ok && count > 0 && filter->grouping != TB_GROUP_NONE)
        make_grouped(&groups, rows, result, filter);
    else if (ok && count > 0)
        make_plain(rows, result, filter);
    free(groups.groups);
    return ok;
}

void tb_findings_rows_done(tb_findings_rows *rows)
{
    free(rows->rows);
    *rows = (tb_findings_rows){0, NULL};
}

/* ---- finding rows ---- */

/* Whether `a` comes nearer to the wanted one than `b`: what follows it before what precedes it. */
static bool is_nearer(const tb_finding *wanted, const tb_finding *a, const tb_finding *b)
{
    if ((a >= wanted) != (b >= wanted))
        return a >= wanted;
    return a >= wanted ? a < b : a > b;
}

ptrdiff_t tb_findings_rows_find(const tb_findings_rows *rows, const tb_finding *finding)
{
    ptrdiff_t best = -1;
    for (size_t i = 0; i < rows->count; i++) {
        const tb_findings_row *row = &rows->rows[i];
        if (!row->is_heading &&
            (best < 0 || is_nearer(finding, row->finding, rows->rows[best].finding)))
            best = (ptrdiff_t)i;
    }
    return best;
}

ptrdiff_t tb_findings_rows_step(const tb_findings_rows *rows, ptrdiff_t row, int by)
{
    ptrdiff_t count = (ptrdiff_t)rows->count;
    if (row < 0 && by < 0)
        row = count;
    for (ptrdiff_t tried = 0; tried < count; tried++) {
        row = (row + by + count) % count;
        if (!rows->rows[row].is_heading)
            return row;
    }
    return -1;
}
