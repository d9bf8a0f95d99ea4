/*
 * What a check left open, in short: counts by severity, and how many findings a rule or a field
 * has. Outlives the result that it was taken from; borrows the definition alone. Explained
 * findings are not open.
 */
#ifndef TB_RULE_OPEN_FINDINGS_H
#define TB_RULE_OPEN_FINDINGS_H

#include "base/arena.h"
#include "rule/check.h"

typedef struct tb_open_finding {
    tb_str rule;
    tb_str path; /* of the field, without the numbers of rows: projects.budget */
} tb_open_finding;

typedef struct tb_open_findings {
    const tb_definition *definition;       /* NULL: the document is no known form */
    size_t by_severity[TB_SEVERITY_COUNT]; /* causes: what follows from another is not counted */
    size_t count;
    const tb_open_finding *list; /* those that follow from another too; in the arena */
} tb_open_findings;

/* False when memory ran out. */
bool tb_open_findings_gather(tb_arena *arena, const tb_result *result, tb_open_findings *ret);

/* How many a rule (R2.income, or R2 for all that begin with it) or a field has. A field is named by
 * its path or its id, in whatever part of the form, or by its name; a part of the form stands for
 * all of its fields. False when the form has none of that name. */
bool tb_open_findings_count(const tb_open_findings *open, tb_str name, size_t *ret_count);

#endif
