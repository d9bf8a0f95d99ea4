/*
 * A byte buffer that grows up to a maximum. After a failed append it stays failed and swallows
 * what follows, so that a writer can append many times and ask once.
 */
#ifndef TB_BASE_BUFFER_H
#define TB_BASE_BUFFER_H

#include <stdbool.h>
#include <stddef.h>

#include "base/text.h"

typedef struct tb_buffer {
    char *data;      /* owned; always ended by NUL beyond size when not NULL */
    size_t size;     /* bytes in use */
    size_t capacity; /* bytes allocated */
    size_t max;      /* size never exceeds this */
    bool failed;     /* memory or the maximum was exhausted */
} tb_buffer;

void tb_buffer_init(tb_buffer *buffer, size_t max);
void tb_buffer_done(tb_buffer *buffer);
/* Empties it, keeps its memory, forgets a failure. */
void tb_buffer_reset(tb_buffer *buffer);

void tb_buffer_append(tb_buffer *buffer, const void *data, size_t size);
void tb_buffer_text(tb_buffer *buffer, tb_str text);
void tb_buffer_cstr(tb_buffer *buffer, const char *text);
static inline void tb_buffer_char(tb_buffer *buffer, char c)
{
    if (buffer->failed || buffer->size >= buffer->max || buffer->size + 1 >= buffer->capacity) {
        tb_buffer_append(buffer, &c, 1);
        return;
    }
    buffer->data[buffer->size++] = c;
    buffer->data[buffer->size] = '\0';
}
void tb_buffer_uint(tb_buffer *buffer, unsigned long long number);

char *tb_buffer__make_room(tb_buffer *buffer, size_t size);

/* Makes room for `size` more bytes and returns where they go; NULL on failure. The caller then
 * adds what it wrote to buffer->size. */
static inline char *tb_buffer_reserve(tb_buffer *buffer, size_t size)
{
    bool room = !buffer->failed && size <= buffer->max - buffer->size &&
                size < buffer->capacity - buffer->size;
    return room ? buffer->data + buffer->size : tb_buffer__make_room(buffer, size);
}

/* What is in it; borrowed until the next change. */
tb_str tb_buffer_get(const tb_buffer *buffer);

#endif
