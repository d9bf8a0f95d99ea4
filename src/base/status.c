/*
 * Filling in errors. Works without memory, so that running out of it can be told.
 */
#include "base/status.h"

#include <stdarg.h>
#include <string.h>

/* How many bytes of text fit into `room`, cut at a whole UTF-8 character. */
static size_t fit(const char *text, size_t room)
{
    size_t size = strlen(text);
    if (size <= room)
        return size;
    size = room;
    while (size > 0 && ((unsigned char)text[size] & 0xC0u) == 0x80u)
        size--;
    return size;
}

static void store_arguments(tb_error *error, va_list arguments)
{
    size_t used = 0;
    const char *text;
    while ((text = va_arg(arguments, const char *)) != NULL) {
        if (error->arg_count == TB_ERROR_ARGS_MAX || used >= TB_ERROR_ARGS_SIZE)
            break;
        size_t size = fit(text, TB_ERROR_ARGS_SIZE - used - 1);
        memcpy(error->args + used, text, size);
        error->args[used + size] = '\0';
        used += size + 1;
        error->arg_count++;
    }
}

tb_status tb_error_set(tb_error *error, tb_status status, tb_message message, ...)
{
    if (error == NULL)
        return status;
    error->status = status;
    error->message = message;
    error->arg_count = 0;
    error->where[0] = '\0';
    error->excerpt[0] = '\0';
    va_list arguments;
    va_start(arguments, message);
    store_arguments(error, arguments);
    va_end(arguments);
    return status;
}

static void copy_text(char *out, size_t room, const char *text)
{
    size_t size = fit(text, room - 1);
    memcpy(out, text, size);
    out[size] = '\0';
}

void tb_error_locate(tb_error *error, const char *where, const char *excerpt)
{
    if (error == NULL)
        return;
    if (where != NULL)
        copy_text(error->where, sizeof error->where, where);
    if (excerpt != NULL)
        copy_text(error->excerpt, sizeof error->excerpt, excerpt);
}

tb_status tb_error_memory(tb_error *error)
{
    return tb_error_set(error, TB_NO_MEMORY, TB_MSG_BASE_NO_MEMORY, NULL);
}
