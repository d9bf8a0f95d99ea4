/*
 * What the parser says: where and why a formula is wrong, or its instructions.
 */
#include <string.h>

#include "rule/parser.h"

#define SHOWN_SOURCE 40 /* bytes of a wrong token in a message */

/* ---- failures ---- */

void tb_parser__point_at(tb_parser *p, size_t offset, size_t size)
{
    p->where = (tb_formula_error){.offset = offset, .size = size, .line = 1, .column = 1};
    for (size_t at = 0; at < offset && at < p->source.size;) {
        if (tb_text_next(p->source, &at) == '\n') {
            p->where.line++;
            p->where.column = 1;
        } else {
            p->where.column++;
        }
    }
}

void tb_parser__point_at_token(tb_parser *p, const tb_token *token)
{
    size_t size = token->source.size > 0 ? token->source.size : 1;
    tb_parser__point_at(p, (size_t)(token->source.data - p->source.data), size);
}

bool tb_parser__fail_memory(tb_parser *p)
{
    p->status = tb_error_memory(p->error);
    return false;
}

/* A NUL-ended copy for a message, cut where it is long. */
static const char *show(tb_str text, char out[SHOWN_SOURCE + 8])
{
    size_t size = 0;
    for (size_t at = 0; at < text.size && at <= SHOWN_SOURCE - 4;) {
        tb_text_next(text, &at);
        size = at;
    }
    if (size > 0)
        memcpy(out, text.data, size);
    strcpy(out + size, size < text.size ? "…" : "");
    return out;
}

bool tb_parser__fail_at(tb_parser *p, const tb_token *token, tb_message message)
{
    char shown[SHOWN_SOURCE + 8];
    tb_parser__point_at_token(p, token);
    p->status = tb_error_set(p->error, TB_INVALID, message, show(token->source, shown), NULL);
    return false;
}

bool tb_parser__fail_expected(tb_parser *p, tb_message message, tb_message at_end)
{
    if (p->token.kind == TB_TOKEN_WRONG)
        return tb_parser__fail_at(p, &p->token, p->token.problem);
    return tb_parser__fail_at(p, &p->token, p->token.kind == TB_TOKEN_END ? at_end : message);
}

bool tb_parser__fail_limit(tb_parser *p, const tb_token *token, tb_message message, size_t limit)
{
    char digits[TB_DECIMAL_TEXT_SIZE];
    tb_decimal_format(tb_decimal_of((int64_t)limit), digits);
    tb_parser__point_at_token(p, token);
    p->status = tb_error_set(p->error, TB_LIMIT, message, digits, NULL);
    return false;
}

bool tb_parser__fail_unknown(tb_parser *p, const tb_token *name, tb_str near, tb_message unknown,
                             tb_message unknown_near)
{
    char shown[SHOWN_SOURCE + 8], shown_near[SHOWN_SOURCE + 8];
    tb_parser__point_at_token(p, name);
    p->status = near.data == NULL
                    ? tb_error_set(p->error, TB_INVALID, unknown, show(name->source, shown), NULL)
                    : tb_error_set(p->error, TB_INVALID, unknown_near, show(name->source, shown),
                                   show(near, shown_near), NULL);
    return false;
}

/* ---- emitting ---- */

void *tb_parser__append(tb_parser *p, tb_parser_list *items, size_t size)
{
    if (items->count == items->capacity) {
        size_t capacity = items->capacity == 0 ? 8 : 2 * items->capacity;
        void *grown = tb_arena_grow(&p->work, items->items, items->count, capacity, size);
        if (grown == NULL) {
            tb_parser__fail_memory(p);
            return NULL;
        }
        items->items = grown;
        items->capacity = capacity;
    }
    return (char *)items->items + size * items->count++;
}

bool tb_parser__emit(tb_parser *p, tb_opcode op, size_t a, size_t b)
{
    tb_instruction *place = tb_parser__append(p, &p->instructions, sizeof *place);
    if (place == NULL)
        return false;
    *place = (tb_instruction){op, (uint32_t)a, (uint32_t)b};
    return true;
}

tb_instruction *tb_parser__instruction(tb_parser *p, size_t index)
{
    return (tb_instruction *)p->instructions.items + index;
}

void tb_parser__push(tb_parser *p)
{
    if (++p->stack > p->stack_size)
        p->stack_size = p->stack;
}

bool tb_parser__emit_constant(tb_parser *p, tb_value value)
{
    tb_value *place = tb_parser__append(p, &p->constants, sizeof *place);
    if (place == NULL)
        return false;
    *place = value;
    tb_parser__push(p);
    return tb_parser__emit(p, TB_OP_CONSTANT, p->constants.count - 1, 0);
}

bool tb_parser__emit_reference(tb_parser *p, const tb_reference *reference)
{
    const tb_reference *known = p->references.items;
    size_t index = 0;
    while (index < p->references.count && !tb_reference_equal(&known[index], reference))
        index++;
    if (index == p->references.count) {
        tb_reference *place = tb_parser__append(p, &p->references, sizeof *place);
        if (place == NULL)
            return false;
        *place = *reference;
    }
    tb_parser__push(p);
    return tb_parser__emit(p, TB_OP_REFERENCE, index, 0);
}
