/*
 * Pairs blocks of two scopes by the texts of one column: the long-term and the annual goal that
 * have the most indicators in common belong together, whatever their numbers are. Each block has
 * one partner at most; the rows of partners pair by the same text.
 */
#include <stdlib.h>
#include <string.h>

#include "base/limits.h"
#include "form/locate.h"

typedef struct named_row {
    tb_str key;
    tb_record *row;
    size_t block;
} named_row;

typedef struct overlap {
    size_t left, right, count;
} overlap;

static int compare_rows(const void *a, const void *b)
{
    const named_row *left = a, *right = b;
    int order = tb_str_compare(left->key, right->key);
    if (order != 0)
        return order;
    if (left->block != right->block)
        return left->block < right->block ? -1 : 1;
    return (left->row->index > right->row->index) - (left->row->index < right->row->index);
}

/* Larger overlaps first; of equal ones those that stand nearer to the same place. */
static int compare_overlaps(const void *a, const void *b)
{
    const overlap *left = a, *right = b;
    if (left->count != right->count)
        return left->count > right->count ? -1 : 1;
    size_t left_distance =
        left->left > left->right ? left->left - left->right : left->right - left->left;
    size_t right_distance =
        right->left > right->right ? right->left - right->right : right->right - right->left;
    if (left_distance != right_distance)
        return left_distance < right_distance ? -1 : 1;
    return left->left < right->left ? -1 : left->left > right->left;
}

static const tb_record_list *rows_of(const tb_record *block)
{
    const tb_block_layout *layout = block->scope->layout;
    return &block->lists[layout->pair_scope];
}

/* The named rows of all blocks, sorted by their names. */
static bool collect_rows(tb_locator *locator, const tb_record_list *blocks, named_row **ret,
                         size_t *ret_count)
{
    const tb_block_layout *layout = blocks->scope->layout;
    size_t total = 0, count = 0;
    for (size_t i = 0; i < blocks->count; i++)
        total += rows_of(blocks->records[i])->count;
    named_row *rows = tb_locator__array(locator, total, sizeof *rows);
    if (rows == NULL)
        return false;
    for (size_t i = 0; i < blocks->count; i++) {
        const tb_record_list *list = rows_of(blocks->records[i]);
        for (size_t j = 0; j < list->count; j++) {
            const tb_item *name = list->records[j]->items[layout->pair_field];
            tb_str key = tb_text_key(locator->arena, name->text);
            if (key.data == NULL && name->text.size > 0)
                return tb_locator__no_memory(locator);
            if (key.size > 0)
                rows[count++] = (named_row){key, list->records[j], i};
        }
    }
    if (count > 1)
        qsort(rows, count, sizeof *rows, compare_rows);
    *ret = rows;
    *ret_count = count;
    return true;
}

#define BLOCKS_MAX 512 /* of each side, that are paired */

/* table[l * right_count + r]: how many names the blocks l and r share. */
static void count_overlaps(const named_row *left, size_t left_count, const named_row *right,
                           size_t right_count, size_t *table, size_t width)
{
    size_t j = 0;
    for (size_t i = 0; i < left_count; i++) {
        if (i > 0 && left[i].block == left[i - 1].block &&
            tb_str_equal(left[i].key, left[i - 1].key))
            continue;
        while (j < right_count && tb_str_compare(right[j].key, left[i].key) < 0)
            j++;
        size_t last = SIZE_MAX;
        for (size_t k = j; k < right_count && tb_str_equal(right[k].key, left[i].key); k++) {
            if (right[k].block != last)
                table[left[i].block * width + right[k].block]++;
            last = right[k].block;
        }
    }
}

/* Rows of the same name in two partners; the first with the first. */
static void pair_rows(const named_row *left, size_t left_count, const named_row *right,
                      size_t right_count, const tb_record_list *blocks)
{
    size_t j = 0;
    for (size_t i = 0; i < left_count; i++) {
        const tb_record *partner = blocks->records[left[i].block]->pair;
        while (j < right_count && tb_str_compare(right[j].key, left[i].key) < 0)
            j++;
        for (size_t k = j; partner != NULL && left[i].row->pair == NULL && k < right_count &&
                           tb_str_equal(right[k].key, left[i].key);
             k++) {
            if (right[k].row->parent != partner || right[k].row->pair != NULL)
                continue;
            left[i].row->pair = right[k].row;
            right[k].row->pair = left[i].row;
        }
    }
}

static bool pair_blocks(tb_locator *locator, tb_record_list *left, tb_record_list *right,
                        const size_t *table)
{
    size_t count = 0;
    overlap *overlaps = tb_locator__array(locator, left->count * right->count, sizeof *overlaps);
    if (overlaps == NULL)
        return false;
    for (size_t i = 0; i < left->count * right->count; i++) {
        if (table[i] > 0)
            overlaps[count++] = (overlap){i / right->count, i % right->count, table[i]};
    }
    if (count > 1)
        qsort(overlaps, count, sizeof *overlaps, compare_overlaps);
    for (size_t i = 0; i < count; i++) {
        tb_record *a = left->records[overlaps[i].left], *b = right->records[overlaps[i].right];
        if (a->pair == NULL && b->pair == NULL) {
            a->pair = b;
            b->pair = a;
        }
    }
    return true;
}

bool tb_locator__pair(tb_locator *locator, tb_record_list *list)
{
    const tb_block_layout *layout = list->scope->layout;
    if (layout->pair == TB_NO_SLOT || layout->pair < list->scope->slot)
        return true; /* done from the partner's side */
    tb_record_list *other = &locator->form->root->lists[layout->pair];
    if (list->count == 0 || other->count == 0 || list->count > BLOCKS_MAX ||
        other->count > BLOCKS_MAX)
        return true;
    named_row *left, *right;
    size_t left_count, right_count;
    size_t *table = tb_locator__array(locator, list->count * other->count, sizeof *table);
    if (table == NULL || !collect_rows(locator, list, &left, &left_count) ||
        !collect_rows(locator, other, &right, &right_count))
        return false;
    count_overlaps(left, left_count, right, right_count, table, other->count);
    if (!pair_blocks(locator, list, other, table))
        return false;
    pair_rows(left, left_count, right, right_count, list);
    return true;
}
