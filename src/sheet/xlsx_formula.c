/*
 * Shared and array formulas. A shared formula is moved as text: references are told from names,
 * functions, sheet names and quoted texts by what stands around them.
 */
#include "sheet/xlsx_formula.h"

#include <string.h>

#include "sheet/xlsx.h"

bool tb_xlsx_parse_range(tb_str text, tb_range *ret)
{
    ptrdiff_t colon = tb_str_find(text, TB_STR(":"));
    tb_str first = colon < 0 ? text : tb_str_slice(text, 0, (size_t)colon);
    tb_str last = colon < 0 ? text : tb_str_slice(text, (size_t)colon + 1, text.size);
    tb_range range;
    if (!tb_cell_parse_name(first, &range.row, &range.column) ||
        !tb_cell_parse_name(last, &range.last_row, &range.last_column))
        return false;
    *ret = range;
    return true;
}

/* ---- Moving ---- */

static bool is_word(char c)
{
    return (c >= '0' && c <= '9') || ((c | 32) >= 'a' && (c | 32) <= 'z') || c == '_' || c == '.' ||
           c == '$' || c == '\\' || (unsigned char)c >= 0x80;
}

/* Appends a row or column number of a reference, moved unless it is fixed; false when it leaves
 * the sheet. */
static bool move(bool fixed, int64_t *number, int64_t by, int64_t max)
{
    if (!fixed)
        *number += by;
    return *number >= 0 && *number < max;
}

static void append_moved(uint32_t row, uint32_t column, tb_str word, int64_t rows, int64_t columns,
                         tb_buffer *out)
{
    bool fixed_column = word.data[0] == '$';
    bool fixed_row = memchr(word.data + 1, '$', word.size - 1) != NULL;
    int64_t new_row = row, new_column = column;
    if (!move(fixed_row, &new_row, rows, TB_MAX_ROWS) ||
        !move(fixed_column, &new_column, columns, TB_MAX_COLUMNS)) {
        tb_buffer_cstr(out, "#REF!");
        return;
    }
    char name[TB_CELL_NAME_SIZE];
    tb_str plain = tb_cell_name((uint32_t)new_row, (uint32_t)new_column, name);
    size_t letters = 0;
    while (letters < plain.size && plain.data[letters] >= 'A')
        letters++;
    if (fixed_column)
        tb_buffer_char(out, '$');
    tb_buffer_append(out, plain.data, letters);
    if (fixed_row)
        tb_buffer_char(out, '$');
    tb_buffer_append(out, plain.data + letters, plain.size - letters);
}

/* The end of a quoted text or sheet name that begins at `at`; a doubled quote stays inside. */
static size_t quoted_end(tb_str formula, size_t at)
{
    char quote = formula.data[at++];
    while (at < formula.size) {
        if (formula.data[at++] != quote)
            continue;
        if (at == formula.size || formula.data[at] != quote)
            break;
        at++;
    }
    return at;
}

/* The end of [ … ] as structured references and other workbooks have it. */
static size_t bracket_end(tb_str formula, size_t at)
{
    int depth = 0;
    for (; at < formula.size; at++) {
        if (formula.data[at] == '[')
            depth++;
        else if (formula.data[at] == ']' && --depth == 0)
            return at + 1;
    }
    return at;
}

void tb_xlsx_shift_formula(tb_str formula, int64_t rows, int64_t columns, tb_buffer *out)
{
    for (size_t at = 0; at < formula.size;) {
        char c = formula.data[at];
        size_t end = at + 1;
        if (c == '"' || c == '\'')
            end = quoted_end(formula, at);
        else if (c == '[')
            end = bracket_end(formula, at);
        else if (is_word(c))
            while (end < formula.size && is_word(formula.data[end]))
                end++;
        tb_str word = tb_str_slice(formula, at, end);
        char next = end < formula.size ? formula.data[end] : '\0';
        uint32_t row, column;
        if (is_word(c) && next != '(' && next != '!' && tb_cell_parse_name(word, &row, &column))
            append_moved(row, column, word, rows, columns, out);
        else
            tb_buffer_text(out, word);
        at = end;
    }
}

/* ---- Reading ---- */

