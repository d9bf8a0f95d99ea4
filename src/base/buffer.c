/*
 * The growing byte buffer.
 */
#include "base/buffer.h"

#include <stdlib.h>
#include <string.h>

#define FIRST_CAPACITY 256

void tb_buffer_init(tb_buffer *buffer, size_t max)
{
    *buffer = (tb_buffer){.max = max};
}

void tb_buffer_done(tb_buffer *buffer)
{
    free(buffer->data);
    *buffer = (tb_buffer){0};
}

void tb_buffer_reset(tb_buffer *buffer)
{
    buffer->size = 0;
    buffer->failed = false;
    if (buffer->data != NULL)
        buffer->data[0] = '\0';
}

/* Makes the capacity at least `needed` + 1. */
static bool grow(tb_buffer *buffer, size_t needed)
{
    size_t capacity = buffer->capacity > 0 ? buffer->capacity : FIRST_CAPACITY;
    while (capacity <= needed)
        capacity *= 2;
    char *data = realloc(buffer->data, capacity);
    if (data == NULL)
        return false;
    buffer->data = data;
    buffer->capacity = capacity;
    return true;
}

char *tb_buffer__make_room(tb_buffer *buffer, size_t size)
{
    if (buffer->failed)
        return NULL;
    if (size > buffer->max - buffer->size) {
        buffer->failed = true;
        return NULL;
    }
    if (buffer->size + size >= buffer->capacity && !grow(buffer, buffer->size + size)) {
        buffer->failed = true;
        return NULL;
    }
    return buffer->data + buffer->size;
}

void tb_buffer_append(tb_buffer *buffer, const void *data, size_t size)
{
    char *place = tb_buffer_reserve(buffer, size);
    if (place == NULL)
        return;
    if (size > 0)
        memcpy(place, data, size);
    buffer->size += size;
    buffer->data[buffer->size] = '\0';
}

void tb_buffer_text(tb_buffer *buffer, tb_str text)
{
    tb_buffer_append(buffer, text.data, text.size);
}

void tb_buffer_cstr(tb_buffer *buffer, const char *text)
{
    tb_buffer_append(buffer, text, strlen(text));
}

void tb_buffer_uint(tb_buffer *buffer, unsigned long long number)
{
    char digits[24];
    size_t at = sizeof digits;
    do {
        digits[--at] = (char)('0' + number % 10);
        number /= 10;
    } while (number > 0);
    tb_buffer_append(buffer, digits + at, sizeof digits - at);
}

tb_str tb_buffer_get(const tb_buffer *buffer)
{
    return (tb_str){buffer->data, buffer->size};
}
