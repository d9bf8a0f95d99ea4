/*
 * Random numbers that are the same everywhere: xorshift64, from a seed that is not 0.
 */
#ifndef TB_TESTS_RANDOM_H
#define TB_TESTS_RANDOM_H

#include <stddef.h>
#include <stdint.h>

static inline uint64_t test_random(uint64_t *state)
{
    *state ^= *state << 13;
    *state ^= *state >> 7;
    *state ^= *state << 17;
    return *state;
}

static inline size_t test_random_below(uint64_t *state, size_t limit)
{
    return (size_t)(test_random(state) % limit);
}

#endif
