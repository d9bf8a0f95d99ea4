/*
 * The commands as extension/commands.json lists them; what is here of a command comes from there.
 * commands.c says what each one runs.
 */
#ifndef TB_CALC_COMMAND_TABLE_H
#define TB_CALC_COMMAND_TABLE_H

#include <stdbool.h>

#include "base/message.h"
#include "commands.gen.h"

typedef struct tb_command_entry {
    const char *url;
    const char *icon;                     /* a file of the package */
    tb_group group;                       /* entries of one group follow one another */
    const char *label[TB_LANGUAGE_COUNT]; /* short, with its mnemonic after ~ */
    const char *tooltip[TB_LANGUAGE_COUNT];
    bool in_panel; /* shown by the ribbon-style dialog */
} tb_command_entry;

extern const tb_command_entry tb_command_entries[TB_COMMAND_COUNT];
extern const char *const tb_group_captions[TB_GROUP_COUNT][TB_LANGUAGE_COUNT];

#endif
