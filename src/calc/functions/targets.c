/*
 * TB_TARGET, TB_MEETS, TB_SCORE: an indicator's value and what was reached of it. What can't be
 * compared is #N/A.
 */
#include "base/limits.h"
#include "calc/functions/answers.h"
#include "calc/functions/argument.h"
#include "calc/functions/result.h"
#include "form/achievement.h"
#include "form/indicator_words.h"

static tb_str text_argument(tb_arena *arena, void *argument)
{
    return tb_text_utf8(arena, *(rtl_uString **)argument);
}

typedef enum target_item { ITEM_OPERATOR, ITEM_NUMBER, ITEM_UNIT, ITEM_KIND } target_item;

static const tb_word item_words[] = {[ITEM_OPERATOR] = {"运算符", "operator"},
                                     [ITEM_NUMBER] = {"数值", "number"},
                                     [ITEM_UNIT] = {"单位", "unit"},
                                     [ITEM_KIND] = {"类型", "kind"},
                                     {NULL, NULL}};

/* The kind is named in the language that it was asked in, so that a formula means the same in
 * every office. */
static tb_status give_item(void *result, const tb_indicator *indicator, target_item item,
                           tb_language language, tb_error *error)
{
    tb_decimal number;
    switch (item) {
    case ITEM_OPERATOR:
        return tb_result_any_text(result, tb_indicator_sign(indicator->operator_), error);
    case ITEM_UNIT:
        return tb_result_any_text(result, indicator->unit, error);
    case ITEM_KIND:
        return tb_result_any_text(result, tb_indicator_kind_name(indicator->kind, language), error);
    case ITEM_NUMBER:
        break;
    }
    bool found = tb_indicator_quantity(indicator, &number);
    return tb_result_any_number(result, found ? tb_decimal_to_double(number)
                                              : tb_result_error(TB_CALC_NOT_THERE));
}

tb_status tb_function_target(tb_object *self TB_UNUSED, void *result, void **arguments,
                             tb_error *error)
{
    tb_arena arena;
    tb_indicator indicator;
    size_t item;
    tb_language language;
    tb_arena_init(&arena, TB_MAX_WORKBOOK_MEMORY);
    tb_str text = tb_str_trim(text_argument(&arena, arguments[0]));
    tb_status status = tb_argument_word(&arena, text_argument(&arena, arguments[1]), item_words,
                                        &item, &language, error);
    if (status == TB_OK && text.size == 0)
        status = tb_result_any_number(result, tb_result_error(TB_CALC_NOT_THERE));
    else if (status == TB_OK && !tb_indicator_parse(&arena, text, &indicator))
        status = tb_error_memory(error);
    else if (status == TB_OK)
        status = give_item(result, &indicator, (target_item)item, language, error);
    tb_arena_done(&arena);
    return status;
}

tb_status tb_function_meets(tb_object *self TB_UNUSED, void *result, void **arguments,
                            tb_error *error TB_UNUSED)
{
    tb_arena arena;
    bool met;
    tb_arena_init(&arena, TB_MAX_WORKBOOK_MEMORY);
    bool comparable = tb_achievement_meets(&arena, text_argument(&arena, arguments[0]),
                                           text_argument(&arena, arguments[1]), &met);
    *(double *)result = comparable ? met : tb_result_error(TB_CALC_NOT_THERE);
    tb_arena_done(&arena);
    return TB_OK;
}

/* Proportional where nothing is said. */
static tb_status read_method(tb_arena *arena, const uno_Any *given, tb_score_method *ret,
                             tb_error *error)
{
    static const tb_word words[] = {[TB_SCORE_PROPORTIONAL] = {"比例", "proportional"},
                                    [TB_SCORE_ALL_OR_NOTHING] = {"达标", "all-or-nothing"},
                                    {NULL, NULL}};
    size_t place = TB_SCORE_PROPORTIONAL;
    tb_language language;
    tb_status status = TB_OK;
    const rtl_uString *text = tb_any_find_text(given);
    if (text != NULL)
        status =
            tb_argument_word(arena, tb_text_utf8(arena, text), words, &place, &language, error);
    else if (!tb_any_is_void(given))
        status = tb_argument_wrong(error);
    *ret = (tb_score_method)place;
    return status;
}

tb_status tb_function_score(tb_object *self TB_UNUSED, void *result, void **arguments,
                            tb_error *error)
{
    tb_arena arena;
    tb_decimal weight, score;
    tb_score_method method;
    tb_arena_init(&arena, TB_MAX_WORKBOOK_MEMORY);
    tb_status status = tb_argument_number(*(double *)arguments[2], &weight, error);
    if (status == TB_OK && tb_decimal_sign(weight) < 0)
        status = tb_argument_wrong(error);
    if (status == TB_OK)
        status = read_method(&arena, arguments[3], &method, error);
    if (status == TB_OK) {
        bool comparable =
            tb_achievement_score(&arena, text_argument(&arena, arguments[0]),
                                 text_argument(&arena, arguments[1]), weight, method, &score);
        *(double *)result =
            comparable ? tb_decimal_to_double(score) : tb_result_error(TB_CALC_NOT_THERE);
    }
    tb_arena_done(&arena);
    return status;
}
