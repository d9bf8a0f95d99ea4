/*
 * What each label of a definition is for, so that the end of a table can be told by what follows
 * it.
 */
#include "form/definition_reader.h"

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

bool tb_reader__roles(tb_definition_reader *reader)
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
