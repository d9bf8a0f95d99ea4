/*
 * Tables and matrices of a blank form. Three or more texts side by side are a row of headings; a
 * cell before them that reaches further down is the table's own heading. Where the rows below have
 * labels and the rest is blank, it is a matrix.
 */
#include "form/draft_cells.h"
#include "form/draft_words.h"

#define HEADINGS_MIN  3
#define HEADINGS_MAX  64
#define HEADING_SIZE  60 /* bytes of a heading at most */
#define BODY_ROWS_MAX 200

typedef struct table_head {
    tb_draft_cell *heading; /* of the table; NULL: none */
    size_t count;
    tb_draft_cell *columns[HEADINGS_MAX];
    uint32_t bottom;   /* the last row of headings */
    uint32_t last_row; /* that the table may reach */
} table_head;

static bool is_heading(const tb_draft_cell *cell)
{
    return cell != NULL && !cell->used && !cell->inside && cell->text.size <= HEADING_SIZE &&
           cell->key.size > 0 && tb_str_find(cell->key, TB_STR("{")) < 0;
}

/* The texts side by side from the cell on. */
static void collect(const tb_draft *draft, tb_draft_cell *first, table_head *ret)
{
    *ret = (table_head){.bottom = first->area.row, .last_row = UINT32_MAX};
    for (tb_draft_cell *cell = first; is_heading(cell) && ret->count < HEADINGS_MAX;
         cell = tb_draft__find(draft, cell->sheet, first->area.row, cell->area.last_column + 1))
        ret->columns[ret->count++] = cell;
}

/* Takes the first cell for the table's heading where it reaches below the second. */
static void split_heading(table_head *header)
{
    tb_draft_cell *first = header->columns[0];
    if (header->count < 2 || first->area.last_row <= header->columns[1]->area.last_row)
        return;
    header->heading = first;
    header->last_row = first->area.last_row;
    header->count--;
    for (size_t i = 0; i < header->count; i++)
        header->columns[i] = header->columns[i + 1];
}

bool tb_draft__heads_table(const tb_draft *draft, const tb_draft_cell *cell)
{
    table_head header;
    tb_draft_cell *below =
        tb_draft__find(draft, cell->sheet, cell->area.last_row + 1, cell->area.column);
    if (!is_heading(cell) || below == NULL || cell->area.last_column == cell->area.column)
        return false;
    collect(draft, below, &header);
    return header.count >= HEADINGS_MIN && below->area.column == cell->area.column &&
           cell->area.last_column >= header.columns[header.count - 1]->area.column;
}

/* The heading of a table may also stand above its headings. */
static void find_heading(const tb_draft *draft, table_head *header)
{
    const tb_draft_cell *first = header->columns[0];
    if (header->heading != NULL || first->area.row == 0)
        return;
    tb_draft_cell *above =
        tb_draft__find(draft, first->sheet, first->area.row - 1, first->area.column);
    if (above != NULL && tb_draft__heads_table(draft, above))
        header->heading = above;
}

static void find_bottom(table_head *header)
{
    for (size_t i = 0; i < header->count; i++) {
        if (header->columns[i]->area.last_row > header->bottom)
            header->bottom = header->columns[i]->area.last_row;
    }
}

/* ---- columns ---- */

static bool is_kind(const tb_draft_cell *heading)
{
    static const char *const kinds[] = {"一级指标", "二级指标"};
    return tb_str_equal(heading->key, tb_str_of(kinds[0])) ||
           tb_str_equal(heading->key, tb_str_of(kinds[1]));
}

static void add_column(tb_draft *draft, tb_draft_cell *cell, const tb_draft_cell *group,
                       tb_str owner)
{
    tb_build_row *row = tb_draft__add_field(draft, cell, owner, "column");
    if (row == NULL)
        return;
    if (group != NULL)
        row->cells[TB_FIELDS_UNDER] = group->text;
    if (is_kind(cell))
        row->cells[TB_FIELDS_FILL_DOWN] = TB_STR("true");
}

/* A heading over several others is their group. */
static bool add_group(tb_draft *draft, tb_draft_cell *group, const table_head *header, tb_str owner)
{
    bool any = false;
    uint32_t row = group->area.last_row + 1;
    if (group->area.last_column == group->area.column || row > header->bottom)
        return false;
    for (uint32_t at = group->area.column; at <= group->area.last_column; at++) {
        tb_draft_cell *cell = tb_draft__find(draft, group->sheet, row, at);
        if (is_heading(cell)) {
            add_column(draft, cell, group, owner);
            any = true;
        }
    }
    group->used = any;
    return any;
}

