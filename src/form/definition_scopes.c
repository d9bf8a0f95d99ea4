/*
 * Reads the parts of a definition that make its tree of scopes: fields, matrices, tables, entries
 * and blocks. The root's fields are read before any label, since labels capture into them.
 */
#include <string.h>

#include "base/limits.h"
#include "form/definition_reader.h"

static const char *const type_names[] = {
    [TB_FIELD_TEXT] = "text",           [TB_FIELD_AMOUNT] = "amount",
    [TB_FIELD_NUMBER] = "number",       [TB_FIELD_SHARE] = "share",
    [TB_FIELD_DATE] = "date",           [TB_FIELD_YEAR] = "year",
    [TB_FIELD_PHONE] = "phone",         [TB_FIELD_CODE] = "code",
    [TB_FIELD_INDICATOR] = "indicator", NULL,
};

static const char *const place_names[] = {
    [TB_PLACE_RIGHT] = "right",
    [TB_PLACE_INSIDE] = "inside",
    [TB_PLACE_BELOW] = "below",
    [TB_PLACE_CAPTURED] = "captured",
    NULL,
};

/* The members that fields, columns and rows have; each kind of line allows some of them. */
enum {
    LINE_ID,
    LINE_NAME,
    LINE_TYPE,
    LINE_REQUIRED,
    LINE_LIST,
    LINE_UNIT,
    LINE_LABELS,
    LINE_VALUE,
    LINE_REPEATS,
    LINE_BESIDE,
    LINE_COUNT
};

static const tb_member field_members[LINE_COUNT] = {
    [LINE_ID] = {"id", TB_MEMBER_TEXT, true},
    [LINE_NAME] = {"name", TB_MEMBER_OBJECT, true},
    [LINE_TYPE] = {"type", TB_MEMBER_TEXT, true},
    [LINE_REQUIRED] = {"required", TB_MEMBER_FLAG, false},
    [LINE_LIST] = {"list", TB_MEMBER_TEXT, false},
    [LINE_UNIT] = {"unit", TB_MEMBER_TEXT, false},
    [LINE_LABELS] = {"labels", TB_MEMBER_TEXTS, false},
    [LINE_VALUE] = {"value", TB_MEMBER_TEXT, false},
    [LINE_REPEATS] = {"repeats", TB_MEMBER_FLAG, false},
    [LINE_BESIDE] = {"beside", TB_MEMBER_TEXT, false},
};

/* A column has `under` and what follows in place of a field's `value`. */
enum { COLUMN_UNDER = LINE_VALUE, COLUMN_NTH, COLUMN_FILL_DOWN, COLUMN_COUNT };

static const tb_member column_members[COLUMN_COUNT] = {
    [LINE_ID] = {"id", TB_MEMBER_TEXT, true},
    [LINE_NAME] = {"name", TB_MEMBER_OBJECT, true},
    [LINE_TYPE] = {"type", TB_MEMBER_TEXT, true},
    [LINE_REQUIRED] = {"required", TB_MEMBER_FLAG, false},
    [LINE_LIST] = {"list", TB_MEMBER_TEXT, false},
    [LINE_UNIT] = {"unit", TB_MEMBER_TEXT, false},
    [LINE_LABELS] = {"labels", TB_MEMBER_TEXTS, true},
    [COLUMN_UNDER] = {"under", TB_MEMBER_TEXTS, false},
    [COLUMN_NTH] = {"nth", TB_MEMBER_COUNT, false},
    [COLUMN_FILL_DOWN] = {"fill_down", TB_MEMBER_FLAG, false},
};

static bool find_list(tb_definition_reader *reader, const cJSON *node, const tb_code_list **ret)
{
    const tb_definition *definition = reader->definition;
    for (size_t i = 0; i < definition->list_count; i++) {
        if (tb_str_equal(definition->lists[i].id, tb_str_of(node->valuestring))) {
            *ret = &definition->lists[i];
            return true;
        }
    }
    return tb_source_fail(&reader->source, node, TB_MSG_FORM_UNKNOWN_LIST, node->valuestring, NULL);
}

