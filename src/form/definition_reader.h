/*
 * What the files that read a definition share: definition_read.c (the head, parameters),
 * definition_labels.c, definition_lists.c, definition_fields.c, definition_matrices.c,
 * definition_scopes.c (tables, entries, blocks), definition_roles.c and definition_rules.c. Every
 * function that returns bool has told the source what is wrong when it returns false.
 */
#ifndef TB_FORM_DEFINITION_READER_H
#define TB_FORM_DEFINITION_READER_H

#include "form/layout.h"
#include "form/source.h"

typedef struct tb_definition_reader {
    tb_arena *arena;
    tb_source source;
    tb_definition *definition;
    tb_scope *root;
    tb_root_layout *layout; /* of the root */
    tb_shape_set *shapes;   /* that labels are added to: those of the layout, or of entries */
    tb_shape_set entry_shapes;
} tb_definition_reader;

/* Zeroed room; reports a lack of memory. */
void *tb_reader__array(tb_definition_reader *reader, size_t count, size_t size);
size_t tb_reader__count(const cJSON *list); /* of an array; 0 for NULL */
/* A text in the arena; NULL gives the empty text. */
bool tb_reader__text(tb_definition_reader *reader, const cJSON *node, tb_str *ret);
/* As above; it must be an id: a letter, then letters, digits, _ (and . where `dotted`). */
bool tb_reader__id(tb_definition_reader *reader, const cJSON *node, bool dotted, tb_str *ret);
/* {"zh": …, "en": …}, both needed. */
bool tb_reader__localized(tb_definition_reader *reader, const cJSON *node, tb_localized *ret);
/* A text or an array of texts. */
bool tb_reader__texts(tb_definition_reader *reader, const cJSON *node, size_t *ret_count,
                      const tb_str **ret);
/* The place of the text in a table of names ended by NULL. */
bool tb_reader__choice(tb_definition_reader *reader, const cJSON *node, const char *const *names,
                       int *ret);
bool tb_reader__parameters(tb_definition_reader *reader, const cJSON *list, size_t *ret_count,
                           const tb_parameter **ret);

/* Labels, their captures looked up in the scope (may be NULL) and then the root. NULL: none. */
bool tb_reader__labels(tb_definition_reader *reader, const cJSON *node, const tb_scope *scope,
                       tb_labels *ret);

/* The text's key; false only when memory ran out. */
bool tb_reader__key(tb_definition_reader *reader, tb_str text, tb_str *ret_key);
bool tb_reader__lists(tb_definition_reader *reader, const cJSON *list);

/* definition_fields.c */
extern const char *const tb_reader__place_names[];
void tb_reader__begin_scope(tb_scope *scope, tb_scope_kind kind, const tb_scope *parent,
                            size_t slot);
/* Whether so many are few enough. */
bool tb_reader__check_count(tb_definition_reader *reader, const cJSON *node, size_t count);
/* Field ids are unique in their scope. `node` is the array's element of the last field. */
bool tb_reader__unique(tb_definition_reader *reader, const cJSON *node, const tb_field *fields,
                       size_t last);
bool tb_reader__fields(tb_definition_reader *reader, const cJSON *list, const tb_scope *scope,
                       tb_field *fields);
/* Where the single fields stand; read after all of them, as their labels may capture others. */
bool tb_reader__field_layouts(tb_definition_reader *reader, const cJSON *list);
/* The columns of a table: its scope's fields, and how each is found. */
bool tb_reader__columns(tb_definition_reader *reader, const cJSON *list, tb_scope *scope,
                        const tb_line **ret_lines);

/* definition_matrices.c */
size_t tb_reader__count_cells(const cJSON *matrices);
bool tb_reader__matrices(tb_definition_reader *reader, const cJSON *list, tb_field *fields,
                         const tb_scope **scopes);

/* definition_roles.c; when all labels are read */
bool tb_reader__roles(tb_definition_reader *reader);

bool tb_reader__scopes(tb_definition_reader *reader, const cJSON *const *members);
bool tb_reader__rules(tb_definition_reader *reader, const cJSON *list);
/* definition_rules.c; words for severities and bases, ended by NULL */
extern const char *const tb_reader__severity_names[];
extern const char *const tb_reader__basis_names[];
bool tb_reader__across(tb_definition_reader *reader, const cJSON *list);

/* The members of a definition, in the order of their table. */
enum {
    TB_TOP_SCHEMA,
    TB_TOP_ID,
    TB_TOP_VERSION,
    TB_TOP_TITLE,
    TB_TOP_RECOGNISE,
    TB_TOP_PARAMETERS,
    TB_TOP_LISTS,
    TB_TOP_FIELDS,
    TB_TOP_MATRICES,
    TB_TOP_TABLES,
    TB_TOP_ENTRIES,
    TB_TOP_BLOCKS,
    TB_TOP_FILER,
    TB_TOP_YEAR,
    TB_TOP_DATE,
    TB_TOP_IDENTITY,
    TB_TOP_RULES,
    TB_TOP_ACROSS,
    TB_TOP_COUNT
};

#endif
