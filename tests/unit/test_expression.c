/*
 * Formulas from C: what a finding asks of them, the limits, and any bytes as source. Their values
 * are tested by tests/expr.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/buffer.h"
#include "base/limits.h"
#include "base/message.h"
#include "random.h"
#include "rule/expression.h"

#define COUNT(array) (sizeof(array) / sizeof(array)[0])
#define MEMORY_MAX   ((size_t)64 << 20)

/* The names a, b, c … are the numbers 0, 1, 2 …; `list` is {0; 1; 2}. */
static const tb_value list_values[3] = {
    {.type = TB_VALUE_NUMBER, .as.number = {0, 0}},
    {.type = TB_VALUE_NUMBER, .as.number = {1, 0}},
    {.type = TB_VALUE_NUMBER, .as.number = {2, 0}},
};

static bool resolve(void *self, tb_str name, tb_reference *ret, tb_str *ret_near)
{
    (void)self;
    (void)ret_near;
    bool list = tb_str_equal(name, TB_STR("list"));
    if (!list && name.size != 1)
        return false;
    *ret = (tb_reference){.kind = list ? 1000 : (uint32_t)(name.data[0] - 'a')};
    return true;
}

static const tb_value *get(void *self, const tb_reference *reference, tb_value *room)
{
    (void)self;
    *room = reference->kind == 1000 ? tb_value_of_array(COUNT(list_values), list_values)
                                    : tb_value_of_integer((int64_t)reference->kind);
    return room;
}

static const tb_resolver resolver = {resolve, NULL};

typedef struct fixture {
    tb_arena arena, scratch;
    tb_environment environment;
} fixture;

static void begin(fixture *f)
{
    tb_arena_init(&f->arena, MEMORY_MAX);
    tb_arena_init(&f->scratch, MEMORY_MAX);
    f->environment = (tb_environment){get, NULL, &f->scratch};
}

static void end(fixture *f)
{
    tb_arena_done(&f->arena);
    tb_arena_done(&f->scratch);
}

static const tb_expression *compile(fixture *f, const char *source)
{
    const tb_expression *expression = NULL;
    tb_error error;
    if (tb_expression_compile(&f->arena, tb_str_of(source), &resolver, NULL, 0, &expression, NULL,
                              &error) != TB_OK)
        fail_msg("does not compile: %s", source);
    return expression;
}

static const struct {
    const char *formula, *left, *operator_, *right; /* operator NULL: no comparison */
    bool left_is_name, right_is_name;
} comparisons[] = {
    {"b = c", "1", "=", "2", true, true},
    {"(b <= c + 1)", "1", "<=", "3", true, false},
    {"SUM(b; c) >= MAX(b; c)", "3", ">=", "2", false, false},
    {"b <> c = d", "TRUE", "=", "3", false, true},
    {"b + c", NULL, NULL, NULL, false, false},
    {"AND(b = c)", NULL, NULL, NULL, false, false},
    {"IF(b = c; b = c; c = d)", NULL, NULL, NULL, false, false},
    {"IF(b; 1; 2) = IFERROR(1/0; 3)", "1", "=", "3", false, false},
    {"-(b = c)", NULL, NULL, NULL, false, false},
    {"CHOOSE(b; c = d)", NULL, NULL, NULL, false, false},
};

static void assert_value(const tb_value *value, const char *expected)
{
    tb_buffer text;
    tb_buffer_init(&text, 1000);
    tb_value_format(&text, value, true);
    assert_string_equal(text.data, expected);
    tb_buffer_done(&text);
}

static void comparisons_tell_their_sides(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(comparisons); i++) {
        fixture f;
        tb_comparison comparison;
        begin(&f);
        bool is =
            tb_expression_compare(compile(&f, comparisons[i].formula), &f.environment, &comparison);
        assert_int_equal(is, comparisons[i].operator_ != NULL);
        if (is) {
            assert_string_equal(comparison.operator_, comparisons[i].operator_);
            assert_value(&comparison.left, comparisons[i].left);
            assert_value(&comparison.right, comparisons[i].right);
            assert_int_equal(comparison.left_is_reference, comparisons[i].left_is_name);
            assert_int_equal(comparison.right_is_reference, comparisons[i].right_is_name);
        }
        end(&f);
    }
}

static void references_come_once_in_order(void **state)
{
    (void)state;
    fixture f;
    const tb_reference *references;
    begin(&f);
    const tb_expression *expression = compile(&f, "IF(d > 1; SUM(list; b); d + b + c)");
    assert_int_equal(tb_expression_references(expression, &references), 4);
    assert_int_equal(references[0].kind, 3);
    assert_int_equal(references[1].kind, 1000);
    assert_int_equal(references[2].kind, 1);
    assert_int_equal(references[3].kind, 2);
    end(&f);
}