/* What fields and columns have in common. */
static bool read_field(tb_definition_reader *reader, const cJSON *node, const cJSON *const *members,
                       tb_field *ret)
{
    int type;
    if (!tb_reader__id(reader, members[LINE_ID], false, &ret->id) ||
        !tb_reader__localized(reader, members[LINE_NAME], &ret->name) ||
        !tb_reader__choice(reader, members[LINE_TYPE], type_names, &type) ||
        !tb_reader__text(reader, members[LINE_UNIT], &ret->unit))
        return false;
    ret->type = (tb_field_type)type;
    ret->required = cJSON_IsTrue(members[LINE_REQUIRED]);
    if (members[LINE_LIST] != NULL)
        return find_list(reader, members[LINE_LIST], &ret->list);
    if (type == TB_FIELD_CODE)
        return tb_source_fail(&reader->source, node, TB_MSG_FORM_MISSING_KEY, "list", NULL);
    return true;
}

/* Field ids are unique in their scope. `node` is the array's element of the last field. */
static bool check_unique(tb_definition_reader *reader, const cJSON *node, const tb_field *fields,
                         size_t last)
{
    for (size_t i = 0; i < last; i++) {
        if (tb_str_equal(fields[i].id, fields[last].id))
            return tb_source_fail(&reader->source, node, TB_MSG_FORM_DOUBLE_ID,
                                  fields[last].id.data, NULL);
    }
    return true;
}

static bool check_count(tb_definition_reader *reader, const cJSON *node, size_t count)
{
    return count <= TB_MAX_FIELDS ||
           tb_source_fail(&reader->source, node, TB_MSG_FORM_TOO_MANY, NULL, NULL);
}

static bool read_fields(tb_definition_reader *reader, const cJSON *list, const tb_scope *scope,
                        tb_field *fields)
{
    size_t i = 0;
    const cJSON *node;
    cJSON_ArrayForEach(node, list)
    {
        const cJSON *members[LINE_COUNT];
        if (!tb_source_members(&reader->source, node, field_members, LINE_COUNT, members) ||
            !read_field(reader, node, members, &fields[i]))
            return false;
        fields[i].scope = scope;
        fields[i].slot = i;
        if (!check_unique(reader, node, fields, i))
            return false;
        i++;
    }
    return true;
}

/* The slot of the single field that `node` (NULL: none) names. */
static bool find_beside(tb_definition_reader *reader, const cJSON *node, size_t count, size_t *ret)
{
    *ret = TB_NO_SLOT;
    for (size_t i = 0; i < count && node != NULL; i++) {
        if (tb_str_equal(reader->root->fields[i].id, tb_str_of(node->valuestring)))
            *ret = i;
    }
    return node == NULL || *ret != TB_NO_SLOT ||
           tb_source_fail(&reader->source, node, TB_MSG_FORM_UNKNOWN_FIELD, node->valuestring,
                          "fields");
}

/* Where the single fields stand; read after all of them, as their labels may capture others. */
static bool read_field_layouts(tb_definition_reader *reader, const cJSON *list)
{
    size_t count = tb_reader__count(list), i = 0;
    tb_field_layout *layouts = tb_reader__array(reader, count, sizeof *layouts);
    if (layouts == NULL)
        return false;
    const cJSON *node;
    cJSON_ArrayForEach(node, list)
    {
        const cJSON *members[LINE_COUNT];
        int place = TB_PLACE_RIGHT;
        if (!tb_source_members(&reader->source, node, field_members, LINE_COUNT, members) ||
            !tb_reader__labels(reader, members[LINE_LABELS], reader->root, &layouts[i].labels) ||
            (members[LINE_VALUE] != NULL &&
             !tb_reader__choice(reader, members[LINE_VALUE], place_names, &place)) ||
            !find_beside(reader, members[LINE_BESIDE], count, &layouts[i].beside))
            return false;
        if (layouts[i].labels.count == 0 && place != TB_PLACE_CAPTURED)
            return tb_source_fail(&reader->source, node, TB_MSG_FORM_MISSING_KEY, "labels", NULL);
        layouts[i].place = (tb_place)place;
        layouts[i++].repeats = cJSON_IsTrue(members[LINE_REPEATS]);
    }
    reader->layout->single_count = count;
    reader->layout->singles = layouts;
    return true;
}

static void init_scope(tb_scope *scope, tb_scope_kind kind, const tb_scope *parent, size_t slot)
{
    scope->kind = kind;
    scope->parent = parent;
    scope->slot = slot;
}

static bool read_line(tb_definition_reader *reader, const cJSON *const *members,
                      const tb_scope *scope, tb_line *ret)
{
    ret->nth = members[COLUMN_NTH] == NULL ? 0 : (size_t)members[COLUMN_NTH]->valueint;
    return tb_reader__labels(reader, members[LINE_LABELS], scope, &ret->labels) &&
           tb_reader__labels(reader, members[COLUMN_UNDER], scope, &ret->under);
}

