/*
 * From the environment or from a file of the user's own.
 */
#include "send/secret.h"

#include <stdlib.h>

#include "base/platform.h"

static tb_status read_environment(const char *name, tb_buffer *out, tb_error *error)
{
    const char *value = getenv(name);
    if (value == NULL || *value == '\0')
        return tb_error_set(error, TB_NOT_FOUND, TB_MSG_SEND_SECRET_NOT_SET, name, NULL);
    tb_buffer_cstr(out, value);
    return TB_OK;
}

static tb_status read_file(const char *path, tb_buffer *out, tb_error *error)
{
    if (tb_platform_path_kind(path) == TB_PATH_FILE && !tb_platform_is_private(path))
        return tb_error_set(error, TB_INVALID, TB_MSG_SEND_SECRET_NOT_PRIVATE, path, NULL);
    tb_status status = tb_platform_read_file(path, out, error);
    if (status != TB_OK) {
        tb_error_locate(error, path, NULL);
        return status;
    }
    while (out->size > 0 && (out->data[out->size - 1] == '\n' || out->data[out->size - 1] == '\r'))
        out->data[--out->size] = '\0';
    return TB_OK;
}

tb_status tb_secret_read(const tb_secret_place *place, tb_buffer *out, tb_error *error)
{
    tb_status status = TB_OK;
    tb_buffer_reset(out);
    if (place->environment != NULL)
        status = read_environment(place->environment, out, error);
    else if (place->file != NULL)
        status = read_file(place->file, out, error);
    if (status == TB_OK && out->failed)
        status = tb_error_memory(error);
    return status;
}

void tb_secret_done(tb_buffer *secret)
{
    volatile char *p = secret->data; /* so that the writes are not left out */
    for (size_t i = 0; p != NULL && i < secret->capacity; i++)
        p[i] = '\0';
    tb_buffer_done(secret);
}
