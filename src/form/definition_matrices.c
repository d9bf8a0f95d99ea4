/*
 * Reads the matrices of a definition: the fields of their cells, and the two views of each.
 */
#include <string.h>

#include "base/limits.h"
#include "form/definition_reader.h"

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
    tb_reader__begin_scope(ret, kind, reader->root, 0);
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
        if (!tb_reader__unique(reader, node, fields, root->field_count))
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
           tb_reader__columns(reader, members[MATRIX_COLUMNS], &views[1], &matrix->columns) &&
           read_rows(reader, members[MATRIX_ROWS], rows) &&
           make_row_fields(reader, matrix, &views[1].fields[0], &views[0]) &&
           add_scope(reader, members[MATRIX_BY_COLUMN], &views[0], scopes) &&
           add_scope(reader, members[MATRIX_BY_ROW], &views[1], scopes) &&
           add_cell_fields(reader, node, matrix, fields);
}

size_t tb_reader__count_cells(const cJSON *matrices)
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

bool tb_reader__matrices(tb_definition_reader *reader, const cJSON *list, tb_field *fields,
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
