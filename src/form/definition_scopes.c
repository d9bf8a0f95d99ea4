/*
 * Reads the tree of a definition's scopes: tables, entries and blocks here, fields and matrices in
 * files of their own. The root's fields are read before any label, since labels capture into them.
 */
#include "form/definition_reader.h"

/* What tables, entries and blocks begin with. */
static bool read_head(tb_definition_reader *reader, const cJSON *id, const cJSON *name,
                      tb_scope *scope)
{
    return tb_reader__id(reader, id, false, &scope->id) &&
           tb_reader__localized(reader, name, &scope->name);
}

/* Tables */

static bool read_table(tb_definition_reader *reader, const cJSON *node, tb_scope *scope)
{
    enum { ID, NAME, REQUIRED, HEADINGS, ROW_NAME, TOTALS, COLUMNS, COUNT };
    static const tb_member table[COUNT] = {
        [ID] = {"id", TB_MEMBER_TEXT, true},
        [NAME] = {"name", TB_MEMBER_OBJECT, true},
        [REQUIRED] = {"required", TB_MEMBER_FLAG, false},
        [HEADINGS] = {"headings", TB_MEMBER_TEXTS, true},
        [ROW_NAME] = {"row_name", TB_MEMBER_TEXT, false},
        [TOTALS] = {"totals", TB_MEMBER_TEXTS, false},
        [COLUMNS] = {"columns", TB_MEMBER_LIST, true},
    };
    const cJSON *members[COUNT];
    tb_table_layout *layout = tb_reader__array(reader, 1, sizeof *layout);
    scope->layout = layout;
    if (layout == NULL || !tb_source_members(&reader->source, node, table, COUNT, members) ||
        !read_head(reader, members[ID], members[NAME], scope) ||
        !tb_reader__labels(reader, members[HEADINGS], scope, &layout->headings) ||
        !tb_reader__labels(reader, members[TOTALS], scope, &layout->totals) ||
        !tb_reader__columns(reader, members[COLUMNS], scope, &layout->columns))
        return false;
    layout->required = cJSON_IsTrue(members[REQUIRED]);
    layout->row_name = TB_NO_SLOT;
    if (members[ROW_NAME] == NULL)
        return true;
    const tb_field *field = tb_scope_find_field(scope, tb_str_of(members[ROW_NAME]->valuestring));
    if (field == NULL)
        return tb_source_fail(&reader->source, members[ROW_NAME], TB_MSG_FORM_UNKNOWN_FIELD,
                              members[ROW_NAME]->valuestring, scope->id.data);
    layout->row_name = field->slot;
    return true;
}

/* Entries */

static bool read_own_fields(tb_definition_reader *reader, const cJSON *list, tb_scope *scope)
{
    size_t count = tb_reader__count(list);
    if (!tb_reader__check_count(reader, list, count))
        return false;
    tb_field *fields = tb_reader__array(reader, count, sizeof *fields);
    if (fields == NULL || !tb_reader__fields(reader, list, scope, fields))
        return false;
    scope->fields = fields;
    scope->field_count = count;
    return true;
}

static bool read_entries(tb_definition_reader *reader, const cJSON *node, tb_scope *scope)
{
    enum { ID, NAME, REQUIRED, LABELS, VALUE, ENTRY, FIELDS, COUNT };
    static const tb_member table[COUNT] = {
        [ID] = {"id", TB_MEMBER_TEXT, true},
        [NAME] = {"name", TB_MEMBER_OBJECT, true},
        [REQUIRED] = {"required", TB_MEMBER_FLAG, false},
        [LABELS] = {"labels", TB_MEMBER_TEXTS, true},
        [VALUE] = {"value", TB_MEMBER_TEXT, true},
        [ENTRY] = {"entry", TB_MEMBER_TEXTS, true},
        [FIELDS] = {"fields", TB_MEMBER_LIST, true},
    };
    const cJSON *members[COUNT];
    int place;
    tb_entries_layout *layout = tb_reader__array(reader, 1, sizeof *layout);
    scope->layout = layout;
    if (layout == NULL || !tb_source_members(&reader->source, node, table, COUNT, members) ||
        !read_head(reader, members[ID], members[NAME], scope) ||
        !tb_reader__choice(reader, members[VALUE], tb_reader__place_names, &place) ||
        !read_own_fields(reader, members[FIELDS], scope) ||
        !tb_reader__labels(reader, members[LABELS], scope, &layout->labels))
        return false;
    reader->shapes = &reader->entry_shapes;
    bool good = tb_reader__labels(reader, members[ENTRY], scope, &layout->patterns);
    reader->shapes = &reader->layout->shapes;
    if (!good)
        return false;
    layout->place = (tb_place)place;
    layout->required = cJSON_IsTrue(members[REQUIRED]);
    return true;
}

