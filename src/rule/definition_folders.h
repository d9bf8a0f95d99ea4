/*
 * Where form definitions are looked for: the user's folder, the administrator's, and the shipped
 * ones. The one place that knows; the program and the office component differ only in where the
 * shipped ones are.
 */
#ifndef TB_RULE_DEFINITION_FOLDERS_H
#define TB_RULE_DEFINITION_FOLDERS_H

#include "base/arena.h"
#include "base/status.h"

#define TB_DEFINITION_FOLDERS 4

typedef struct tb_definition_folders {
    tb_arena arena;
    size_t count;
    const char *folders[TB_DEFINITION_FOLDERS]; /* in the order of their rank */
} tb_definition_folders;

/*
 * `administrator` is the administrator's folder; NULL or empty: the system's own. `shipped` is
 * where the caller keeps the shipped definitions; NULL: relative to the running program
 * (../share/tianbao/templates), or `fallback` where that is not there (a build tree).
 * TIANBAO_TEMPLATES in the environment goes before all of them.
 */
tb_status tb_definition_folders_init(tb_definition_folders *folders, const char *administrator,
                                     const char *shipped, const char *fallback, tb_error *error);
void tb_definition_folders_done(tb_definition_folders *folders);

#endif
