/*
 * Which record of an old list is which of a new one (diff.h). Used inside src/sum only.
 */
#ifndef TB_SUM_DIFF_PAIR_H
#define TB_SUM_DIFF_PAIR_H

#include "form/form.h"

#define TB_DIFF_ALONE SIZE_MAX

/* For each new record the index of its old one, and for each old one that of its new one, or
 * TB_DIFF_ALONE. Both lie in the arena. */
typedef struct tb_diff_pairs {
    size_t *old_of_new, *new_of_old;
} tb_diff_pairs;

tb_status tb_diff__pair(const tb_record_list *old_list, const tb_record_list *new_list,
                        tb_arena *arena, tb_diff_pairs *ret_pairs, tb_error *error);

#endif
