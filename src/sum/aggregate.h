/*
 * Adding up (汇总): many forms in, tables out. What the command line and the office call; below it
 * stand collecting, checking, choosing among re-submissions, and the writers.
 *
 * Each form is checked as `tianbao check` does it. What can't be read is listed with its reason and
 * never just missing; totals are given of all forms and of those without open errors. The result
 * does not depend on the order of the inputs.
 */
#ifndef TB_SUM_AGGREGATE_H
#define TB_SUM_AGGREGATE_H

#include "rule/check.h"
#include "sum/collection.h"
#include "sum/inputs.h"

/* What is written; several may be put together. */
#define TB_SUM_CSV   1u
#define TB_SUM_JSONL 2u
#define TB_SUM_XLSX  4u /* alone: OUT is a file */

/* How far it is, and whether to go on. */
typedef struct tb_sum_progress {
    void *context;
    bool (*tell)(void *context, size_t done, size_t total); /* false: stop; may be NULL */
} tb_sum_progress;

typedef struct tb_sum_request {
    const tb_checker *checker;
    const tb_inputs *inputs;
    const tb_expected *expected; /* who should have sent a form, or NULL */
    tb_language language;        /* of headings, messages and words */
    unsigned formats;
    const char *out;  /* the folder or file to be made */
    bool may_replace; /* what stands there already (sum/output.h) */
    tb_sum_progress progress;
} tb_sum_request;

typedef struct tb_sum_outcome {
    tb_sum_counts counts;
    bool was_stopped; /* nothing was written */
} tb_sum_outcome;

tb_status tb_aggregate(const tb_sum_request *request, tb_sum_outcome *ret_outcome, tb_error *error);

#endif
