/*
 * What a checked form gives to an aggregation: how it is known, and its sheaf of rows.
 */
#ifndef TB_SUM_EXTRACT_H
#define TB_SUM_EXTRACT_H

#include "base/buffer.h"
#include "sum/collection.h"
#include "sum/outline.h"

/* How a form is known among others. Texts are borrowed from the result and from `identity`. */
typedef struct tb_extract {
    tb_str unit;        /* who filed it, as it stands there */
    tb_buffer identity; /* owned; what tells it from other forms of its year, folded; empty where
                         * one of the fields has nothing in it */
    int year;           /* or TB_SUM_NO_YEAR */
    int64_t day;        /* its date, as a serial day, or TB_SUM_NO_DAY */
    tb_buffer sheaf;    /* owned */
    tb_buffer facts;    /* owned; sum/fact.h */
    tb_buffer
        sheets; /* owned; the names of the workbook's sheets, each ended by TB_SUM_SHEET_END */
} tb_extract;

void tb_extract_init(tb_extract *extract);
void tb_extract_done(tb_extract *extract);

/* Of a result that has a form. With `places` each value says from which cell it is, which workbooks
 * need for their links. */
tb_status tb_extract_form(tb_extract *extract, const tb_outline *outline, const tb_result *result,
                          tb_language language, bool places, tb_error *error);

#endif
