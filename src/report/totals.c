/*
 * Counting over files.
 */
#include "report/report.h"

void tb_totals_add(tb_totals *totals, const tb_result *result)
{
    totals->by_outcome[result->outcome]++;
    for (size_t i = 0; i < TB_SEVERITY_COUNT; i++)
        totals->counts.by_severity[i] += result->counts.by_severity[i];
    totals->counts.explained += result->counts.explained;
}