/* The columns of a table: its scope's fields, and how each is found. */
static bool read_columns(tb_definition_reader *reader, const cJSON *list, tb_scope *scope,
                         const tb_line **ret_lines)
{
    size_t count = tb_reader__count(list), i = 0;
    if (!check_count(reader, list, count))
        return false;
    tb_field *fields = tb_reader__array(reader, count, sizeof *fields);
    tb_line *lines = tb_reader__array(reader, count, sizeof *lines);
    if (fields == NULL || lines == NULL)
        return false;
    const cJSON *node;
    cJSON_ArrayForEach(node, list)
    {
        const cJSON *members[COLUMN_COUNT];
        if (!tb_source_members(&reader->source, node, column_members, COLUMN_COUNT, members) ||
            !read_field(reader, node, members, &fields[i]) ||
            !read_line(reader, members, scope, &lines[i]))
            return false;
        lines[i].id = fields[i].id;
        lines[i].name = fields[i].name;
        lines[i].fill_down = cJSON_IsTrue(members[COLUMN_FILL_DOWN]);
        fields[i].scope = scope;
        fields[i].slot = i;
        if (!check_unique(reader, node, fields, i))
            return false;
        i++;
    }
    scope->fields = fields;
    scope->field_count = count;
    *ret_lines = lines;
    return true;
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
        !tb_reader__id(reader, members[ID], false, &scope->id) ||
        !tb_reader__localized(reader, members[NAME], &scope->name) ||
        !tb_reader__labels(reader, members[HEADINGS], scope, &layout->headings) ||
        !tb_reader__labels(reader, members[TOTALS], scope, &layout->totals) ||
        !read_columns(reader, members[COLUMNS], scope, &layout->columns))
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
    if (!check_count(reader, list, count))
        return false;
    tb_field *fields = tb_reader__array(reader, count, sizeof *fields);
    if (fields == NULL || !read_fields(reader, list, scope, fields))
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
        !tb_reader__id(reader, members[ID], false, &scope->id) ||
        !tb_reader__localized(reader, members[NAME], &scope->name) ||
        !tb_reader__choice(reader, members[VALUE], place_names, &place) ||
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
        init_scope(scope, kind, parent, parent->scope_count);
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
    if (!check_count(reader, list, count))
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
        !tb_reader__id(reader, members[ID], false, &scope->id) ||
        !tb_reader__localized(reader, members[NAME], &scope->name) ||
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

/* Matrices */

enum { VIEW_ID, VIEW_NAME, VIEW_COUNT };
static const tb_member view_members[VIEW_COUNT] = {
    [VIEW_ID] = {"id", TB_MEMBER_TEXT, true},
    [VIEW_NAME] = {"name", TB_MEMBER_OBJECT, true},
};

enum {
    MATRIX_ID,
    MATRIX_NAME,
    MATRIX_REQUIRED,
    MATRIX_HEADINGS,
    MATRIX_BY_COLUMN,
    MATRIX_BY_ROW,
    MATRIX_COLUMNS,
    MATRIX_ROWS,
    MATRIX_COUNT
};
static const tb_member matrix_members[MATRIX_COUNT] = {
    [MATRIX_ID] = {"id", TB_MEMBER_TEXT, true},
    [MATRIX_NAME] = {"name", TB_MEMBER_OBJECT, true},
    [MATRIX_REQUIRED] = {"required", TB_MEMBER_FLAG, false},
    [MATRIX_HEADINGS] = {"headings", TB_MEMBER_TEXTS, true},
    [MATRIX_BY_COLUMN] = {"by_column", TB_MEMBER_OBJECT, true},
    [MATRIX_BY_ROW] = {"by_row", TB_MEMBER_OBJECT, true},
    [MATRIX_COLUMNS] = {"columns", TB_MEMBER_LIST, true},
    [MATRIX_ROWS] = {"rows", TB_MEMBER_LIST, true},
};

enum { ROW_ID, ROW_NAME, ROW_LABELS, ROW_UNDER, ROW_COUNT };
static const tb_member row_members[ROW_COUNT] = {
    [ROW_ID] = {"id", TB_MEMBER_TEXT, true},
    [ROW_NAME] = {"name", TB_MEMBER_OBJECT, true},
    [ROW_LABELS] = {"labels", TB_MEMBER_TEXTS, true},
    [ROW_UNDER] = {"under", TB_MEMBER_TEXTS, false},
};

