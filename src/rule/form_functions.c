/*
 * Each function is one row of the table at the end. A value that was read from a form brings its
 * item along as `origin`, so that what was parsed while reading is used; a plain text, as in
 * `tianbao eval 'UNIT("≥98%")'`, is taken apart here.
 */
#include "rule/form_functions.h"

#include "rule/binding.h"
#include "rule/word_list.h"

/* ---- values ---- */

static tb_value boolean(bool value)
{
    return (tb_value){.type = TB_VALUE_BOOLEAN, .as.boolean = value};
}

static tb_value text(tb_str value)
{
    return (tb_value){.type = TB_VALUE_TEXT, .as.text = value};
}

static tb_value number(tb_decimal value)
{
    return (tb_value){.type = TB_VALUE_NUMBER, .as.number = value};
}

static tb_value failure(tb_value_error error)
{
    return (tb_value){.type = TB_VALUE_ERROR, .as.error = error};
}

static const tb_item *item_of(const tb_call *call, size_t index)
{
    return tb_binding_of(call->environment) != NULL ? call->arguments[index].origin : NULL;
}

/* What stands in the cell, or the value as a text; empty for blanks and numbers. */
static tb_str text_of(const tb_call *call, size_t index)
{
    const tb_value *value = &call->arguments[index];
    if (value->type == TB_VALUE_TEXT)
        return value->as.text;
    const tb_item *item = item_of(call, index);
    return item != NULL ? item->text : (tb_str){0};
}

/* text_of, folded; what stands in a cell is asked for by many rules. */
static tb_str folded_text(const tb_call *call)
{
    const tb_item *item = item_of(call, 0);
    tb_str value = text_of(call, 0);
    if (item != NULL && value.data == item->text.data)
        return tb_binding_fold(tb_binding_of(call->environment), value);
    return tb_text_key(call->environment->scratch, value);
}

/* The parts of the indicator's value, perhaps taken apart into *room; NULL where there is nothing
 * to take apart. */
static const tb_indicator *indicator_of(const tb_call *call, size_t index, tb_indicator *room)
{
    const tb_item *item = item_of(call, index);
    if (item != NULL && item->indicator != NULL)
        return item->indicator;
    tb_str value = tb_str_trim(text_of(call, index));
    bool parsed = value.size > 0 && tb_indicator_parse(call->environment->scratch, value, room);
    return parsed ? room : NULL;
}

/* ---- the state of a field ---- */

static tb_value is_valid(const tb_call *call)
{
    const tb_item *item = item_of(call, 0);
    if (item != NULL)
        return boolean(item->state == TB_ITEM_VALID);
    tb_value_type type = call->arguments[0].type;
    return boolean(type != TB_VALUE_ERROR && type != TB_VALUE_BLANK);
}

static tb_value is_code(const tb_call *call)
{
    const tb_item *item = item_of(call, 0);
    return boolean(item != NULL && item->code != NULL);
}

/* Blanks; dashes, ellipses, dots, crosses and strokes of all kinds and widths. */
static bool is_filler_character(uint32_t c)
{
    static const uint32_t fillers[] = {
        ' ',    '\n',   '\t',   0x00A0, 0x3000, '-',    '_',    '*',    '.',    '/',
        '\\',   '~',    ',',    0x00B7, 0x00D7, 0x2010, 0x2011, 0x2012, 0x2013, 0x2014,
        0x2015, 0x2022, 0x2026, 0x203B, 0x2212, 0x22EF, 0x2500, 0x3001, 0x3002, 0x301C,
        0x30FB, 0x30FC, 0xFF0A, 0xFF0C, 0xFF0D, 0xFF0E, 0xFF0F, 0xFF3C, 0xFF3F, 0xFF5E};
    bool is_ideograph = c >= 0x4E00 && c <= 0x9FFF; /* which nearly every text begins with */
    for (size_t i = 0; i < sizeof fillers / sizeof fillers[0] && !is_ideograph; i++)
        if (fillers[i] == c)
            return true;
    return false;
}

/* Dashes, asterisks and dots that stand where something should. */
static tb_value is_filler(const tb_call *call)
{
    tb_str value = tb_str_trim(text_of(call, 0));
    for (size_t offset = 0; offset < value.size;)
        if (!is_filler_character(tb_text_next(value, &offset)))
            return boolean(false);
    return boolean(value.size > 0);
}

static tb_value is_number_text(const tb_call *call)
{
    const tb_item *item = item_of(call, 0);
    return boolean(item != NULL && item->number_as_text);
}

/* Shown places; those that the number has where the form does not say. */
static tb_value decimals(const tb_call *call)
{
    const tb_item *item = item_of(call, 0);
    if (item != NULL && item->state == TB_ITEM_VALID && item->decimals != TB_DECIMALS_ANY)
        return number(tb_decimal_of(item->decimals));
    const tb_value *value = &call->arguments[0];
    if (value->type != TB_VALUE_NUMBER)
        return failure(TB_VALUE_ERROR_VALUE);
    return number(tb_decimal_of(tb_decimal_places(value->as.number)));
}

