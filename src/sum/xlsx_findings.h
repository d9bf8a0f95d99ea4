/*
 * How many findings of each rule there are, with a chart. Used inside src/sum only.
 */
#ifndef TB_SUM_XLSX_FINDINGS_H
#define TB_SUM_XLSX_FINDINGS_H

#include "sum/xlsx_book.h"

typedef struct tb_xlsx_findings {
    size_t count, capacity;
    struct tb_rule_count *list; /* owned */
    bool failed;
} tb_xlsx_findings;

void tb_xlsx_findings_add(tb_xlsx_findings *findings, tb_str rule);
void tb_xlsx_findings_done(tb_xlsx_findings *findings);

/* Adds a sheet where there is a finding at all; its numbers are formulas over the column of rules
 * ('sheet'!$H:$H). */
tb_status tb_xlsx_findings_write(tb_xlsx_findings *findings, tb_xlsx_book *book, tb_str rules,
                                 tb_error *error);

#endif