static bool read_rows(tb_definition_reader *reader, const cJSON *list, tb_line *rows)
{
    const cJSON *node;
    size_t i = 0;
    cJSON_ArrayForEach(node, list)
    {
        const cJSON *members[ROW_COUNT];
        if (!tb_source_members(&reader->source, node, row_members, ROW_COUNT, members) ||
            !tb_reader__id(reader, members[ROW_ID], true, &rows[i].id) ||
            !tb_reader__localized(reader, members[ROW_NAME], &rows[i].name) ||
            !tb_reader__labels(reader, members[ROW_LABELS], reader->root, &rows[i].labels) ||
            !tb_reader__labels(reader, members[ROW_UNDER], reader->root, &rows[i].under))
            return false;
        for (size_t j = 0; j < i; j++) {
            if (tb_str_equal(rows[i].id, rows[j].id))
                return tb_source_fail(&reader->source, node, TB_MSG_FORM_DOUBLE_ID, rows[i].id.data,
                                      NULL);
        }
        i++;
    }
    return true;
}

static bool join(tb_definition_reader *reader, tb_str a, tb_str separator, tb_str b, tb_str *ret)
{
    char *text = tb_reader__array(reader, a.size + separator.size + b.size + 1, 1);
    if (text == NULL)
        return false;
    memcpy(text, a.data, a.size);
    memcpy(text + a.size, separator.data, separator.size);
    memcpy(text + a.size + separator.size, b.data, b.size);
    *ret = (tb_str){text, a.size + separator.size + b.size};
    return true;
}

/* The root's field for one cell of a matrix: "income.total.current". */
static bool make_cell_field(tb_definition_reader *reader, const tb_line *row,
                            const tb_field *column, tb_field *ret)
{
    *ret = *column;
    if (!join(reader, row->id, TB_STR("."), column->id, &ret->id))
        return false;
    for (size_t i = 0; i < TB_LANGUAGE_COUNT; i++) {
        if (!join(reader, row->name.in[i], TB_STR("\u00B7"), column->name.in[i], &ret->name.in[i]))
            return false;
    }
    return true;
}

/* The view with one record per column: its fields are the rows, with the first column's type. */
static bool make_row_fields(tb_definition_reader *reader, const tb_matrix *matrix,
                            const tb_field *column, tb_scope *scope)
{
    tb_field *fields = tb_reader__array(reader, matrix->row_count, sizeof *fields);
    if (fields == NULL)
        return false;
    for (size_t i = 0; i < matrix->row_count; i++) {
        fields[i] = *column;
        fields[i].id = matrix->rows[i].id;
        fields[i].name = matrix->rows[i].name;
        fields[i].scope = scope;
        fields[i].slot = i;
    }
    scope->fields = fields;
    scope->field_count = matrix->row_count;
    return true;
}

static bool read_view(tb_definition_reader *reader, const cJSON *node, tb_scope_kind kind,
                      const tb_matrix *matrix, tb_scope *ret)
{
    const cJSON *members[VIEW_COUNT];
    init_scope(ret, kind, reader->root, 0);
    ret->layout = matrix;
    return tb_source_members(&reader->source, node, view_members, VIEW_COUNT, members) &&
           tb_reader__id(reader, members[VIEW_ID], false, &ret->id) &&
           tb_reader__localized(reader, members[VIEW_NAME], &ret->name);
}

static bool add_scope(tb_definition_reader *reader, const cJSON *node, tb_scope *scope,
                      const tb_scope **scopes)
{
    tb_scope *root = reader->root;
    for (size_t i = 0; i < root->scope_count; i++) {
        if (tb_str_equal(scopes[i]->id, scope->id))
            return tb_source_fail(&reader->source, node, TB_MSG_FORM_DOUBLE_ID, scope->id.data,
                                  NULL);
    }
    scope->slot = root->scope_count;
    scopes[root->scope_count++] = scope;
    return true;
}

/* Appends the fields of all cells to the root's. */
static bool add_cell_fields(tb_definition_reader *reader, const cJSON *node, tb_matrix *matrix,
                            tb_field *fields)
{
    tb_scope *root = reader->root;
    matrix->first_slot = root->field_count;
    for (size_t i = 0; i < matrix->row_count * matrix->column_count; i++) {
        tb_field *field = &fields[root->field_count];
        if (!make_cell_field(reader, &matrix->rows[i / matrix->column_count],
                             &matrix->by_row->fields[i % matrix->column_count], field))
            return false;
        field->scope = root;
        field->slot = root->field_count;
        if (!check_unique(reader, node, fields, root->field_count))
            return false;
        root->field_count++;
    }
    return true;
}

