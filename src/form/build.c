/*
 * What reading and writing a definition as a spreadsheet share: rows, mistakes and the way back
 * from a place in the JSON to its cell.
 */
#include "form/build.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/limits.h"
#include "base/message.h"
#include "base/search.h"

void tb_build_init(tb_build *build, tb_arena *arena, const tb_workbook *workbook)
{
    *build = (tb_build){.arena = arena, .workbook = workbook};
    tb_buffer_init(&build->text, TB_MAX_DEFINITION_SIZE);
    for (int i = 0; i < TB_BUILD_TABLE_COUNT; i++) {
        for (int j = 0; j < TB_BUILD_COLUMNS_MAX; j++)
            build->tables[i].columns[j] = TB_BUILD_NO_COLUMN;
    }
}

void tb_build_done(tb_build *build)
{
    tb_buffer_done(&build->text);
}

tb_build_row *tb_build_add_row(tb_build *build, int table_id, uint32_t row)
{
    tb_build_table *table = &build->tables[table_id];
    if (table->row_count == table->row_capacity) {
        size_t wanted = table->row_capacity == 0 ? 16 : 2 * table->row_capacity;
        tb_build_row *rows =
            tb_arena_grow(build->arena, table->rows, table->row_count, wanted, sizeof *table->rows);
        if (rows == NULL) {
            build->no_memory = true;
            return NULL;
        }
        table->rows = rows;
        table->row_capacity = wanted;
    }
    tb_build_row *added = &table->rows[table->row_count++];
    *added = (tb_build_row){.row = row};
    return added;
}

/* ---- mistakes ---- */

static tb_build_mistake *add_mistake(tb_build *build, tb_address at)
{
    if (build->mistake_count == TB_BUILD_MISTAKES_MAX)
        return NULL;
    if (build->mistake_count == build->mistake_capacity) {
        size_t wanted = build->mistake_capacity == 0 ? 4 : 2 * build->mistake_capacity;
        tb_build_mistake *mistakes = tb_arena_grow(
            build->arena, build->mistakes, build->mistake_count, wanted, sizeof *build->mistakes);
        if (mistakes == NULL) {
            build->no_memory = true;
            return NULL;
        }
        build->mistakes = mistakes;
        build->mistake_capacity = wanted;
    }
    tb_build_mistake *mistake = &build->mistakes[build->mistake_count++];
    mistake->at = at;
    return mistake;
}

/* 字段!B5 */
static void name_cell(const tb_build *build, tb_address at, char out[TB_ERROR_WHERE_SIZE])
{
    char cell[TB_CELL_NAME_SIZE];
    tb_cell_name(at.row, at.column, cell);
    tb_str sheet = TB_STR("");
    if (build->workbook != NULL && at.sheet < build->workbook->sheet_count)
        sheet = build->workbook->sheets[at.sheet].name;
    int size = (int)(sheet.size < 200 ? sheet.size : 200);
    snprintf(out, TB_ERROR_WHERE_SIZE, "%.*s!%s", size, sheet.data == NULL ? "" : sheet.data, cell);
}

void tb_build_fail_at(tb_build *build, tb_address at, tb_message message, tb_str argument,
                      tb_str second)
{
    tb_build_mistake *mistake = add_mistake(build, at);
    if (mistake == NULL)
        return;
    char where[TB_ERROR_WHERE_SIZE], texts[2][TB_ERROR_ARGS_SIZE / 2];
    snprintf(texts[0], sizeof texts[0], "%.*s", (int)argument.size,
             argument.size == 0 ? "" : argument.data);
    snprintf(texts[1], sizeof texts[1], "%.*s", (int)second.size,
             second.size == 0 ? "" : second.data);
    tb_error_set(&mistake->error, TB_INVALID, message, texts[0], texts[1], NULL);
    name_cell(build, at, where);
    tb_error_locate(&mistake->error, where, NULL);
}

/* The cell of a row's column; the first column of the row where the sheet has no such column. */
static tb_address find_cell(const tb_build *build, int table_id, uint32_t row, int column)
{
    const tb_build_table *table = &build->tables[table_id];
    uint32_t at = table->columns[column];
    for (int i = 0; at == TB_BUILD_NO_COLUMN && i < tb_build_layouts[table_id].column_count; i++)
        at = table->columns[i];
    return (tb_address){table->sheet, row, at == TB_BUILD_NO_COLUMN ? 0 : at};
}

