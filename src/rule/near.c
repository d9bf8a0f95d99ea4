/*
 * The edit distance of two short names, by characters, letters' case apart. A name is near when at
 * most a third of its characters (and at least one) would have to change.
 */
#include "rule/near.h"

#include <string.h>

#define NAME_MAX_LENGTH 48 /* characters; longer names are near to nothing */

static uint32_t fold(uint32_t c)
{
    return c >= 'A' && c <= 'Z' ? c + 32 : c;
}

/* Returns the number of characters, or NAME_MAX_LENGTH + 1 when there are more than fit. */
static size_t split(tb_str text, uint32_t out[NAME_MAX_LENGTH])
{
    size_t length = 0;
    for (size_t at = 0; at < text.size; length++) {
        if (length == NAME_MAX_LENGTH)
            return NAME_MAX_LENGTH + 1;
        out[length] = fold(tb_text_next(text, &at));
    }
    return length;
}

static size_t least(size_t a, size_t b, size_t c)
{
    size_t ab = a < b ? a : b;
    return ab < c ? ab : c;
}

static size_t measure(const uint32_t *a, size_t a_length, const uint32_t *b, size_t b_length)
{
    size_t row[NAME_MAX_LENGTH + 1];
    for (size_t j = 0; j <= b_length; j++)
        row[j] = j;
    for (size_t i = 1; i <= a_length; i++) {
        size_t diagonal = row[0];
        row[0] = i;
        for (size_t j = 1; j <= b_length; j++) {
            size_t above = row[j];
            row[j] = least(above + 1, row[j - 1] + 1, diagonal + (a[i - 1] != b[j - 1]));
            diagonal = above;
        }
    }
    return row[b_length];
}

tb_nearest tb_nearest_begin(tb_str name)
{
    return (tb_nearest){.name = name};
}

void tb_nearest_offer(tb_nearest *nearest, tb_str candidate)
{
    uint32_t a[NAME_MAX_LENGTH], b[NAME_MAX_LENGTH];
    size_t a_length = split(nearest->name, a), b_length = split(candidate, b);
    if (a_length > NAME_MAX_LENGTH || b_length > NAME_MAX_LENGTH || a_length == 0)
        return;
    size_t distance = measure(a, a_length, b, b_length);
    size_t limit = a_length < 6 ? 1 + (a_length > 3) : a_length / 3;
    if (distance > limit || distance >= a_length || distance >= b_length)
        return;
    if (nearest->best.data == NULL || distance < nearest->distance) {
        nearest->best = candidate;
        nearest->distance = distance;
    }
}
