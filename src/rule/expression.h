/*
 * The rule language: spreadsheet formulas over field names. This part knows the language and
 * nothing of forms: names are resolved, and their values fetched, by whoever compiles and runs.
 *
 *   expenditure.total = expenditure.basic + expenditure.project
 *   AND(LEN(phone) = 11; LEFT(phone) = "1")
 *   SUM(projects.budget) <= 总计
 *
 * Operators and functions are a subset of OpenFormula with Calc's meaning, on exact decimals.
 * A formula can't loop, touch files, or take more than its limits (base/limits.h).
 */
#ifndef TB_RULE_EXPRESSION_H
#define TB_RULE_EXPRESSION_H

#include "base/arena.h"
#include "base/status.h"
#include "rule/value.h"

typedef struct tb_expression tb_expression;

/* A name in a formula, resolved. What the numbers mean is the resolver's business. */
typedef struct tb_reference {
    const void *target; /* for forms: the tb_field, or the parameter */
    uint32_t kind, levels;
    const void *path;
    const tb_value *constant; /* its value where that is always the same (a parameter), or NULL */
} tb_reference;

/* Whether both mean the same; the other members follow from these three. */
static inline bool tb_reference_equal(const tb_reference *a, const tb_reference *b)
{
    return a->target == b->target && a->kind == b->kind && a->levels == b->levels;
}

/* Resolves `name` ("a.b.c", ids or Chinese names) while compiling; false: no such name. When
 * false, *ret_near may be set to a known name that looks like it, for the error message. */
typedef struct tb_resolver {
    bool (*resolve)(void *self, tb_str name, tb_reference *ret, tb_str *ret_near);
    void *self;
} tb_resolver;

struct tb_function; /* rule/function.h */

/* Where the values come from while evaluating. */
typedef struct tb_environment {
    /* The value of a reference: one that lies ready, or one made in *room. Arrays and texts must
     * live until the evaluation ends, the value itself until room is used again. */
    const tb_value *(*get)(void *self, const tb_reference *reference, tb_value *room);
    void *self;
    tb_arena *scratch; /* for texts and arrays that the evaluation makes; results may lie in it */
} tb_environment;

/* Where and why a formula does not compile: `line` and `column` count from 1, in characters. */
typedef struct tb_formula_error {
    size_t offset; /* in bytes */
    size_t size;   /* of what is to be underlined, at least 1 where there is something */
    size_t line, column;
} tb_formula_error;

/* Compiles; *ret_expression lives in the arena, which must outlive it. `functions` are further
 * functions beside the built-in ones (may be NULL, 0); a resolver of NULL knows no names. On
 * failure (TB_INVALID, TB_LIMIT, TB_NO_MEMORY) *ret_where (may be NULL) says where. */
tb_status tb_expression_compile(tb_arena *arena, tb_str source, const tb_resolver *resolver,
                                const struct tb_function *functions, size_t function_count,
                                const tb_expression **ret_expression, tb_formula_error *ret_where,
                                tb_error *error);

/* Appends the source line of an error with a caret below it: "  合计 = 基本 +\n             ^". The
 * caret stands right under wide characters too. */
struct tb_buffer;
void tb_formula_error_caret(struct tb_buffer *out, tb_str source, const tb_formula_error *where);

/* Evaluates. Always gives a value; what goes wrong is an error value. An operator or a function of
 * scalars that meets an array works on each element, so a formula may give an array. */
tb_value tb_expression_evaluate(const tb_expression *expression, const tb_environment *environment);

/* Every name that the formula reads, in order of their first place; borrowed. */
size_t tb_expression_references(const tb_expression *expression,
                                const tb_reference **ret_references);

/* When the outermost operation is a comparison: its two sides, so that a finding can tell what was
 * expected. Evaluated on their own. */
typedef struct tb_comparison {
    tb_value left, right;
    const char *operator_; /* "=", "<=", … static */
    bool left_is_reference, right_is_reference;
    tb_reference left_reference, right_reference; /* when the side is a name and nothing else */
} tb_comparison;
bool tb_expression_compare(const tb_expression *expression, const tb_environment *environment,
                           tb_comparison *ret_comparison);

/* The value as a person writes it: 5832.95, TRUE, #DIV/0!; texts in quotes when `quoted`. */
void tb_value_format(struct tb_buffer *out, const tb_value *value, bool quoted);

#endif