static tb_value paired(const tb_call *call)
{
    tb_binding *binding = tb_binding_of(call->environment);
    const tb_item *item = item_of(call, 0);
    const tb_item *other = item != NULL ? tb_binding_find_paired(binding, item) : NULL;
    return other != NULL ? tb_binding_read(binding, other) : failure(TB_VALUE_ERROR_NA);
}

/* ---- an indicator's parts ---- */

static tb_value kind(const tb_call *call)
{
#define NAME(literal)                                                                              \
    {                                                                                              \
        literal, sizeof literal - 1                                                                \
    }
    static const tb_str names[] = {
        [TB_INDICATOR_COMPARISON] = NAME("comparison"),
        [TB_INDICATOR_RANGE] = NAME("range"),
        [TB_INDICATOR_DEADLINE] = NAME("deadline"),
        [TB_INDICATOR_FREQUENCY] = NAME("frequency"),
        [TB_INDICATOR_QUALITY] = NAME("quality"),
    };
#undef NAME
    tb_indicator room;
    const tb_indicator *parts = indicator_of(call, 0, &room);
    if (parts == NULL)
        return text(TB_STR(""));
    return text(names[parts->kind]);
}

static tb_value operator_(const tb_call *call)
{
    static const char *const signs[] = {
        [TB_OPERATOR_NONE] = "",     [TB_OPERATOR_EQUAL] = "=", [TB_OPERATOR_AT_LEAST] = "≥",
        [TB_OPERATOR_AT_MOST] = "≤", [TB_OPERATOR_MORE] = ">",  [TB_OPERATOR_LESS] = "<",
    };
    tb_indicator room;
    const tb_indicator *parts = indicator_of(call, 0, &room);
    if (parts == NULL)
        return text(TB_STR(""));
    return text(tb_str_of(signs[parts->operator_]));
}

static bool has_quantity(const tb_indicator *parts)
{
    return parts->kind != TB_INDICATOR_QUALITY;
}

/* Of a range the upper end: what is compared with a bound. */
static tb_decimal quantity_of(const tb_indicator *parts)
{
    return parts->kind == TB_INDICATOR_RANGE ? parts->upper : parts->number;
}

static tb_value quantity(const tb_call *call)
{
    tb_indicator room;
    const tb_indicator *parts = indicator_of(call, 0, &room);
    if (parts == NULL || !has_quantity(parts))
        return failure(TB_VALUE_ERROR_NA);
    return number(quantity_of(parts));
}

static tb_value base_quantity(const tb_call *call)
{
    tb_indicator room;
    const tb_indicator *parts = indicator_of(call, 0, &room);
    tb_decimal product;
    if (parts == NULL || !has_quantity(parts))
        return failure(TB_VALUE_ERROR_NA);
    if (!tb_decimal_multiply_rounded(quantity_of(parts), tb_decimal_of(parts->factor), &product))
        return failure(TB_VALUE_ERROR_NUM);
    return number(product);
}

/* Folded, so that “％” and “%” are one unit. */
static tb_value unit(const tb_call *call)
{
    tb_indicator room;
    const tb_indicator *parts = indicator_of(call, 0, &room);
    if (parts == NULL)
        return text(TB_STR(""));
    tb_str key = tb_text_key(call->environment->scratch, parts->unit);
    return key.data == NULL && parts->unit.size > 0 ? failure(TB_VALUE_ERROR_LIMIT) : text(key);
}

static tb_value base_unit(const tb_call *call)
{
    tb_indicator room;
    const tb_indicator *parts = indicator_of(call, 0, &room);
    if (parts == NULL)
        return text(TB_STR(""));
    tb_str key = tb_text_key(call->environment->scratch, parts->base_unit);
    return key.data == NULL && parts->base_unit.size > 0 ? failure(TB_VALUE_ERROR_LIMIT)
                                                         : text(key);
}

static tb_value is_percent(const tb_call *call)
{
    tb_indicator room;
    const tb_indicator *parts = indicator_of(call, 0, &room);
    return boolean(parts != NULL && parts->percent);
}

static bool is_multiple_character(uint32_t c)
{
    static const char multiples[] = "十百千万亿";
    for (size_t offset = 0; offset < sizeof multiples - 1;)
        if (tb_text_next((tb_str){multiples, sizeof multiples - 1}, &offset) == c)
            return true;
    return c >= '0' && c <= '9';
}

/* Something per so many: 人/万人, 件/10万人, 每千人. */
static bool is_per_many(tb_str folded)
{
    static const char *const signs[] = {"/", "每"};
    for (size_t i = 0; i < sizeof signs / sizeof signs[0]; i++) {
        tb_str sign = tb_str_of(signs[i]);
        ptrdiff_t at = tb_str_find(folded, sign);
        size_t offset = at < 0 ? folded.size : (size_t)at + sign.size;
        if (offset < folded.size && is_multiple_character(tb_text_next(folded, &offset)))
            return true;
    }
    return false;
}

