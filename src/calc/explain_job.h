/*
 * org.tianbao.Explain: explanations for scripts. See idl/org/tianbao/Explain.idl.
 */
#ifndef TB_CALC_EXPLAIN_JOB_H
#define TB_CALC_EXPLAIN_JOB_H

#include "calc/uno/object.h"

extern tb_class tb_explain_job_class;

#endif