/* `count` times `part`, between `before` and `after`. */
static char *repeat(const char *before, const char *part, size_t count, const char *after)
{
    size_t size = strlen(before) + count * strlen(part) + strlen(after) + 1;
    char *text = malloc(size);
    assert_non_null(text);
    strcpy(text, before);
    char *at = text + strlen(before);
    for (size_t i = 0; i < count; i++, at += strlen(part))
        strcpy(at, part);
    strcpy(at, after);
    return text;
}

static void assert_refused(char *source, tb_message message)
{
    fixture f;
    const tb_expression *expression;
    tb_formula_error where;
    tb_error error;
    begin(&f);
    tb_status status = tb_expression_compile(&f.arena, tb_str_of(source), &resolver, NULL, 0,
                                             &expression, &where, &error);
    assert_int_equal(status, TB_LIMIT);
    assert_int_equal(error.message, message);
    end(&f);
    free(source);
}

static void the_limits_of_a_formula_hold(void **state)
{
    (void)state;
    assert_refused(repeat("", "(", 65, "1"), TB_MSG_RULE_FORMULA_TOO_DEEP);
    assert_refused(repeat("", "ABS(", 65, "1"), TB_MSG_RULE_FORMULA_TOO_DEEP);
    assert_refused(repeat("1", "+1", TB_MAX_FORMULA_SIZE / 2, ""), TB_MSG_RULE_FORMULA_TOO_LONG);
    assert_refused(repeat("REGEX(\"a\";\"", "a", 1025, "\")"), TB_MSG_RULE_FORMULA_LONG_PATTERN);
}

static void assert_evaluates(char *source, const char *expected)
{
    fixture f;
    begin(&f);
    tb_value value = tb_expression_evaluate(compile(&f, source), &f.environment);
    assert_value(&value, expected);
    end(&f);
    free(source);
}

/* `open` so many times around `inside`, each closed again. */
static void assert_nested(const char *before, const char *open, size_t count, const char *inside,
                          const char *expected)
{
    char *closing = repeat(inside, ")", count, "");
    assert_evaluates(repeat(before, open, count, closing), expected);
    free(closing);
}

static void formulas_within_the_limits_work(void **state)
{
    (void)state;
    assert_nested("", "(", 63, "1", "1");
    assert_evaluates(repeat("1", "+1", 4000, ""), "4001");
    assert_evaluates(repeat("", "-", 8001, "1"), "-1");
    assert_nested("1+", "1+(", 60, "0", "61");
    assert_evaluates(repeat("SUM(1", ";1", 300, ")"), "301"); /* more than any local stack */
}

/* An array of many elements makes every operator cost that many steps. */
static const tb_value *get_large(void *self, const tb_reference *reference, tb_value *room)
{
    (void)reference;
    (void)room;
    return self;
}

static void steps_are_counted(void **state)
{
    (void)state;
    fixture f;
    begin(&f);
    size_t count = 20000;
    tb_value *values = tb_arena_array(&f.arena, count, sizeof *values);
    assert_non_null(values);
    tb_value array = tb_value_of_array(count, values);
    f.environment.get = get_large;
    f.environment.self = &array;
    char *source = repeat("COUNTIF(a;1)", "+COUNTIF(a;1)", 60, "");
    tb_value value = tb_expression_evaluate(compile(&f, source), &f.environment);
    assert_value(&value, "#LIMIT!");
    end(&f);
    free(source);
}

/* ---- any bytes as source ---- */

static const char *const pieces[] = {
    "1",
    "2.5",
    "\"a\"",
    "a",
    "list",
    "+",
    "-",
    "*",
    "/",
    "^",
    "&",
    "%",
    "=",
    "<>",
    "<=",
    "(",
    ")",
    ";",
    "IF(",
    "AND(",
    "OR(",
    "CHOOSE(",
    "SUM(",
    "LEFT(",
    "MID(",
    "REGEX(",
    "COUNTIF(",
    "ROUND(",
    "DATE(",
    "REPT(",
    "TEXT(",
    "合",
    "“",
    "'",
    "\"",
    "\xE5",
    "\n",
    " ",
    "1e9",
    "NA()",
    "IFERROR(",
    "SUBSTITUTE(",
    "FIND(",
    "\"0.0%\"",
    "\"(a*)\"",
    "MATCH(",
    "99999999999999999999",
};

static size_t make_source(uint64_t *seed, char *out, size_t room)
{
    size_t size = 0;
    size_t count = test_random(seed) % 24;
    for (size_t i = 0; i < count; i++) {
        const char *piece = pieces[test_random(seed) % COUNT(pieces)];
        if (size + strlen(piece) > room)
            break;
        memcpy(out + size, piece, strlen(piece));
        size += strlen(piece);
    }
    if (size > 0 && test_random(seed) % 8 == 0)
        out[test_random(seed) % size] = (char)test_random(seed);
    return size;
}