void tb_build_fail(tb_build *build, int table, const tb_build_row *row, int column,
                   tb_message message, tb_str argument, tb_str second)
{
    tb_build_fail_at(build, find_cell(build, table, row->row, column), message, argument, second);
}

static int compare_mistakes(const void *a, const void *b)
{
    const tb_address *left = &((const tb_build_mistake *)a)->at;
    const tb_address *right = &((const tb_build_mistake *)b)->at;
    if (left->sheet != right->sheet)
        return left->sheet < right->sheet ? -1 : 1;
    if (left->row != right->row)
        return left->row < right->row ? -1 : 1;
    return (left->column > right->column) - (left->column < right->column);
}

void tb_build_sort(tb_build *build)
{
    if (build->mistake_count > 1)
        qsort(build->mistakes, build->mistake_count, sizeof *build->mistakes, compare_mistakes);
}

bool tb_build_is_broken(const tb_build *build)
{
    const tb_build_table *rules = &build->tables[TB_BUILD_RULES];
    for (size_t i = 0; i < build->mistake_count; i++) {
        const tb_address *at = &build->mistakes[i].at;
        if (!rules->found || at->sheet != rules->sheet || at->row <= rules->header_row)
            return true;
    }
    return build->mistake_count == TB_BUILD_MISTAKES_MAX;
}

/* ---- from the JSON to the cell ---- */

/* Cuts `:number` off the end; 0 where there is none. */
static size_t take_number(tb_str *where)
{
    size_t at = where->size, number = 0;
    while (at > 0 && where->data[at - 1] >= '0' && where->data[at - 1] <= '9')
        at--;
    if (at == where->size || at == 0 || where->data[at - 1] != ':')
        return 0;
    for (size_t i = at; i < where->size; i++)
        number = number * 10 + (size_t)(where->data[i] - '0');
    where->size = at - 1;
    return number;
}

/* The offset in the JSON of `name:line:column` or `name:line`; of the latter the line's end. */
static size_t find_offset(tb_str json, const char *where)
{
    tb_str text = tb_str_of(where);
    size_t last = take_number(&text), line = take_number(&text);
    bool whole = line == 0;
    if (whole)
        line = last;
    size_t at = 0;
    for (size_t n = 1; n < line && at < json.size; at++)
        n += json.data[at] == '\n';
    if (whole) {
        ptrdiff_t id = tb_str_find(tb_str_slice(json, at, json.size), TB_STR("\"id\""));
        return id < 0 ? at : at + (size_t)id + 5;
    }
    for (size_t n = 1; n < last && at < json.size; n++)
        tb_text_next(json, &at);
    return at;
}

/* The last place at or before the offset, or NULL. */
static const tb_build_place *find_place(const tb_build *build, size_t offset)
{
    size_t count = tb_upper_bound(build->places, build->place_count, sizeof *build->places,
                                  offsetof(tb_build_place, offset), (uint32_t)offset);
    return count == 0 ? NULL : &build->places[count - 1];
}

bool tb_build_blame(tb_build *build, const tb_error *error, bool excerpt)
{
    const tb_build_place *place =
        find_place(build, find_offset(tb_buffer_get(&build->text), error->where));
    tb_address at = {0, 0, 0};
    bool rule = place != NULL && place->table == TB_BUILD_RULES;
    if (place != NULL) {
        tb_build_row *row = &build->tables[place->table].rows[place->row];
        at = find_cell(build, place->table, row->row, place->column);
        rule = rule && !row->wrong;
        row->wrong = true;
        row->id_wrong = place->column == TB_RULES_ID;
    }
    tb_build_mistake *mistake = add_mistake(build, at);
    if (mistake == NULL)
        return false;
    mistake->error = *error;
    if (!excerpt)
        mistake->error.excerpt[0] = '\0';
    char where[TB_ERROR_WHERE_SIZE];
    name_cell(build, at, where);
    tb_error_locate(&mistake->error, where, NULL);
    return rule;
}
