/*
 * Goes by tokens: NAME = TEXT, KIND(…) = TEXT, COUNTIF(NAME; TEXT).
 */
#include "rule/formula_review.h"

#include <string.h>

#include "base/limits.h"
#include "form/indicator_words.h"
#include "rule/binding.h"
#include "rule/lexer.h"

typedef struct review {
    const tb_resolver *resolver;
    tb_arena *arena;
    tb_token before[3];                           /* the last tokens, the nearest first */
    tb_token functions[TB_MAX_FORMULA_DEPTH + 1]; /* whose arguments are read now */
    size_t depth;
    tb_token closed; /* the function whose arguments ended last */
} review;

static bool is_named(const tb_token *token, const char *name)
{
    return token->kind == TB_TOKEN_NAME && tb_text_equal_folded(token->source, tb_str_of(name));
}

static tb_str unquoted(review *self, const tb_token *token)
{
    char *room = tb_arena_alloc(self->arena, token->source.size + 1);
    return room == NULL ? TB_STR("") : (tb_str){room, tb_token_unquote(token, room)};
}

/* ---- what stands there at all ---- */

static const tb_field *code_field(review *self, const tb_token *name)
{
    tb_reference reference;
    if (name->kind != TB_TOKEN_NAME ||
        !self->resolver->resolve(self->resolver->self, unquoted(self, name), &reference, NULL))
        return NULL;
    const tb_field *field = tb_reference_field(&reference);
    return field != NULL && field->type == TB_FIELD_CODE ? field : NULL;
}

static bool is_code(const tb_code_list *list, tb_str text)
{
    for (size_t i = 0; i < list->code_count; i++)
        if (tb_text_equal_folded(list->codes[i].code, text))
            return true;
    return false;
}

static bool is_kind(tb_str text)
{
    for (int kind = 0; kind <= TB_INDICATOR_QUALITY; kind++)
        if (tb_text_equal_folded(tb_indicator_kind_name((tb_indicator_kind)kind, TB_LANGUAGE_EN),
                                 text))
            return true;
    return false;
}

static bool is_sign(tb_str text)
{
    static const char *const signs[] = {"≥", "≤", "=", ">", "<"};
    for (size_t i = 0; i < sizeof signs / sizeof signs[0]; i++)
        if (tb_str_equal(text, tb_str_of(signs[i])))
            return true;
    return false;
}

/* What COUNTIF takes for more than a text to be equal to. */
static bool is_pattern(tb_str text)
{
    return memchr("<>=", text.data[0], 3) != NULL || memchr(text.data, '*', text.size) != NULL ||
           memchr(text.data, '?', text.size) != NULL;
}

/* ---- the text just read ---- */

static bool is_equality(const tb_token *token)
{
    return token->kind == TB_TOKEN_EQUAL || token->kind == TB_TOKEN_UNEQUAL;
}

static bool is_impossible(review *self, tb_str text, tb_str *ret_where)
{
    const tb_token *operator_ = &self->before[0], *left = &self->before[1];
    bool counted = operator_->kind == TB_TOKEN_SEPARATOR && self->depth > 0 &&
                   is_named(&self->functions[self->depth - 1], "COUNTIF");
    if (text.size == 0 || !(is_equality(operator_) || (counted && !is_pattern(text))))
        return false;
    if (left->kind == TB_TOKEN_CLOSE && is_equality(operator_)) {
        *ret_where = self->closed.source;
        return (is_named(&self->closed, "KIND") && !is_kind(text)) ||
               (is_named(&self->closed, "OPERATOR") && !is_sign(text));
    }
    const tb_field *field = code_field(self, left);
    *ret_where = left->source;
    return field != NULL && !is_code(field->list, text);
}

static void pass(review *self, const tb_token *token)
{
    if (token->kind == TB_TOKEN_OPEN && self->depth < TB_MAX_FORMULA_DEPTH)
        self->functions[self->depth++] = self->before[0];
    else if (token->kind == TB_TOKEN_CLOSE && self->depth > 0)
        self->closed = self->functions[--self->depth];
    memmove(self->before + 1, self->before, 2 * sizeof *self->before);
    self->before[0] = *token;
}

bool tb_formula_find_impossible(tb_str formula, const tb_resolver *resolver, tb_arena *arena,
                                tb_impossible *ret)
{
    review self = {.resolver = resolver, .arena = arena};
    tb_lexer lexer = {.source = formula};
    for (tb_token token = tb_lexer_next(&lexer);
         token.kind != TB_TOKEN_END && token.kind != TB_TOKEN_WRONG;
         token = tb_lexer_next(&lexer)) {
        if (token.kind == TB_TOKEN_TEXT) {
            ret->text = unquoted(&self, &token);
            if (is_impossible(&self, ret->text, &ret->where))
                return true;
        }
        pass(&self, &token);
    }
    return false;
}

bool tb_formula_compares_itself(tb_str formula)
{
    tb_lexer lexer = {.source = formula};
    tb_token left = tb_lexer_next(&lexer), operator_ = tb_lexer_next(&lexer);
    tb_token right = tb_lexer_next(&lexer), end = tb_lexer_next(&lexer);
    return left.kind == TB_TOKEN_NAME && operator_.kind >= TB_TOKEN_EQUAL &&
           operator_.kind <= TB_TOKEN_GREATER_EQUAL && right.kind == TB_TOKEN_NAME &&
           end.kind == TB_TOKEN_END && tb_text_equal_folded(left.source, right.source);
}

bool tb_formula_asks_for_presence(tb_str formula)
{
    static const char *const names[] = {"ISBLANK", "ISFILLER",   "ISVALID", "ISNUMBER", "ISTEXT",
                                        "COUNT",   "COUNTA",     "COUNTIF", "ROWS",     "LEN",
                                        "MATCH",   "COUNTBLANK", "ISCODE"};
    tb_lexer lexer = {.source = formula};
    for (tb_token token = tb_lexer_next(&lexer);
         token.kind != TB_TOKEN_END && token.kind != TB_TOKEN_WRONG; token = tb_lexer_next(&lexer))
        for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
            if (is_named(&token, names[i]))
                return true;
    return false;
}