static tb_value is_rate(const tb_call *call)
{
    tb_indicator room;
    const tb_indicator *parts = indicator_of(call, 0, &room);
    if (parts == NULL)
        return boolean(false);
    return boolean(parts->percent || is_per_many(folded_text(call)));
}

static tb_value is_multiple(const tb_call *call)
{
    tb_indicator room;
    const tb_indicator *parts = indicator_of(call, 0, &room);
    return boolean(parts != NULL && parts->incomplete_unit);
}

static tb_value direction(const tb_call *call)
{
    tb_indicator room;
    const tb_indicator *parts = indicator_of(call, 0, &room);
    if (parts == NULL)
        return number(tb_decimal_of(0));
    bool up = parts->operator_ == TB_OPERATOR_AT_LEAST || parts->operator_ == TB_OPERATOR_MORE;
    bool down = parts->operator_ == TB_OPERATOR_AT_MOST || parts->operator_ == TB_OPERATOR_LESS;
    return number(tb_decimal_of(up - down));
}

static tb_value parent(const tb_call *call)
{
    const tb_item *item = item_of(call, 0);
    if (item == NULL || item->code == NULL || item->code->parent == NULL)
        return text(TB_STR(""));
    return text(item->code->parent->code);
}

/* ---- texts ---- */

static tb_value same_text(const tb_call *call)
{
    tb_arena *scratch = call->environment->scratch;
    return boolean(tb_str_equal(tb_text_sentence_key(scratch, text_of(call, 0)),
                                tb_text_sentence_key(scratch, text_of(call, 1))));
}

/* The words of the second argument, which are nearly always a parameter of the definition. */
static tb_status prepare_words(tb_preparation *preparation, const void **ret_prepared)
{
    const tb_value *words = preparation->constants[1];
    if (words == NULL || words->type != TB_VALUE_TEXT)
        return TB_OK;
    *ret_prepared = tb_word_list_make(preparation->arena, words->as.text);
    return *ret_prepared != NULL ? TB_OK : tb_error_memory(preparation->error);
}

typedef bool word_search(const tb_word_list *list, tb_str text);

static tb_value search_words(const tb_call *call, word_search *search)
{
    const tb_word_list *list = call->prepared;
    if (list == NULL)
        list = tb_word_list_make(call->environment->scratch, text_of(call, 1));
    return list == NULL ? failure(TB_VALUE_ERROR_LIMIT) : boolean(search(list, folded_text(call)));
}

static tb_value has_word(const tb_call *call)
{
    return search_words(call, tb_word_list_has);
}

static tb_value starts_with(const tb_call *call)
{
    return search_words(call, tb_word_list_starts);
}

static tb_value ends_with(const tb_call *call)
{
    return search_words(call, tb_word_list_ends);
}

static const tb_function functions[] = {
    {"BASEQUANTITY", 1, 1, 0, base_quantity, NULL},
    {"BASEUNIT", 1, 1, 0, base_unit, NULL},
    {"DECIMALS", 1, 1, 0, decimals, NULL},
    {"DIRECTION", 1, 1, 0, direction, NULL},
    {"ENDSWITH", 2, 2, 0, ends_with, prepare_words},
    {"HASWORD", 2, 2, 0, has_word, prepare_words},
    {"ISCODE", 1, 1, 0, is_code, NULL},
    {"ISFILLER", 1, 1, TB_FUNCTION_TAKES_ERRORS, is_filler, NULL},
    {"ISMULTIPLE", 1, 1, 0, is_multiple, NULL},
    {"ISNUMBERTEXT", 1, 1, TB_FUNCTION_TAKES_ERRORS, is_number_text, NULL},
    {"ISPERCENT", 1, 1, 0, is_percent, NULL},
    {"ISRATE", 1, 1, 0, is_rate, NULL},
    {"ISVALID", 1, 1, TB_FUNCTION_TAKES_ERRORS, is_valid, NULL},
    {"KIND", 1, 1, 0, kind, NULL},
    {"OPERATOR", 1, 1, 0, operator_, NULL},
    {"PAIRED", 1, 1, TB_FUNCTION_TAKES_ERRORS, paired, NULL},
    {"PARENT", 1, 1, 0, parent, NULL},
    {"QUANTITY", 1, 1, 0, quantity, NULL},
    {"SAMETEXT", 2, 2, 0, same_text, NULL},
    {"STARTSWITH", 2, 2, 0, starts_with, prepare_words},
    {"UNIT", 1, 1, 0, unit, NULL},
};

const tb_function *tb_form_functions(size_t *ret_count)
{
    *ret_count = sizeof functions / sizeof functions[0];
    return functions;
}
