/*
 * The arena. Chunks double in size up to a bound; a reset keeps the largest.
 */
#include "base/arena.h"

#include <stdalign.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

/* Under AddressSanitizer what was not given out is poisoned, so that it still finds overruns. */
#if defined(__SANITIZE_ADDRESS__)
#define POISONING 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define POISONING 1
#endif
#endif
#ifdef POISONING
#include <sanitizer/asan_interface.h>
#define poison(p, n)   ASAN_POISON_MEMORY_REGION(p, n)
#define unpoison(p, n) ASAN_UNPOISON_MEMORY_REGION(p, n)
#define RED_ZONE       16
#else
#define poison(p, n)   ((void)(p), (void)(n))
#define unpoison(p, n) ((void)(p), (void)(n))
#define RED_ZONE       0
#endif

#define FIRST_CHUNK   ((size_t)16 << 10)
#define LARGEST_CHUNK ((size_t)4 << 20)
#define ALIGNMENT     alignof(max_align_t)

struct tb_arena_chunk {
    tb_arena_chunk *next;
    size_t size; /* of bytes */
    alignas(max_align_t) unsigned char bytes[];
};

void tb_arena_init(tb_arena *arena, size_t max)
{
    *arena = (tb_arena){.max = max};
}

static void free_chunk(tb_arena *arena, tb_arena_chunk *chunk)
{
    arena->total -= chunk->size;
    unpoison(chunk->bytes, chunk->size);
    free(chunk);
}

void tb_arena_done(tb_arena *arena)
{
    while (arena->chunks != NULL) {
        tb_arena_chunk *chunk = arena->chunks;
        arena->chunks = chunk->next;
        free_chunk(arena, chunk);
    }
    arena->used = 0;
}

void tb_arena_reset(tb_arena *arena)
{
    tb_arena_chunk *kept = NULL;
    while (arena->chunks != NULL) {
        tb_arena_chunk *chunk = arena->chunks;
        arena->chunks = chunk->next;
        if (kept != NULL && kept->size >= chunk->size) {
            free_chunk(arena, chunk);
            continue;
        }
        if (kept != NULL)
            free_chunk(arena, kept);
        kept = chunk;
    }
    arena->chunks = kept;
    arena->used = 0;
    arena->exhausted = false;
    if (kept != NULL) {
        kept->next = NULL;
        poison(kept->bytes, kept->size);
    }
}

static bool add_chunk(tb_arena *arena, size_t size)
{
    size_t wanted = arena->chunks == NULL ? FIRST_CHUNK : arena->chunks->size * 2;
    if (wanted > LARGEST_CHUNK)
        wanted = LARGEST_CHUNK;
    if (wanted < size)
        wanted = size;
    if (wanted > arena->max - arena->total)
        wanted = arena->max - arena->total;
    if (wanted < size) {
        arena->exhausted = true;
        return false;
    }
    tb_arena_chunk *chunk = malloc(sizeof *chunk + wanted);
    if (chunk == NULL)
        return false;
    *chunk = (tb_arena_chunk){.next = arena->chunks, .size = wanted};
    poison(chunk->bytes, wanted);
    arena->chunks = chunk;
    arena->used = 0;
    arena->total += wanted;
    return true;
}

static size_t rounded(size_t size)
{
    return (size + RED_ZONE + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
}

void *tb_arena_room(tb_arena *arena, size_t size)
{
    if (size > arena->max || size > SIZE_MAX / 2) {
        arena->exhausted = true;
        return NULL;
    }
    size_t taken = rounded(size > 0 ? size : 1);
    if (arena->chunks == NULL || taken > arena->chunks->size - arena->used) {
        if (!add_chunk(arena, taken))
            return NULL;
    }
    unsigned char *place = arena->chunks->bytes + arena->used;
    arena->used += taken;
    unpoison(place, size);
    return place;
}

void *tb_arena_alloc(tb_arena *arena, size_t size)
{
    void *place = tb_arena_room(arena, size);
    return place == NULL ? NULL : memset(place, 0, size);
}

void tb_arena_shorten(tb_arena *arena, void *place, size_t size, size_t kept)
{
    size_t taken = rounded(size > 0 ? size : 1), left = rounded(kept > 0 ? kept : 1);
    unsigned char *bytes = place;
    if (left >= taken || arena->used < taken || bytes != arena->chunks->bytes + arena->used - taken)
        return;
    arena->used -= taken - left;
    poison(bytes + kept, taken - kept);
}

void *tb_arena_array(tb_arena *arena, size_t count, size_t size)
{
    if (size > 0 && count > SIZE_MAX / size)
        return NULL;
    return tb_arena_alloc(arena, count * size);
}

tb_str tb_arena_dup(tb_arena *arena, tb_str text)
{
    char *copy = tb_arena_room(arena, text.size + 1);
    if (copy == NULL)
        return (tb_str){NULL, 0};
    if (text.size > 0)
        memcpy(copy, text.data, text.size);
    copy[text.size] = '\0';
    return (tb_str){copy, text.size};
}

/* When `old` is the last piece given out and the chunk has room: makes it longer where it is. */
static bool extend(tb_arena *arena, void *old, size_t old_size, size_t new_size)
{
    if (old == NULL || arena->chunks == NULL)
        return false;
    size_t old_taken = rounded(old_size > 0 ? old_size : 1);
    size_t new_taken = rounded(new_size);
    unsigned char *place = old;
    if (arena->used < old_taken || place != arena->chunks->bytes + arena->used - old_taken)
        return false;
    if (new_taken - old_taken > arena->chunks->size - arena->used)
        return false;
    arena->used += new_taken - old_taken;
    unpoison(place, new_size);
    memset(place + old_size, 0, new_size - old_size);
    return true;
}

void *tb_arena_grow(tb_arena *arena, void *old, size_t old_count, size_t new_count, size_t size)
{
    if (size > 0 && new_count > SIZE_MAX / 2 / size)
        return NULL;
    if (extend(arena, old, old_count * size, new_count * size))
        return old;
    void *copy = tb_arena_array(arena, new_count, size);
    if (copy != NULL && old_count > 0)
        memcpy(copy, old, old_count * size);
    return copy;
}
