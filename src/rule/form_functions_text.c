/*
 * Texts: whether two say the same, and words in them.
 */
#include "rule/form_call.h"
#include "rule/word_list.h"

tb_value tb_form__same_text(const tb_call *call)
{
    if (tb_str_equal(tb_form_call_text(call, 0), tb_form_call_text(call, 1)))
        return tb_value_of_boolean(true);
    tb_str a = tb_text_without_final_marks(tb_form_call_folded_text(call, 0));
    tb_str b = tb_text_without_final_marks(tb_form_call_folded_text(call, 1));
    return tb_value_of_boolean(tb_str_equal(a, b));
}

/* The words of the second argument, which are nearly always a parameter of the definition. */
tb_status tb_form__prepare_words(tb_preparation *preparation, const void **ret_prepared)
{
    const tb_value *words = preparation->constants[1];
    if (words == NULL || words->type != TB_VALUE_TEXT)
        return TB_OK;
    *ret_prepared = tb_word_list_make(preparation->arena, words->as.text);
    return *ret_prepared != NULL ? TB_OK : tb_error_memory(preparation->error);
}

/* How words are looked for: those of a prepared list, or a single one, which in a formula of arrays
 * is another one for every element. */
typedef struct word_search {
    bool (*among)(const tb_word_list *list, tb_str text);
    bool (*one)(tb_str text, tb_str word);
} word_search;

static bool has(tb_str text, tb_str word)
{
    return tb_str_find(text, word) >= 0;
}

static tb_value search_words(const tb_call *call, const word_search *search)
{
    const tb_word_list *list = call->prepared;
    tb_str text = tb_form_call_folded_text(call, 0);
    if (list != NULL)
        return tb_value_of_boolean(search->among(list, text));
    tb_str word = tb_form_call_folded_text(call, 1);
    if (tb_str_find(word, TB_STR("|")) < 0)
        return tb_value_of_boolean(word.size > 0 && search->one(text, word));
    list = tb_word_list_make(call->environment->scratch, tb_form_call_text(call, 1));
    return list == NULL ? tb_value_of_error(TB_VALUE_ERROR_LIMIT)
                        : tb_value_of_boolean(search->among(list, text));
}

tb_value tb_form__has_word(const tb_call *call)
{
    static const word_search search = {tb_word_list_has, has};
    return search_words(call, &search);
}

tb_value tb_form__starts_with(const tb_call *call)
{
    static const word_search search = {tb_word_list_starts, tb_str_starts};
    return search_words(call, &search);
}

tb_value tb_form__ends_with(const tb_call *call)
{
    static const word_search search = {tb_word_list_ends, tb_str_ends};
    return search_words(call, &search);
}

/* The text without the one of the words that it ends with. */
tb_value tb_form__without_end(const tb_call *call)
{
    const tb_word_list *list = call->prepared;
    if (list == NULL)
        list = tb_word_list_make(call->environment->scratch, tb_form_call_text(call, 1));
    if (list == NULL)
        return tb_value_of_error(TB_VALUE_ERROR_LIMIT);
    tb_str text = tb_form_call_folded_text(call, 0);
    return tb_value_of_text(tb_str_slice(text, 0, text.size - tb_word_list_end_size(list, text)));
}
