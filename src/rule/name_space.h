/*
 * How a resolved name tells what it means: tb_reference's members as rule/name_space.c fills them
 * and rule/binding.c reads them.
 */
#ifndef TB_RULE_NAME_SPACE_H
#define TB_RULE_NAME_SPACE_H

#include "rule/binding.h"

#define TB_MAX_NAME_PATH 8 /* scopes that a name may go through */

typedef enum tb_reference_kind {
    TB_REFERENCE_FIELD, /* target: a field, so many levels up from the rule's record */
    TB_REFERENCE_ARRAY, /* target: a field; path: a tb_scope_path to it */
    TB_REFERENCE_PARAMETER
} tb_reference_kind;

/* The child scopes that a name goes through, outermost first. */
typedef struct tb_scope_path {
    size_t count;
    const tb_scope *scopes[TB_MAX_NAME_PATH];
} tb_scope_path;

#endif
