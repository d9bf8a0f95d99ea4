/*
 * org.tianbao.Check: the check for scripts. See idl/org/tianbao/Check.idl.
 */
#ifndef TB_CALC_JOB_H
#define TB_CALC_JOB_H

#include "calc/uno/object.h"

extern tb_class tb_job_class;

#endif