/* Blocks */

typedef bool scope_reader(tb_definition_reader *reader, const cJSON *node, tb_scope *scope);

/* Reads each element of the list into a new scope below `parent`. */
static bool read_children(tb_definition_reader *reader, const cJSON *list, tb_scope_kind kind,
                          scope_reader *read, tb_scope *parent, const tb_scope **scopes)
{
    const cJSON *node;
    cJSON_ArrayForEach(node, list)
    {
        tb_scope *scope = tb_reader__array(reader, 1, sizeof *scope);
        if (scope == NULL)
            return false;
        tb_reader__begin_scope(scope, kind, parent, parent->scope_count);
        if (!read(reader, node, scope))
            return false;
        for (size_t i = 0; i < parent->scope_count; i++) {
            if (tb_str_equal(scopes[i]->id, scope->id))
                return tb_source_fail(&reader->source, node, TB_MSG_FORM_DOUBLE_ID, scope->id.data,
                                      NULL);
        }
        scopes[parent->scope_count++] = scope;
    }
    return true;
}

static bool read_block_tables(tb_definition_reader *reader, const cJSON *list, tb_scope *scope)
{
    size_t count = tb_reader__count(list);
    if (!tb_reader__check_count(reader, list, count))
        return false;
    const tb_scope **scopes = tb_reader__array(reader, count, sizeof *scopes);
    scope->scopes = scopes;
    return scopes != NULL && read_children(reader, list, TB_SCOPE_TABLE, read_table, scope, scopes);
}

/* `pair_by`: "<table>.<field>". */
static bool read_pair_by(tb_definition_reader *reader, const cJSON *node, const tb_scope *scope,
                         tb_block_layout *layout)
{
    tb_str path = tb_str_of(node->valuestring);
    ptrdiff_t dot = tb_str_find(path, TB_STR("."));
    const tb_scope *table =
        dot < 0 ? NULL : tb_scope_find_scope(scope, tb_str_slice(path, 0, (size_t)dot));
    const tb_field *field =
        table == NULL ? NULL
                      : tb_scope_find_field(table, tb_str_slice(path, (size_t)dot + 1, path.size));
    if (field == NULL)
        return tb_source_fail(&reader->source, node, TB_MSG_FORM_UNKNOWN_FIELD, node->valuestring,
                              scope->id.data);
    layout->pair_scope = table->slot;
    layout->pair_field = field->slot;
    return true;
}

static bool read_block(tb_definition_reader *reader, const cJSON *node, tb_scope *scope)
{
    enum { ID, NAME, REQUIRED, TITLES, PAIR, PAIR_BY, FIELDS, TABLES, COUNT };
    static const tb_member table[COUNT] = {
        [ID] = {"id", TB_MEMBER_TEXT, true},
        [NAME] = {"name", TB_MEMBER_OBJECT, true},
        [REQUIRED] = {"required", TB_MEMBER_FLAG, false},
        [TITLES] = {"titles", TB_MEMBER_TEXTS, true},
        [PAIR] = {"pair", TB_MEMBER_TEXT, false},
        [PAIR_BY] = {"pair_by", TB_MEMBER_TEXT, false},
        [FIELDS] = {"fields", TB_MEMBER_LIST, true},
        [TABLES] = {"tables", TB_MEMBER_LIST, false},
    };
    const cJSON *members[COUNT];
    tb_block_layout *layout = tb_reader__array(reader, 1, sizeof *layout);
    scope->layout = layout;
    if (layout == NULL || !tb_source_members(&reader->source, node, table, COUNT, members) ||
        !read_head(reader, members[ID], members[NAME], scope) ||
        !read_own_fields(reader, members[FIELDS], scope) ||
        !tb_reader__labels(reader, members[TITLES], scope, &layout->titles) ||
        !read_block_tables(reader, members[TABLES], scope) ||
        !tb_reader__text(reader, members[PAIR], &scope->pair))
        return false;
    layout->required = cJSON_IsTrue(members[REQUIRED]);
    layout->pair = TB_NO_SLOT;
    if (members[PAIR] == NULL)
        return true;
    if (members[PAIR_BY] == NULL)
        return tb_source_fail(&reader->source, node, TB_MSG_FORM_MISSING_KEY, "pair_by", NULL);
    return read_pair_by(reader, members[PAIR_BY], scope, layout);
}

