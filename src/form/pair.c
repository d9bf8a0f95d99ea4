/*
 * Pairs blocks of two scopes by the texts of one column: the long-term and the annual goal that
 * have the most indicators in common belong together, whatever their numbers are. Each block has
 * one partner at most; the rows of partners pair by the same text.
 */
#include <stdlib.h>
#include <string.h>

#include "base/limits.h"
#include "form/dictionary.h"
#include "form/locate.h"

/* A row that has a name; the rows of one name stand together, else they keep their order. */
typedef struct named_row {
    size_t name; /* which of the names, from 0 */
    tb_record *row;
    size_t block;
} named_row;

typedef struct named_rows {
    size_t count;
    named_row *rows;
    size_t *starts; /* of each name: its first row; one more than names */
} named_rows;

/* The names of all rows, numbered as they come: open addressing by the key's hash. */
typedef struct name_table {
    size_t count, size; /* size is a power of two, more than the names can be */
    struct name_slot {
        tb_str key; /* empty: free */
        size_t name;
    } * slots;
} name_table;

typedef struct overlap {
    size_t left, right, count;
} overlap;

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

static size_t count_rows(const tb_record_list *blocks)
{
    size_t count = 0;
    for (size_t i = 0; i < blocks->count; i++)
        count += rows_of(blocks->records[i])->count;
    return count;
}

static size_t number_of(name_table *names, tb_str key)
{
    uint64_t seed = (uintptr_t)names->slots;
    size_t at = (size_t)tb_str_hash(key, seed) & (names->size - 1);
    while (names->slots[at].key.size > 0 && !tb_str_equal(names->slots[at].key, key))
        at = (at + 1) & (names->size - 1);
    if (names->slots[at].key.size == 0)
        names->slots[at] = (struct name_slot){key, names->count++};
    return names->slots[at].name;
}

/* The key of a row's name; NULL data: no memory. */
static tb_str key_of(const tb_locator *locator, const tb_item *name)
{
    tb_str key = {NULL, 0};
    if (name->content != NULL)
        key = tb_dictionary_key(locator->reader.dictionary, name->content);
    return key.data != NULL ? key : tb_text_key(locator->arena, name->text);
}

/* The named rows of all blocks in their order. */
static bool collect_rows(tb_locator *locator, const tb_record_list *blocks, name_table *names,
                         named_rows *ret)
{
    size_t field = ((const tb_block_layout *)blocks->scope->layout)->pair_field;
    *ret = (named_rows){.rows = tb_locator__array(locator, count_rows(blocks), sizeof *ret->rows)};
    if (ret->rows == NULL)
        return false;
    for (size_t i = 0; i < blocks->count; i++) {
        const tb_record_list *list = rows_of(blocks->records[i]);
        for (size_t j = 0; j < list->count; j++) {
            const tb_item *name = list->records[j]->items[field];
            tb_str key = key_of(locator, name);
            if (key.data == NULL && name->text.size > 0)
                return tb_locator__no_memory(locator);
            if (key.size > 0)
                ret->rows[ret->count++] = (named_row){number_of(names, key), list->records[j], i};
        }
    }
    return true;
}

/* Brings the rows of one name together. */
static bool group_rows(tb_locator *locator, size_t name_count, named_rows *rows)
{
    size_t *starts = tb_locator__array(locator, name_count + 2, sizeof *starts);
    named_row *grouped = tb_locator__array(locator, rows->count, sizeof *grouped);
    if (starts == NULL || grouped == NULL)
        return false;
    for (size_t i = 0; i < rows->count; i++)
        starts[rows->rows[i].name + 2]++;
    for (size_t i = 2; i < name_count + 2; i++)
        starts[i] += starts[i - 1];
    for (size_t i = 0; i < rows->count; i++)
        grouped[starts[rows->rows[i].name + 1]++] = rows->rows[i];
    rows->rows = grouped;
    rows->starts = starts;
    return true;
}

/* The rows of both sides that have names. */
static bool name_rows(tb_locator *locator, const tb_record_list *left_blocks,
                      const tb_record_list *right_blocks, named_rows *left, named_rows *right)
{
    name_table names = {.size = 2};
    while (names.size <= 2 * (count_rows(left_blocks) + count_rows(right_blocks)))
        names.size *= 2;
    names.slots = tb_locator__array(locator, names.size, sizeof *names.slots);
    return names.slots != NULL && collect_rows(locator, left_blocks, &names, left) &&
           collect_rows(locator, right_blocks, &names, right) &&
           group_rows(locator, names.count, left) && group_rows(locator, names.count, right);
}

#define BLOCKS_MAX 512 /* of each side, that are paired */

/* table[l * width + r]: how many names the blocks l and r share. */
static void count_overlaps(const named_rows *left, const named_rows *right, size_t *table,
                           size_t width)
{
    for (size_t i = 0; i < left->count; i++) {
        const named_row *row = &left->rows[i];
        if (i > 0 && row->name == row[-1].name && row->block == row[-1].block)
            continue;
        size_t last = SIZE_MAX;
        for (size_t j = right->starts[row->name]; j < right->starts[row->name + 1]; j++) {
            size_t block = right->rows[j].block;
            if (block != last)
                table[row->block * width + block]++;
            last = block;
        }
    }
}

/* Rows of the same name in two partners; the first with the first. */
static void pair_rows(const named_rows *left, const named_rows *right, const tb_record_list *blocks)
{
    for (size_t i = 0; i < left->count; i++) {
        const named_row *row = &left->rows[i];
        const tb_record *partner = blocks->records[row->block]->pair;
        size_t end = right->starts[row->name + 1];
        for (size_t j = right->starts[row->name];
             partner != NULL && row->row->pair == NULL && j < end; j++) {
            tb_record *other = right->rows[j].row;
            if (other->parent != partner || other->pair != NULL)
                continue;
            row->row->pair = other;
            other->pair = row->row;
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
    named_rows left, right;
    size_t *table = tb_locator__array(locator, list->count * other->count, sizeof *table);
    if (table == NULL || !name_rows(locator, list, other, &left, &right))
        return false;
    count_overlaps(&left, &right, table, other->count);
    if (!pair_blocks(locator, list, other, table))
        return false;
    pair_rows(&left, &right, list);
    return true;
}
