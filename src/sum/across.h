/*
 * Rules across forms (跨表规则): what can be said of a form only beside those of other units. A
 * definition lists them under `across`; each names what it compares.
 *
 * They run when it is known which forms count. What they find is kept with the form as a flag
 * (sum/collection.h) and becomes a finding when the form is published. Results do not depend on the
 * order of the forms.
 */
#ifndef TB_SUM_ACROSS_H
#define TB_SUM_ACROSS_H

#include "sum/collection.h"
#include "sum/outline.h"

tb_status tb_across_run(const tb_outline *outline, tb_collection *collection, tb_error *error);

/* Appends the row of a flag's finding to a sheaf; `number` is the finding's in the form. */
tb_status tb_across_write_finding(tb_buffer *out, const tb_outline *outline,
                                  const tb_collected *form, const tb_sum_flag *flag, size_t number,
                                  tb_language language, tb_error *error);

#endif