static bool read_matrix(tb_definition_reader *reader, const cJSON *node, tb_matrix *matrix,
                        tb_field *fields, const tb_scope **scopes)
{
    const cJSON *members[MATRIX_COUNT];
    if (!tb_source_members(&reader->source, node, matrix_members, MATRIX_COUNT, members))
        return false;
    if (!tb_reader__id(reader, members[MATRIX_ID], false, &matrix->id) ||
        !tb_reader__localized(reader, members[MATRIX_NAME], &matrix->name))
        return false;
    matrix->column_count = tb_reader__count(members[MATRIX_COLUMNS]);
    matrix->row_count = tb_reader__count(members[MATRIX_ROWS]);
    if (matrix->column_count == 0 || matrix->row_count == 0)
        return tb_source_fail(&reader->source, node, TB_MSG_FORM_MATRIX_EMPTY, NULL, NULL);
    tb_line *rows = tb_reader__array(reader, matrix->row_count, sizeof *rows);
    tb_scope *views = tb_reader__array(reader, 2, sizeof *views);
    if (rows == NULL || views == NULL)
        return false;
    matrix->rows = rows;
    matrix->by_column = &views[0];
    matrix->by_row = &views[1];
    return tb_reader__labels(reader, members[MATRIX_HEADINGS], reader->root, &matrix->headings) &&
           read_view(reader, members[MATRIX_BY_COLUMN], TB_SCOPE_MATRIX_COLUMN, matrix,
                     &views[0]) &&
           read_view(reader, members[MATRIX_BY_ROW], TB_SCOPE_MATRIX_ROW, matrix, &views[1]) &&
           read_columns(reader, members[MATRIX_COLUMNS], &views[1], &matrix->columns) &&
           read_rows(reader, members[MATRIX_ROWS], rows) &&
           make_row_fields(reader, matrix, &views[1].fields[0], &views[0]) &&
           add_scope(reader, members[MATRIX_BY_COLUMN], &views[0], scopes) &&
           add_scope(reader, members[MATRIX_BY_ROW], &views[1], scopes) &&
           add_cell_fields(reader, node, matrix, fields);
}

static size_t count_cells(const cJSON *matrices)
{
    size_t count = 0;
    const cJSON *node;
    cJSON_ArrayForEach(node, matrices)
    {
        size_t columns = tb_reader__count(cJSON_GetObjectItemCaseSensitive(node, "columns"));
        size_t rows = tb_reader__count(cJSON_GetObjectItemCaseSensitive(node, "rows"));
        if (columns > TB_MAX_FIELDS || rows > TB_MAX_FIELDS || count > TB_MAX_FIELDS)
            return TB_MAX_FIELDS + 1;
        count += columns * rows;
    }
    return count;
}

static bool read_matrices(tb_definition_reader *reader, const cJSON *list, tb_field *fields,
                          const tb_scope **scopes)
{
    size_t count = tb_reader__count(list), i = 0;
    tb_matrix *matrices = tb_reader__array(reader, count, sizeof *matrices);
    if (matrices == NULL)
        return false;
    const cJSON *node;
    cJSON_ArrayForEach(node, list)
    {
        if (!read_matrix(reader, node, &matrices[i++], fields, scopes))
            return false;
    }
    reader->layout->matrix_count = count;
    reader->layout->matrices = matrices;
    return true;
}

/* Room for the root, its fields (with the cells of matrices) and its child scopes. */
static bool make_root(tb_definition_reader *reader, const cJSON *const *members,
                      tb_field **ret_fields, const tb_scope ***ret_scopes)
{
    size_t fields =
        tb_reader__count(members[TB_TOP_FIELDS]) + count_cells(members[TB_TOP_MATRICES]);
    size_t scopes =
        2 * tb_reader__count(members[TB_TOP_MATRICES]) + tb_reader__count(members[TB_TOP_TABLES]) +
        tb_reader__count(members[TB_TOP_ENTRIES]) + tb_reader__count(members[TB_TOP_BLOCKS]);
    if (!check_count(reader, reader->source.root, fields > scopes ? fields : scopes))
        return false;
    reader->root = tb_reader__array(reader, 1, sizeof *reader->root);
    *ret_fields = tb_reader__array(reader, fields, sizeof **ret_fields);
    *ret_scopes = tb_reader__array(reader, scopes, sizeof **ret_scopes);
    if (reader->root == NULL || *ret_fields == NULL || *ret_scopes == NULL)
        return false;
    init_scope(reader->root, TB_SCOPE_ROOT, NULL, 0);
    reader->root->name = reader->definition->title;
    reader->root->layout = reader->layout;
    reader->root->fields = *ret_fields;
    reader->root->scopes = *ret_scopes;
    reader->definition->root = reader->root;
    return true;
}

