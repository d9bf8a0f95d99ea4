/*
 * Columns are found by their ids, which all versions of a form share.
 */
#include "sum/across_row.h"

#include "base/limits.h"
#include "sum/outline_table.h"
#include "sum/sheaf.h"

tb_str tb_across_row_column(tb_str sheaf, uint32_t row, const tb_outline *outline, tb_str id)
{
    size_t table;
    tb_sheaf_reader reader = {tb_str_slice(sheaf, row, sheaf.size)};
    if (!tb_sheaf_next_row(&reader, &table))
        return TB_STR("");
    const tb_sum_table *shape = &outline->tables[table];
    for (size_t i = TB_SUM_LEAD; i < shape->column_count; i++) {
        tb_sum_cell cell;
        tb_sheaf_next_cells(&reader, &cell, 1);
        if (tb_str_equal(shape->columns[i].id, id))
            return cell.text;
    }
    return TB_STR("");
}

tb_str tb_across_row_find(tb_str sheaf, uint32_t row, const tb_outline *outline,
                          const tb_field *field, tb_sum_part part)
{
    tb_buffer id;
    tb_buffer_init(&id, TB_MAX_LABEL_SIZE * 4);
    tb_growing_table_append_id(&id, field, TB_SUM_FROM_FIELD, part);
    tb_str text = tb_across_row_column(sheaf, row, outline, tb_buffer_get(&id));
    tb_buffer_done(&id);
    return text;
}
