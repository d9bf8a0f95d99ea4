/*
 * Taking Anys and sequences apart.
 */
#include "calc/functions/argument.h"

#include "calc/uno/library.h"

tb_status tb_argument_wrong(tb_error *error)
{
    return tb_error_set(error, TB_INVALID, TB_MSG_CALC_FUNCTION_ARGUMENT, NULL);
}

tb_status tb_argument_number(double given, tb_decimal *ret, tb_error *error)
{
    return tb_decimal_from_double(given, ret) ? TB_OK : tb_argument_wrong(error);
}

tb_status tb_argument_value(tb_arena *arena, const uno_Any *given, tb_value *ret, tb_error *error)
{
    double number;
    tb_decimal exact;
    const rtl_uString *text = tb_any_find_text(given);
    if (text != NULL) {
        *ret = tb_value_of_text(tb_text_utf8(arena, text));
        return ret->as.text.data == NULL ? tb_error_memory(error) : TB_OK;
    }
    if (!tb_any_double(given, &number) || !tb_decimal_from_double(number, &exact))
        return tb_argument_wrong(error);
    *ret = tb_value_of_number(exact);
    return TB_OK;
}

static bool is_range(const uno_Any *given)
{
    return typelib_typedescriptionreference_equals(given->pType,
                                                   tb_library_type(TB_TYPE_ANY_ROWS, NULL));
}

static size_t cell_count(const uno_Sequence *rows)
{
    size_t count = 0;
    for (sal_Int32 i = 0; i < rows->nElements; i++)
        count += (size_t)TB_ITEMS(rows, const uno_Sequence *)[i]->nElements;
    return count;
}

tb_status tb_argument_cells(tb_arena *arena, const uno_Sequence *given, tb_cells *ret,
                            tb_error *error)
{
    size_t count = cell_count(given);
    *ret = (tb_cells){.rows = given->nElements, .count = count};
    ret->columns = ret->rows == 0 ? 0 : TB_ITEMS(given, const uno_Sequence *)[0]->nElements;
    ret->list = tb_arena_array(arena, count + 1, sizeof *ret->list);
    if (ret->list == NULL)
        return tb_error_memory(error);
    tb_value *next = ret->list;
    for (sal_Int32 i = 0; i < given->nElements; i++) {
        const uno_Sequence *row = TB_ITEMS(given, const uno_Sequence *)[i];
        for (sal_Int32 j = 0; j < row->nElements; j++) {
            tb_status status =
                tb_argument_value(arena, &TB_ITEMS(row, const uno_Any)[j], next++, error);
            if (status != TB_OK)
                return status;
        }
    }
    return TB_OK;
}

static tb_status add_number(tb_numbers *numbers, const uno_Any *given, tb_error *error)
{
    double number;
    if (!tb_any_double(given, &number))
        return TB_OK;
    return tb_argument_number(number, &numbers->list[numbers->count++], error);
}

static tb_status add_range(tb_numbers *numbers, const uno_Sequence *rows, tb_error *error)
{
    tb_status status = TB_OK;
    for (sal_Int32 i = 0; i < rows->nElements; i++) {
        const uno_Sequence *row = TB_ITEMS(rows, const uno_Sequence *)[i];
        for (sal_Int32 j = 0; j < row->nElements && status == TB_OK; j++)
            status = add_number(numbers, &TB_ITEMS(row, const uno_Any)[j], error);
    }
    return status;
}

tb_status tb_argument_numbers(tb_arena *arena, const uno_Sequence *given, tb_numbers *ret,
                              tb_error *error)
{
    const uno_Any *items = TB_ITEMS(given, const uno_Any);
    size_t count = 0;
    for (sal_Int32 i = 0; i < given->nElements; i++)
        count += is_range(&items[i]) ? cell_count(*(uno_Sequence **)items[i].pData) : 1;
    *ret = (tb_numbers){.list = tb_arena_array(arena, count + 1, sizeof *ret->list)};
    tb_status status = ret->list == NULL ? tb_error_memory(error) : TB_OK;
    for (sal_Int32 i = 0; i < given->nElements && status == TB_OK; i++)
        status = is_range(&items[i]) ? add_range(ret, *(uno_Sequence **)items[i].pData, error)
                                     : add_number(ret, &items[i], error);
    return status;
}

tb_status tb_argument_word(tb_arena *arena, tb_str given, const tb_word *words, size_t *ret,
                           tb_language *ret_language, tb_error *error)
{
    tb_str key = tb_text_key(arena, given);
    for (size_t i = 0; words[i].en != NULL; i++) {
        bool english = tb_str_equal(key, tb_str_of(words[i].en));
        if (!english && !tb_str_equal(key, tb_str_of(words[i].zh)))
            continue;
        *ret = i;
        *ret_language = english ? TB_LANGUAGE_EN : TB_LANGUAGE_ZH;
        return TB_OK;
    }
    return tb_argument_wrong(error);
}