/* What each label is for, so that the end of a table can be told by what follows it. */

static void mark(tb_root_layout *layout, const tb_labels *labels, unsigned role)
{
    for (size_t i = 0; i < labels->count; i++)
        layout->roles[labels->labels[i].shape->index] |= role;
}

static void mark_lines(tb_root_layout *layout, const tb_line *lines, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        mark(layout, &lines[i].labels, TB_ROLE_LINE);
        mark(layout, &lines[i].under, TB_ROLE_LINE);
    }
}

static void mark_scope(tb_root_layout *layout, const tb_scope *scope)
{
    const tb_table_layout *table = scope->layout;
    switch (scope->kind) {
    case TB_SCOPE_TABLE:
        mark(layout, &table->headings,
             scope->parent->kind == TB_SCOPE_BLOCK ? TB_ROLE_SUBHEADING : TB_ROLE_HEADING);
        mark_lines(layout, table->columns, scope->field_count);
        break;
    case TB_SCOPE_ENTRIES:
        mark(layout, &((const tb_entries_layout *)scope->layout)->labels, TB_ROLE_HEADING);
        break;
    case TB_SCOPE_BLOCK:
        mark(layout, &((const tb_block_layout *)scope->layout)->titles, TB_ROLE_TITLE);
        for (size_t i = 0; i < scope->scope_count; i++)
            mark_scope(layout, scope->scopes[i]);
        break;
    default:
        break;
    }
}

static bool mark_roles(tb_definition_reader *reader)
{
    tb_root_layout *layout = reader->layout;
    const tb_recognition *recognition = reader->definition->recognition;
    layout->roles = tb_reader__array(reader, layout->shapes.count, sizeof *layout->roles);
    if (layout->roles == NULL)
        return false;
    mark(layout, &recognition->labels, TB_ROLE_FORM_TITLE);
    for (size_t i = 0; i < layout->single_count; i++)
        mark(layout, &layout->singles[i].labels,
             TB_ROLE_FIELD | (layout->singles[i].repeats ? TB_ROLE_REPEATED : 0) |
                 (layout->singles[i].place == TB_PLACE_INSIDE ? TB_ROLE_INSIDE : 0));
    for (size_t i = 0; i < layout->matrix_count; i++) {
        const tb_matrix *matrix = &layout->matrices[i];
        mark(layout, &matrix->headings, TB_ROLE_HEADING);
        mark_lines(layout, matrix->columns, matrix->column_count);
        mark_lines(layout, matrix->rows, matrix->row_count);
    }
    for (size_t i = 0; i < reader->root->scope_count; i++)
        mark_scope(layout, reader->root->scopes[i]);
    return true;
}

bool tb_reader__scopes(tb_definition_reader *reader, const cJSON *const *members)
{
    tb_field *fields;
    const tb_scope **scopes;
    if (!make_root(reader, members, &fields, &scopes) ||
        !read_fields(reader, members[TB_TOP_FIELDS], reader->root, fields))
        return false;
    reader->root->field_count = tb_reader__count(members[TB_TOP_FIELDS]);
    return read_field_layouts(reader, members[TB_TOP_FIELDS]) &&
           read_matrices(reader, members[TB_TOP_MATRICES], fields, scopes) &&
           read_children(reader, members[TB_TOP_TABLES], TB_SCOPE_TABLE, read_table, reader->root,
                         scopes) &&
           read_children(reader, members[TB_TOP_ENTRIES], TB_SCOPE_ENTRIES, read_entries,
                         reader->root, scopes) &&
           read_children(reader, members[TB_TOP_BLOCKS], TB_SCOPE_BLOCK, read_block, reader->root,
                         scopes) &&
           resolve_pairs(reader, members[TB_TOP_BLOCKS]) && mark_roles(reader);
}
