/*
 * Looking up texts and filling in their arguments.
 */
#include "base/message.h"

#include <string.h>

const char *tb_message_get(tb_language language, tb_message message)
{
    return tb_message_texts[message][language];
}

void tb_message_append(tb_buffer *out, tb_language language, tb_message message, const tb_str *args,
                       size_t arg_count)
{
    for (const char *p = tb_message_get(language, message); *p != '\0'; p++) {
        if (p[0] == '{' && p[1] >= '0' && p[1] <= '9' && p[2] == '}') {
            size_t index = (size_t)(p[1] - '0');
            if (index < arg_count)
                tb_buffer_text(out, args[index]);
            p += 2;
        } else {
            tb_buffer_char(out, *p);
        }
    }
}

void tb_error_format(tb_buffer *out, tb_language language, const tb_error *error)
{
    tb_str args[TB_ERROR_ARGS_MAX];
    const char *text = error->args;
    for (unsigned i = 0; i < error->arg_count; i++) {
        args[i] = tb_str_of(text);
        text += args[i].size + 1;
    }
    if (error->where[0] != '\0') {
        tb_buffer_cstr(out, error->where);
        tb_buffer_cstr(out, ": ");
    }
    tb_message_append(out, language, error->message, args, error->arg_count);
    if (error->excerpt[0] != '\0') {
        tb_buffer_char(out, '\n');
        tb_buffer_cstr(out, error->excerpt);
    }
}
