/*
 * Joins the rules across forms of all definitions. Used inside src/sum only.
 */
#ifndef TB_SUM_OUTLINE_ACROSS_H
#define TB_SUM_OUTLINE_ACROSS_H

#include "sum/outline.h"

/* Fills in outline->across and what the plans, which are outline->definitions, use of it. False: no
 * memory. */
bool tb_outline_join_across(tb_arena *arena, tb_outline *outline, tb_definition_plan *plans);

#endif
