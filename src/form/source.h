/*
 * The JSON text of a definition with the place of every value, so that whatever is wrong in it can
 * be told with line and column. cJSON parses; this adds places, tables of allowed members, and
 * messages. Used by the definition's readers only.
 */
#ifndef TB_FORM_SOURCE_H
#define TB_FORM_SOURCE_H

#include <cjson/cJSON.h>

#include "base/arena.h"
#include "base/status.h"

typedef struct tb_source_place {
    const cJSON *node;
    size_t offset;     /* of the value, in bytes */
    size_t key_offset; /* of its key; of an array's element that of the value */
} tb_source_place;

typedef struct tb_source {
    const char *name; /* of the file, for messages */
    tb_str text;
    cJSON *root; /* owned */
    size_t line_count;
    size_t *lines;           /* where each line begins; in the arena */
    size_t place_room;       /* a power of two */
    tb_source_place *places; /* by node, open addressing; in the arena */
    tb_error *error;         /* borrowed; may be NULL */
} tb_source;

/* Parses. On failure nothing needs to be closed. `error` receives this and all later messages. */
tb_status tb_source_open(tb_source *source, tb_arena *arena, tb_str text, const char *name,
                         tb_error *error);
void tb_source_close(tb_source *source);

/* Says what is wrong with a value: `{file}:{line}:{column}: …` with one or two more arguments (may
 * be NULL). Returns false, so that a reader can return it. */
bool tb_source_fail(const tb_source *source, const cJSON *node, tb_message message,
                    const char *argument, const char *second);
bool tb_source_no_memory(const tb_source *source);

/* Line and column, from 1 and in characters, of the value; of a text that of its first character.
 */
void tb_source_find(const tb_source *source, const cJSON *node, size_t *ret_line,
                    size_t *ret_column);

typedef enum tb_member_type {
    TB_MEMBER_TEXT,  /* a text that is not empty */
    TB_MEMBER_FLAG,  /* true or false */
    TB_MEMBER_COUNT, /* a whole number, 0 or more */
    TB_MEMBER_OBJECT,
    TB_MEMBER_LIST,  /* an array */
    TB_MEMBER_TEXTS, /* an array of texts, at least one */
    TB_MEMBER_TEXT_OR_TEXTS
} tb_member_type;

typedef struct tb_member {
    const char *name;
    tb_member_type type;
    bool required;
} tb_member;

#define TB_MEMBERS_MAX 32

/* Checks an object against its table: ret_members[i] is the value of table[i] or NULL. Unknown,
 * doubled and missing members and wrong types fail. */
bool tb_source_members(const tb_source *source, const cJSON *object, const tb_member *table,
                       size_t count, const cJSON **ret_members);

#endif
