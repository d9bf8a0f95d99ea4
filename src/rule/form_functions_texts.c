/*
 * Looking for a text among many. An array of a form's fields is indexed when it is first asked for,
 * and not again for each record.
 */
#include "rule/form_call.h"

/* The folded texts of an array. */
typedef tb_str text_maker(const tb_call *elements, size_t index);

static tb_str make_word(const tb_call *elements, size_t index)
{
    return tb_form_call_folded_text(elements, index);
}

static tb_str make_same_text(const tb_call *elements, size_t index)
{
    return tb_text_without_final_marks(make_word(elements, index));
}

static const tb_text_index *make_index(const tb_call *elements, text_maker *make, tb_arena *arena)
{
    tb_str *texts = tb_arena_array(arena, elements->argument_count + 1, sizeof *texts);
    for (size_t i = 0; i < elements->argument_count && texts != NULL; i++)
        if (elements->arguments[i].type != TB_VALUE_ERROR)
            texts[i] = make(elements, i);
    return texts != NULL ? tb_text_index_make(arena, texts, elements->argument_count) : NULL;
}

/* NULL: no memory. */
static const tb_text_index *find_index(const tb_call *call, size_t argument, text_maker *make,
                                       tb_index_use use)
{
    tb_binding *binding = tb_binding_of(call->environment);
    tb_call elements = {.environment = call->environment};
    elements.argument_count = tb_call_elements(call, argument, &elements.arguments);
    if (binding == NULL || !tb_binding_keeps(binding, elements.arguments))
        return make_index(&elements, make, call->environment->scratch);
    tb_kept_index *kept = &binding->indexes[use];
    if (kept->values != elements.arguments) {
        kept->index = make_index(&elements, make, binding->arena);
        kept->values = kept->index != NULL ? elements.arguments : NULL;
    }
    return kept->index;
}

static bool has_array_at(const tb_call *call, size_t argument)
{
    return call->arguments[argument].type == TB_VALUE_ARRAY;
}

tb_value tb_form__find_text(const tb_call *call)
{
    if (has_array_at(call, 0))
        return tb_value_of_error(TB_VALUE_ERROR_VALUE);
    const tb_text_index *index = find_index(call, 1, make_same_text, TB_INDEX_SAME_TEXT);
    if (index == NULL)
        return tb_value_of_error(TB_VALUE_ERROR_LIMIT);
    size_t place = tb_text_index_find(index, make_same_text(call, 0));
    return place == TB_NO_TEXT ? tb_value_of_error(TB_VALUE_ERROR_NA)
                               : tb_value_of_integer((int64_t)place + 1);
}

tb_value tb_form__has_other(const tb_call *call)
{
    if (has_array_at(call, 0) || has_array_at(call, 2))
        return tb_value_of_error(TB_VALUE_ERROR_VALUE);
    const tb_text_index *index = find_index(call, 1, make_word, TB_INDEX_WORDS);
    if (index == NULL)
        return tb_value_of_error(TB_VALUE_ERROR_LIMIT);
    return tb_value_of_boolean(
        tb_text_index_has_other(index, make_word(call, 0), make_word(call, 2)));
}
