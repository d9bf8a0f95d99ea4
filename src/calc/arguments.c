/*
 * Looking arguments up by their names.
 */
#include "calc/arguments.h"

#include "calc/uno/value.h"

/* com.sun.star.beans.NamedValue */
typedef struct named_value {
    rtl_uString *name;
    uno_Any value;
} named_value;

const uno_Any *tb_arguments_find(const uno_Sequence *arguments, const char *name)
{
    for (sal_Int32 i = 0; i < arguments->nElements; i++) {
        const named_value *argument = &TB_ITEMS(arguments, const named_value)[i];
        if (tb_text_is(argument->name, name))
            return &argument->value;
    }
    return NULL;
}

uno_Interface *tb_arguments_find_object(const uno_Sequence *arguments, const char *name)
{
    const uno_Any *value = tb_arguments_find(arguments, name);
    return value == NULL ? NULL : tb_any_find_object(value);
}

tb_str tb_arguments_get_text(const uno_Sequence *arguments, const char *name, tb_arena *arena)
{
    const uno_Any *value = tb_arguments_find(arguments, name);
    tb_str text = value == NULL ? TB_STR("") : tb_text_utf8(arena, tb_any_find_text(value));
    text = tb_str_trim(text);
    return text.data == NULL ? TB_STR("") : text;
}

bool tb_arguments_choose(const uno_Sequence *arguments, const char *name, const char *no,
                         const char *yes, bool *ret_choice)
{
    const uno_Any *value = tb_arguments_find(arguments, name);
    if (value == NULL)
        return true;
    const rtl_uString *text = tb_any_find_text(value);
    *ret_choice = tb_text_is(text, yes);
    return *ret_choice || tb_text_is(text, no);
}
