/*
 * Nearness is the Levenshtein distance in characters; up to a third of the name may differ.
 */
#include "rule/near_name.h"

#define MAX_CHARACTERS 48

static size_t decode(tb_str text, uint32_t out[MAX_CHARACTERS])
{
    size_t count = 0;
    for (size_t offset = 0; offset < text.size && count < MAX_CHARACTERS;)
        out[count++] = tb_text_next(text, &offset);
    return count;
}

static size_t smallest(size_t a, size_t b, size_t c)
{
    size_t least = a < b ? a : b;
    return least < c ? least : c;
}

static size_t measure_distance(tb_str one, tb_str other)
{
    uint32_t a[MAX_CHARACTERS], b[MAX_CHARACTERS];
    size_t a_count = decode(one, a), b_count = decode(other, b);
    size_t row[MAX_CHARACTERS + 1];
    for (size_t j = 0; j <= b_count; j++)
        row[j] = j;
    for (size_t i = 1; i <= a_count; i++) {
        size_t diagonal = row[0];
        row[0] = i;
        for (size_t j = 1; j <= b_count; j++) {
            size_t replaced = diagonal + (a[i - 1] != b[j - 1]);
            diagonal = row[j];
            row[j] = smallest(row[j] + 1, row[j - 1] + 1, replaced);
        }
    }
    return row[b_count];
}

void tb_near_name_init(tb_near_name *near, tb_str wanted)
{
    *near = (tb_near_name){.wanted = wanted, .distance = tb_text_length(wanted) / 3 + 1};
}

void tb_near_name_offer(tb_near_name *near, tb_str name)
{
    if (name.size == 0)
        return;
    size_t distance = measure_distance(near->wanted, name);
    if (distance < near->distance) {
        near->distance = distance;
        near->best = name;
    }
}