/* Blocks may name a partner that is read after them; both must name each other. */
static bool resolve_pair(tb_definition_reader *reader, const cJSON *node, const cJSON *pair)
{
    const cJSON *id = cJSON_GetObjectItemCaseSensitive(node, "id");
    const tb_scope *scope = tb_scope_find_scope(reader->root, tb_str_of(id->valuestring));
    const tb_scope *other = tb_scope_find_scope(reader->root, scope->pair);
    if (other == NULL || other == scope || other->kind != TB_SCOPE_BLOCK)
        return tb_source_fail(&reader->source, pair, TB_MSG_FORM_UNKNOWN_SCOPE, pair->valuestring,
                              NULL);
    if (!tb_str_equal(other->pair, scope->id))
        return tb_source_fail(&reader->source, pair, TB_MSG_FORM_PAIR_ONE_SIDED, pair->valuestring,
                              scope->id.data);
    ((tb_block_layout *)scope->layout)->pair = other->slot; /* still being built */
    return true;
}

static bool resolve_pairs(tb_definition_reader *reader, const cJSON *list)
{
    const cJSON *node;
    cJSON_ArrayForEach(node, list)
    {
        const cJSON *pair = cJSON_GetObjectItemCaseSensitive(node, "pair");
        if (pair != NULL && !resolve_pair(reader, node, pair))
            return false;
    }
    return true;
}

/* The root */

/* Room for the root, its fields (with the cells of matrices) and its child scopes. */
static bool make_root(tb_definition_reader *reader, const cJSON *const *members,
                      tb_field **ret_fields, const tb_scope ***ret_scopes)
{
    size_t fields =
        tb_reader__count(members[TB_TOP_FIELDS]) + tb_reader__count_cells(members[TB_TOP_MATRICES]);
    size_t scopes =
        2 * tb_reader__count(members[TB_TOP_MATRICES]) + tb_reader__count(members[TB_TOP_TABLES]) +
        tb_reader__count(members[TB_TOP_ENTRIES]) + tb_reader__count(members[TB_TOP_BLOCKS]);
    if (!tb_reader__check_count(reader, reader->source.root, fields > scopes ? fields : scopes))
        return false;
    reader->root = tb_reader__array(reader, 1, sizeof *reader->root);
    *ret_fields = tb_reader__array(reader, fields, sizeof **ret_fields);
    *ret_scopes = tb_reader__array(reader, scopes, sizeof **ret_scopes);
    if (reader->root == NULL || *ret_fields == NULL || *ret_scopes == NULL)
        return false;
    tb_reader__begin_scope(reader->root, TB_SCOPE_ROOT, NULL, 0);
    reader->root->name = reader->definition->title;
    reader->root->layout = reader->layout;
    reader->root->fields = *ret_fields;
    reader->root->scopes = *ret_scopes;
    reader->definition->root = reader->root;
    return true;
}

bool tb_reader__scopes(tb_definition_reader *reader, const cJSON *const *members)
{
    tb_field *fields;
    const tb_scope **scopes;
    if (!make_root(reader, members, &fields, &scopes) ||
        !tb_reader__fields(reader, members[TB_TOP_FIELDS], reader->root, fields))
        return false;
    reader->root->field_count = tb_reader__count(members[TB_TOP_FIELDS]);
    return tb_reader__field_layouts(reader, members[TB_TOP_FIELDS]) &&
           tb_reader__matrices(reader, members[TB_TOP_MATRICES], fields, scopes) &&
           read_children(reader, members[TB_TOP_TABLES], TB_SCOPE_TABLE, read_table, reader->root,
                         scopes) &&
           read_children(reader, members[TB_TOP_ENTRIES], TB_SCOPE_ENTRIES, read_entries,
                         reader->root, scopes) &&
           read_children(reader, members[TB_TOP_BLOCKS], TB_SCOPE_BLOCK, read_block, reader->root,
                         scopes) &&
           resolve_pairs(reader, members[TB_TOP_BLOCKS]) && tb_reader__roles(reader);
}
