/*
 * Comparing results finding by finding; both are in one order.
 */
#include "rule/compare_results.h"

static tb_str sheet_name(const tb_result *result, tb_address at)
{
    const tb_workbook *workbook = result->form->workbook;
    return at.sheet < workbook->sheet_count ? workbook->sheets[at.sheet].name : TB_STR("");
}

static bool same_address(const tb_result *a, tb_address in_a, const tb_result *b, tb_address in_b)
{
    return in_a.row == in_b.row && in_a.column == in_b.column &&
           tb_str_equal(sheet_name(a, in_a), sheet_name(b, in_b));
}

static bool same_finding(const tb_result *a, const tb_finding *in_a, const tb_result *b,
                         const tb_finding *in_b)
{
    return tb_str_equal(in_a->rule, in_b->rule) && in_a->severity == in_b->severity &&
           same_address(a, in_a->at, b, in_b->at) && tb_str_equal(in_a->field, in_b->field) &&
           tb_str_equal(in_a->message, in_b->message) &&
           tb_str_equal(in_a->expected, in_b->expected) &&
           tb_str_equal(in_a->actual, in_b->actual) &&
           tb_str_equal(in_a->difference, in_b->difference) && in_a->cause == in_b->cause &&
           in_a->explained == in_b->explained;
}

/* Two readings of one definition may be at hand. */
static bool same_definition(const tb_definition *a, const tb_definition *b)
{
    return a == b || (a != NULL && b != NULL && tb_str_equal(a->id, b->id) &&
                      tb_str_equal(a->version, b->version));
}

bool tb_result_equal(const tb_result *a, const tb_result *b)
{
    if (a->outcome != b->outcome || !same_definition(a->definition, b->definition) ||
        a->finding_count != b->finding_count)
        return false;
    for (size_t i = 0; i < a->finding_count; i++) {
        if (!same_finding(a, &a->findings[i], b, &b->findings[i]))
            return false;
    }
    return true;
}
