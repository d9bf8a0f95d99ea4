/*
 * Texts: whether two say the same, and words in them.
 */
#include "rule/form_call.h"
#include "rule/word_list.h"

tb_value tb_form__same_text(const tb_call *call)
{
    tb_arena *scratch = call->environment->scratch;
    return tb_value_of_boolean(
        tb_str_equal(tb_text_sentence_key(scratch, tb_form_call_text(call, 0)),
                     tb_text_sentence_key(scratch, tb_form_call_text(call, 1))));
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

typedef bool word_search(const tb_word_list *list, tb_str text);

static tb_value search_words(const tb_call *call, word_search *search)
{
    const tb_word_list *list = call->prepared;
    if (list == NULL)
        list = tb_word_list_make(call->environment->scratch, tb_form_call_text(call, 1));
    return list == NULL ? tb_value_of_error(TB_VALUE_ERROR_LIMIT)
                        : tb_value_of_boolean(search(list, tb_form_call_folded_text(call)));
}

tb_value tb_form__has_word(const tb_call *call)
{
    return search_words(call, tb_word_list_has);
}

tb_value tb_form__starts_with(const tb_call *call)
{
    return search_words(call, tb_word_list_starts);
}

tb_value tb_form__ends_with(const tb_call *call)
{
    return search_words(call, tb_word_list_ends);
}

/* The text without the one of the words that it ends with. */
tb_value tb_form__without_end(const tb_call *call)
{
    const tb_word_list *list = call->prepared;
    if (list == NULL)
        list = tb_word_list_make(call->environment->scratch, tb_form_call_text(call, 1));
    if (list == NULL)
        return tb_value_of_error(TB_VALUE_ERROR_LIMIT);
    tb_str text = tb_form_call_folded_text(call);
    return tb_value_of_text(tb_str_slice(text, 0, text.size - tb_word_list_end_size(list, text)));
}