static void add_columns(tb_draft *draft, const table_head *header, size_t from, tb_str owner)
{
    for (size_t i = from; i < header->count; i++) {
        if (!add_group(draft, header->columns[i], header, owner))
            add_column(draft, header->columns[i], NULL, owner);
    }
}

/* ---- matrices ---- */

/* The columns of labels in front of a matrix's amounts: 1, or 2 with a group before them; 0 where
 * the rows below have no labels. */
static uint32_t count_label_columns(const tb_draft *draft, const table_head *header)
{
    uint32_t sheet = header->columns[0]->sheet, column = header->columns[0]->area.column;
    const tb_draft_cell *label = tb_draft__find(draft, sheet, header->bottom + 1, column);
    const tb_draft_cell *next = tb_draft__find(draft, sheet, header->bottom + 2, column);
    if (is_kind(header->columns[0]) || !is_heading(label) || !is_heading(next))
        return 0;
    const tb_draft_cell *second =
        tb_draft__find(draft, sheet, header->bottom + 1, label->area.last_column + 1);
    uint32_t last = header->columns[header->count - 1]->area.column;
    if (tb_draft__find(draft, sheet, header->bottom + 1, last) != NULL)
        return 0;
    return is_heading(second) && label->area.last_row > label->area.row ? 2 : 1;
}

static bool in_body(const table_head *header, uint32_t row)
{
    return row <= header->last_row && row < header->bottom + BODY_ROWS_MAX;
}

static void add_rows(tb_draft *draft, const table_head *header, uint32_t label_columns,
                     tb_str owner)
{
    uint32_t sheet = header->columns[0]->sheet, column = header->columns[0]->area.column;
    for (uint32_t row = header->bottom + 1; in_body(header, row); row++) {
        tb_draft_cell *group = NULL, *label = tb_draft__find(draft, sheet, row, column);
        if (label != NULL && label_columns == 2) {
            group = label;
            label = tb_draft__find(draft, sheet, row, group->area.last_column + 1);
        }
        if (!is_heading(label) || label->area.row != row)
            break;
        tb_build_row *line = tb_draft__add_field(draft, label, owner, "row");
        if (line == NULL)
            return;
        line->cells[TB_FIELDS_LINE] = TB_STR("row");
        line->cells[TB_FIELDS_TYPE] = TB_STR("");
        line->cells[TB_FIELDS_REQUIRED] = TB_STR("");
        if (group != NULL)
            line->cells[TB_FIELDS_UNDER] = group->text;
    }
}

/* The groups of a matrix's rows are used only when all its rows are. */
static void use_labels(tb_draft *draft, const table_head *header)
{
    uint32_t sheet = header->columns[0]->sheet, column = header->columns[0]->area.column;
    for (uint32_t row = header->bottom + 1; in_body(header, row); row++) {
        tb_draft_cell *cell = tb_draft__find(draft, sheet, row, column);
        if (cell == NULL)
            return;
        cell->used = true;
    }
}

/* How many headings stand above the columns of labels. */
static size_t headings_above(const tb_draft *draft, const table_head *header,
                             uint32_t label_columns)
{
    const tb_draft_cell *first = header->columns[0];
    const tb_draft_cell *label =
        tb_draft__find(draft, first->sheet, header->bottom + 1, first->area.column);
    uint32_t last = label->area.last_column + label_columns - 1;
    size_t count = 0;
    while (count < header->count && header->columns[count]->area.column <= last)
        count++;
    return count;
}

static tb_str join(tb_draft *draft, tb_str id, const char *ending)
{
    tb_buffer text;
    tb_buffer_init(&text, 256);
    tb_buffer_text(&text, id);
    tb_buffer_cstr(&text, ending);
    tb_str joined = tb_arena_dup(draft->build->arena, tb_buffer_get(&text));
    tb_buffer_done(&text);
    return joined;
}

static void name_views(tb_draft *draft, tb_build_row *row)
{
    tb_str id = row->cells[TB_BLOCKS_ID], name = row->cells[TB_BLOCKS_NAME];
    tb_str english = row->cells[TB_BLOCKS_NAME_EN];
    row->cells[TB_BLOCKS_BY_COLUMN] = join(draft, id, "_columns");
    row->cells[TB_BLOCKS_BY_COLUMN_NAME] = name;
    row->cells[TB_BLOCKS_BY_COLUMN_NAME_EN] = join(draft, english, ", by column");
    row->cells[TB_BLOCKS_BY_ROW] = join(draft, id, "_rows");
    row->cells[TB_BLOCKS_BY_ROW_NAME] = join(draft, name, "各行");
    row->cells[TB_BLOCKS_BY_ROW_NAME_EN] = join(draft, english, ", by row");
}

