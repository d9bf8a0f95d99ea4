/*
 * The POSIX side of platform.h.
 */
#define _POSIX_C_SOURCE 200809L

#include "base/platform.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static tb_status open_failed(int number, tb_error *error)
{
    if (number == ENOENT || number == ENOTDIR)
        return tb_error_set(error, TB_IO, TB_MSG_BASE_FILE_MISSING, NULL);
    if (number == EACCES || number == EPERM)
        return tb_error_set(error, TB_IO, TB_MSG_BASE_FILE_DENIED, NULL);
    return tb_error_set(error, TB_IO, TB_MSG_BASE_FILE_READ, strerror(number), NULL);
}

static tb_status too_large(size_t max, tb_error *error)
{
    char mebibytes[24];
    snprintf(mebibytes, sizeof mebibytes, "%zu", max >> 20);
    return tb_error_set(error, TB_LIMIT, TB_MSG_BASE_FILE_TOO_LARGE, mebibytes, NULL);
}

/* What the system says about the open file, before a byte of it is read. */
static tb_status inspect(int file, size_t max, size_t *ret_size, tb_error *error)
{
    struct stat info;
    if (fstat(file, &info) != 0)
        return open_failed(errno, error);
    if (S_ISDIR(info.st_mode))
        return tb_error_set(error, TB_IO, TB_MSG_BASE_FILE_IS_FOLDER, NULL);
    if (!S_ISREG(info.st_mode))
        return tb_error_set(error, TB_IO, TB_MSG_BASE_FILE_NOT_REGULAR, NULL);
    if (info.st_size < 0 || (unsigned long long)info.st_size > max)
        return too_large(max, error);
    *ret_size = (size_t)info.st_size;
    return TB_OK;
}

static tb_status read_all(int file, size_t size, tb_buffer *out, tb_error *error)
{
    if (tb_buffer_reserve(out, size) == NULL)
        return tb_error_memory(error);
    while (out->size < size) {
        ssize_t got = read(file, out->data + out->size, size - out->size);
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0)
            return open_failed(errno, error);
        if (got == 0) /* it became shorter while we read */
            break;
        out->size += (size_t)got;
    }
    out->data[out->size] = '\0';
    return TB_OK;
}

tb_status tb_platform_read_file(const char *path, tb_buffer *out, tb_error *error)
{
    tb_buffer_reset(out);
    /* O_NONBLOCK: opening a pipe must not wait for its other end. */
    int file = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    if (file < 0)
        return open_failed(errno, error);
    size_t size = 0;
    tb_status status = inspect(file, out->max, &size, error);
    if (status == TB_OK)
        status = read_all(file, size, out, error);
    close(file);
    return status;
}