/* Sources that compile: operands joined by operators, inside calls. */
static size_t make_formula(uint64_t *seed, char *out, size_t room)
{
    static const char *const operands[] = {"1", "2.5", "\"a\"", "b", "list", "-3", "NA()", "\"\""};
    static const char *const joints[] = {"+", "-", "*", "/", "^", "&", "=", "<", ";", ";", "%+"};
    static const char *const calls[] = {"IF(",    "AND(",     "SUM(",   "LEFT(", "MID(",
                                        "REGEX(", "COUNTIF(", "ROUND(", "MOD(",  "CHOOSE(",
                                        "TEXT(",  "INDEX(",   "DATE("};
    size_t open = 0;
    out[0] = '\0';
    for (size_t i = test_random(seed) % 10 + 1; i > 0 && strlen(out) + 60 < room; i--) {
        for (; test_random(seed) % 3 == 0 && open < 5; open++)
            strcat(out, calls[test_random(seed) % COUNT(calls)]);
        strcat(out, operands[test_random(seed) % COUNT(operands)]);
        for (; test_random(seed) % 4 == 0 && open > 0; open--)
            strcat(out, ")");
        if (i > 1)
            strcat(out, joints[test_random(seed) % COUNT(joints)]);
    }
    while (open-- > 0)
        strcat(out, ")");
    return strlen(out);
}

/* True when it compiled. */
static bool try_source(fixture *f, tb_str source)
{
    const tb_expression *expression;
    tb_formula_error where;
    tb_error error;
    tb_comparison comparison;
    tb_buffer out;
    tb_buffer_init(&out, MEMORY_MAX);
    bool compiled = tb_expression_compile(&f->arena, source, &resolver, NULL, 0, &expression,
                                          &where, &error) == TB_OK;
    if (compiled) {
        tb_value value = tb_expression_evaluate(expression, &f->environment);
        tb_value_format(&out, &value, true);
        tb_expression_compare(expression, &f->environment, &comparison);
    } else {
        assert_true(where.offset <= source.size);
        tb_error_format(&out, TB_LANGUAGE_ZH, &error);
        tb_formula_error_caret(&out, source, &where);
    }
    tb_buffer_done(&out);
    tb_arena_reset(&f->arena);
    tb_arena_reset(&f->scratch);
    return compiled;
}

#define RANDOM_SOURCES 20000

static void any_bytes_are_safe(void **state)
{
    (void)state;
    fixture f;
    uint64_t seed = 0x7469616E62616F;
    char source[400];
    size_t compiled = 0;
    begin(&f);
    for (size_t i = 0; i < RANDOM_SOURCES; i++) {
        size_t size = i % 2 == 0 ? make_source(&seed, source, sizeof source)
                                 : make_formula(&seed, source, sizeof source);
        /* In memory of its own size, so that a reader behind its end is caught. */
        char *exact = malloc(size + (size == 0));
        assert_non_null(exact);
        memcpy(exact, source, size);
        compiled += try_source(&f, (tb_str){exact, size});
        free(exact);
    }
    end(&f);
    print_message("%zu of %d random sources compiled\n", compiled, RANDOM_SOURCES);
    assert_true(compiled > RANDOM_SOURCES / 10);
}

static void running_out_of_memory_is_told(void **state)
{
    (void)state;
    static const char source[] = "IF(SUM(list) > 1; REGEX(\"abc\"; \"b+\"); \"a\" & b & c)";
    bool succeeded = false;
    for (size_t max = 0; !succeeded && max < 1 << 20; max += 512) {
        tb_arena arena;
        const tb_expression *expression;
        tb_error error;
        tb_arena_init(&arena, max);
        tb_status status = tb_expression_compile(&arena, TB_STR(source), &resolver, NULL, 0,
                                                 &expression, NULL, &error);
        succeeded = status == TB_OK;
        assert_true(succeeded || status == TB_NO_MEMORY);
        tb_arena_done(&arena);
    }
    assert_true(succeeded);
}

/* Evaluating never fails: it gives #LIMIT!, or what it would give with enough memory. */
static void running_out_of_scratch_is_a_value(void **state)
{
    (void)state;
    fixture f;
    begin(&f);
    const tb_expression *expression =
        compile(&f, "REGEX(CONCAT(list * 2; b & \"x\"); \"[0-9]\"; \"#\"; \"g\")");
    size_t max = 0;
    bool succeeded = false;
    for (; !succeeded && max < 1 << 20; max += 256) {
        tb_arena_done(&f.scratch);
        tb_arena_init(&f.scratch, max);
        tb_value value = tb_expression_evaluate(expression, &f.environment);
        succeeded = value.type != TB_VALUE_ERROR;
        assert_value(&value, succeeded ? "\"####x\"" : "#LIMIT!");
    }
    assert_true(succeeded && max > 256);
    end(&f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(comparisons_tell_their_sides),
        cmocka_unit_test(references_come_once_in_order),
        cmocka_unit_test(the_limits_of_a_formula_hold),
        cmocka_unit_test(formulas_within_the_limits_work),
        cmocka_unit_test(steps_are_counted),
        cmocka_unit_test(any_bytes_are_safe),
        cmocka_unit_test(running_out_of_memory_is_told),
        cmocka_unit_test(running_out_of_scratch_is_a_value),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