/* ---- together ---- */

/* A table whose headings are those of one that was found is a further page of it. */
static bool is_known(const tb_draft *draft, const table_head *header)
{
    const tb_build_table *fields = &draft->build->tables[TB_BUILD_FIELDS];
    tb_str first = header->columns[0]->text, last = header->columns[header->count - 1]->text;
    bool has_first = false;
    for (size_t i = 0; i < fields->row_count; i++) {
        const tb_build_row *row = &fields->rows[i];
        if (row->cells[TB_FIELDS_IN].size == 0 ||
            (draft->block.size > 0 && !tb_str_starts(row->cells[TB_FIELDS_IN], draft->block)))
            continue;
        has_first = has_first || tb_str_equal(row->cells[TB_FIELDS_LABELS], first);
        if (has_first && tb_str_equal(row->cells[TB_FIELDS_LABELS], last))
            return true;
    }
    return false;
}

/* The last row of a table whose kinds are printed below its headings: a text that reaches beyond
 * the kinds begins something else. */
static uint32_t find_end(const tb_draft *draft, const table_head *header)
{
    const tb_draft_cell *first = header->columns[0];
    if (header->last_row != UINT32_MAX || !is_kind(first))
        return header->last_row != UINT32_MAX ? header->last_row : header->bottom;
    uint32_t end = header->bottom + BODY_ROWS_MAX;
    for (size_t i = 0; i < draft->count; i++) {
        const tb_draft_cell *cell = &draft->cells[i];
        bool below = cell->sheet == first->sheet && cell->area.row > header->bottom;
        bool other = cell->inside || cell->area.last_column > header->columns[1]->area.last_column;
        if (below && other && cell->area.column <= first->area.column && cell->area.row <= end)
            end = cell->area.row - 1;
    }
    return end;
}

static void use_all(tb_draft *draft, const table_head *header)
{
    uint32_t sheet = header->columns[0]->sheet;
    uint32_t left = header->columns[0]->area.column;
    uint32_t right = header->columns[header->count - 1]->area.last_column;
    uint32_t end = find_end(draft, header);
    for (size_t i = 0; i < draft->count; i++) {
        tb_draft_cell *cell = &draft->cells[i];
        bool within = cell->sheet == sheet && cell->area.column >= left &&
                      cell->area.last_column <= right &&
                      cell->area.row >= header->columns[0]->area.row;
        if (within && cell->area.row <= end)
            cell->used = true;
    }
    if (header->heading != NULL)
        header->heading->used = true;
}

static void add_table(tb_draft *draft, const table_head *header)
{
    uint32_t labels = draft->block.size > 0 ? 0 : count_label_columns(draft, header);
    size_t above = labels > 0 ? headings_above(draft, header, labels) : 0;
    bool matrix = above > 0 && above < header->count;
    const tb_draft_cell *heading = header->heading != NULL ? header->heading : header->columns[0];
    tb_str owner = matrix ? TB_STR("") : draft->block;
    tb_build_row *row =
        tb_draft__add(draft, TB_BUILD_BLOCKS, heading, owner, matrix ? "matrix" : "table");
    if (row == NULL)
        return;
    row->cells[TB_BLOCKS_KIND] = matrix ? TB_STR("matrix") : TB_STR("table");
    row->cells[TB_BLOCKS_REQUIRED] = TB_STR("true");
    tb_str id = row->cells[TB_BLOCKS_ID];
    tb_str path = owner.size > 0 ? join(draft, join(draft, owner, "."), id.data) : id;
    if (matrix)
        name_views(draft, row);
    tb_draft__note(draft, heading, matrix ? TB_MSG_FORM_DRAFT_MATRIX : TB_MSG_FORM_DRAFT_TABLE,
                   path);
    add_columns(draft, header, matrix ? above : 0, path);
    if (matrix) {
        add_rows(draft, header, labels, path);
        use_labels(draft, header);
    }
}

bool tb_draft__table(tb_draft *draft, size_t first)
{
    table_head header;
    collect(draft, &draft->cells[first], &header);
    if (header.count < HEADINGS_MIN)
        return false;
    split_heading(&header);
    find_heading(draft, &header);
    find_bottom(&header);
    if (header.count < 2)
        return false;
    if (!is_known(draft, &header))
        add_table(draft, &header);
    use_all(draft, &header);
    return true;
}
