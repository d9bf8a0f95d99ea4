/*
 * A pool of marks.
 */
#include "calc/marks/layer.h"

#include <stdlib.h>

#include "calc/uno/value.h"

void tb_mark_layer_begin(tb_mark_layer *layer)
{
    for (size_t i = 0; i < layer->count; i++)
        layer->signs[i].used = false;
}

/* The mark that is there already, else one that is free, else NULL. */
static tb_sign *find_sign(tb_mark_layer *layer, tb_severity severity, sal_Int32 row,
                          sal_Int32 column)
{
    tb_sign *spare = NULL;
    for (size_t i = 0; i < layer->count; i++) {
        tb_sign *sign = &layer->signs[i];
        if (sign->severity != severity)
            continue;
        if (sign->row == row && sign->column == column)
            return sign;
        if (!sign->used)
            spare = sign;
    }
    return spare;
}

static tb_sign *make_sign(tb_calls *calls, tb_mark_layer *layer, tb_severity severity)
{
    if (layer->count == TB_MAX_VISIBLE_MARKS)
        return NULL;
    if (layer->count == layer->capacity) {
        size_t wanted = layer->capacity == 0 ? 16 : layer->capacity * 2;
        tb_sign *grown = realloc(layer->signs, wanted * sizeof *grown);
        if (grown == NULL)
            return NULL;
        layer->signs = grown;
        layer->capacity = wanted;
    }
    tb_sign *sign = &layer->signs[layer->count++];
    tb_sign_make(calls, sign, severity, layer->window);
    return sign;
}

void tb_mark_layer_place(tb_calls *calls, tb_mark_layer *layer, tb_severity severity, sal_Int32 row,
                         sal_Int32 column, const tb_rectangle *cell)
{
    tb_sign *sign = find_sign(layer, severity, row, column);
    if (sign == NULL)
        sign = make_sign(calls, layer, severity);
    if (sign == NULL)
        return;
    sign->used = true;
    sign->row = row;
    sign->column = column;
    tb_sign_place(calls, sign, cell);
}

void tb_mark_layer_end(tb_calls *calls, tb_mark_layer *layer)
{
    for (size_t i = 0; i < layer->count; i++)
        if (!layer->signs[i].used)
            tb_sign_hide(calls, &layer->signs[i]);
}

void tb_mark_layer_done(tb_mark_layer *layer)
{
    for (size_t i = 0; i < layer->count; i++)
        tb_sign_dispose(&layer->signs[i]);
    free(layer->signs);
    tb_object_clear(&layer->table);
    tb_object_clear(&layer->accessible);
    tb_object_clear(&layer->window);
    *layer = (tb_mark_layer){0};
}
