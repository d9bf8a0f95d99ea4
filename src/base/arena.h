/*
 * An arena: memory that is given out piece by piece and taken back all at once. Everything that
 * belongs to one workbook, one definition or one check lives in one arena; nothing in it is freed
 * alone. An arena has a maximum, so hostile input can't take more. Not safe between threads.
 */
#ifndef TB_BASE_ARENA_H
#define TB_BASE_ARENA_H

#include <stddef.h>

#include "base/text.h"

typedef struct tb_arena_chunk tb_arena_chunk;

typedef struct tb_arena {
    tb_arena_chunk *chunks; /* newest first; the arena owns them */
    size_t used;            /* bytes given out of the newest chunk */
    size_t total;           /* bytes in all chunks */
    size_t max;             /* total never exceeds this */
    bool exhausted;         /* something was refused because of max, not for want of memory */
} tb_arena;

/* An empty arena of at most `max` bytes. Takes no memory yet. */
void tb_arena_init(tb_arena *arena, size_t max);

/* Frees everything. The arena may be initialised again. A zeroed arena is fine too. */
void tb_arena_done(tb_arena *arena);

/* Takes back everything that was given out but keeps one chunk, for the next round. */
void tb_arena_reset(tb_arena *arena);

/* `size` zeroed bytes, aligned for any type; NULL when memory or the maximum is exhausted. */
void *tb_arena_alloc(tb_arena *arena, size_t size);

/* The same without zeroing, for what is written at once. */
void *tb_arena_room(tb_arena *arena, size_t size);
/* Gives back what is behind the first `kept` bytes of `place`, where that was the last piece given
 * out; else does nothing. */
void tb_arena_shorten(tb_arena *arena, void *place, size_t size, size_t kept);

/* count * size zeroed bytes; NULL also when the product overflows. */
void *tb_arena_array(tb_arena *arena, size_t count, size_t size);

/* A copy of the text, ended by NUL (not counted in its length); .data is NULL on failure. */
tb_str tb_arena_dup(tb_arena *arena, tb_str text);

/* A grown copy for arrays built by doubling: moves `old_count` elements into room for
 * `new_count`. In place where the array is the last piece given out. NULL on failure. */
void *tb_arena_grow(tb_arena *arena, void *old, size_t old_count, size_t new_count, size_t size);

#endif