/* Makes room for one more; NULL: stopped. */
static void *room_for_one(tb_package *package, void *array, size_t count, size_t *capacity,
                          size_t size)
{
    if (count < *capacity)
        return array;
    size_t wanted = *capacity > 0 ? *capacity * 2 : 8;
    void *grown = tb_arena_grow(&package->arena, array, *capacity, wanted, size);
    if (grown == NULL)
        tb_xml_stop(&package->xml, tb_error_memory(package->error));
    else
        *capacity = wanted;
    return grown;
}

static void add_shared(tb_xlsx_formulas *formulas, tb_xlsx_shared shared)
{
    tb_xlsx_shared *list = room_for_one(formulas->package, formulas->shared, formulas->shared_count,
                                        &formulas->shared_capacity, sizeof *list);
    if (list == NULL)
        return;
    formulas->shared = list;
    list[formulas->shared_count++] = shared;
}

static void add_array(tb_xlsx_formulas *formulas, tb_range range, tb_str text)
{
    if (range.row == range.last_row && range.column == range.last_column)
        return;
    tb_xlsx_array *list = room_for_one(formulas->package, formulas->arrays, formulas->array_count,
                                       &formulas->array_capacity, sizeof *list);
    if (list == NULL)
        return;
    formulas->arrays = list;
    list[formulas->array_count++] = (tb_xlsx_array){range, text};
}

tb_str tb_xlsx_find_array(const tb_xlsx_formulas *formulas, uint32_t row, uint32_t column)
{
    for (size_t i = formulas->array_count; i-- > 0;) {
        const tb_range *range = &formulas->arrays[i].range;
        if (row >= range->row && row <= range->last_row && column >= range->column &&
            column <= range->last_column)
            return formulas->arrays[i].text;
    }
    return (tb_str){"", 0};
}

/* The shared formula of that index for another cell than its first. */
static tb_str find_shared(tb_xlsx_formulas *formulas, uint32_t index, uint32_t row, uint32_t column)
{
    tb_package *package = formulas->package;
    for (size_t i = formulas->shared_count; i-- > 0;) {
        const tb_xlsx_shared *shared = &formulas->shared[i];
        if (shared->index != index)
            continue;
        tb_buffer_reset(&package->scratch);
        tb_xlsx_shift_formula(shared->text, (int64_t)row - shared->row,
                              (int64_t)column - shared->column, &package->scratch);
        return tb_package_keep(package, tb_buffer_get(&package->scratch));
    }
    return (tb_str){"", 0};
}

typedef struct formula_head {
    tb_str type;
    tb_range range;
    bool has_range, has_index;
    uint32_t index;
} formula_head;

static formula_head read_head(tb_xml *xml)
{
    formula_head head = {0};
    for (size_t i = 0; i < xml->attribute_count; i++) {
        tb_str value = xml->attributes[i].value;
        switch (xml->attributes[i].token) {
        case X_T:
            head.type = value;
            break;
        case X_REF:
            head.has_range = tb_xlsx_parse_range(value, &head.range);
            break;
        case X_SHARED_INDEX:
            head.has_index = tb_xlsx_uint(value, &head.index);
            break;
        default:
            break;
        }
    }
    return head;
}

tb_str tb_xlsx_read_formula(tb_xlsx_formulas *formulas, uint32_t row, uint32_t column)
{
    tb_package *package = formulas->package;
    formula_head head = read_head(&package->xml);
    tb_str text = tb_package_keep(
        package, tb_xml_element_text(&package->xml, &package->scratch, &package->arena));
    if (tb_str_equal(head.type, TB_STR("shared")) && head.has_index) {
        if (text.size == 0)
            return find_shared(formulas, head.index, row, column);
        add_shared(formulas, (tb_xlsx_shared){head.index, row, column, text});
    } else if (tb_str_equal(head.type, TB_STR("array")) && head.has_range) {
        add_array(formulas, head.range, text);
    } else if (tb_str_equal(head.type, TB_STR("dataTable")) && text.size == 0) {
        text = TB_STR("TABLE()");
        if (head.has_range)
            add_array(formulas, head.range, text);
    }
    return text;
}
