/*
 * Bytes of rows and cells.
 */
#include "sum/sheaf.h"

#include <stdio.h>

#define PLACED     0x80u /* in a cell's first byte: its place follows */
#define LONG_SIZE  0xFFu /* instead of a size: four bytes of it follow */
#define HEAD_BYTES (1 + sizeof(tb_address) + 1 + sizeof(uint32_t))

void tb_sheaf_row(tb_buffer *out, size_t table)
{
    uint16_t number = (uint16_t)table;
    tb_buffer_append(out, &number, sizeof number);
}

void tb_sheaf_none(tb_buffer *out, size_t count)
{
    char *place = tb_buffer_reserve(out, count);
    if (place == NULL)
        return;
    memset(place, TB_SUM_NONE, count);
    out->size += count;
}

void tb_sheaf_cell(tb_buffer *out, tb_sum_kind kind, tb_str text, const tb_address *at)
{
    if (text.size == 0 || text.size > UINT32_MAX) {
        tb_sheaf_none(out, 1);
        return;
    }
    char *begin = tb_buffer_reserve(out, HEAD_BYTES + text.size), *p = begin;
    if (p == NULL)
        return;
    *p++ = (char)((unsigned)kind | (at != NULL ? PLACED : 0u));
    if (at != NULL) {
        memcpy(p, at, sizeof *at);
        p += sizeof *at;
    }
    uint32_t size = (uint32_t)text.size;
    if (size < LONG_SIZE) {
        *p++ = (char)size;
    } else {
        *p++ = (char)LONG_SIZE;
        memcpy(p, &size, sizeof size);
        p += sizeof size;
    }
    memcpy(p, text.data, size);
    out->size += (size_t)(p - begin) + size;
}

void tb_sheaf_count(tb_buffer *out, uint64_t number)
{
    char text[24];
    int size = snprintf(text, sizeof text, "%llu", (unsigned long long)number);
    tb_sheaf_cell(out, TB_SUM_COUNT, (tb_str){text, (size_t)size}, NULL);
}

static void skip(tb_sheaf_reader *reader, size_t size)
{
    reader->rest.data += size;
    reader->rest.size -= size;
}

bool tb_sheaf_next_row(tb_sheaf_reader *reader, size_t *ret_table)
{
    uint16_t number;
    if (reader->rest.size < sizeof number)
        return false;
    memcpy(&number, reader->rest.data, sizeof number);
    skip(reader, sizeof number);
    *ret_table = number;
    return true;
}

static void next_cell(tb_sheaf_reader *reader, tb_sum_cell *cell)
{
    unsigned head = (unsigned char)reader->rest.data[0];
    *cell =
        (tb_sum_cell){.kind = (tb_sum_kind)(head & ~PLACED), .has_source = (head & PLACED) != 0};
    skip(reader, 1);
    if (cell->kind == TB_SUM_NONE)
        return;
    if (cell->has_source) {
        memcpy(&cell->at, reader->rest.data, sizeof cell->at);
        skip(reader, sizeof cell->at);
    }
    uint32_t size = (unsigned char)reader->rest.data[0];
    skip(reader, 1);
    if (size == LONG_SIZE) {
        memcpy(&size, reader->rest.data, sizeof size);
        skip(reader, sizeof size);
    }
    cell->text = (tb_str){reader->rest.data, size};
    skip(reader, size);
}

void tb_sheaf_next_cells(tb_sheaf_reader *reader, tb_sum_cell *cells, size_t count)
{
    for (size_t i = 0; i < count; i++)
        next_cell(reader, &cells[i]);
}
