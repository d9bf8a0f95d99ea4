/*
 * Indicator values. The examples are data: tests/form/indicators.tsv, one a line.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/platform.h"
#include "form/indicator.h"

static tb_buffer examples;

static const char *const kinds[] = {"comparison", "range", "deadline", "frequency", "quality"};
static const char *const operators[] = {"-", "=", ">=", "<=", ">", "<"};

/* The text up to the separator; *rest goes on behind it. */
static tb_str take_until(tb_str *rest, const char *separator)
{
    ptrdiff_t at = tb_str_find(*rest, tb_str_of(separator));
    size_t end = at < 0 ? rest->size : (size_t)at;
    tb_str part = tb_str_slice(*rest, 0, end);
    *rest = tb_str_slice(*rest, at < 0 ? end : end + 1, rest->size);
    return part;
}

static void append_text(tb_buffer *out, tb_str text)
{
    tb_buffer_text(out, text.size == 0 ? TB_STR("-") : text);
    tb_buffer_char(out, '\t');
}

static void append_number(tb_buffer *out, tb_decimal number)
{
    char digits[TB_DECIMAL_TEXT_SIZE];
    append_text(out, tb_decimal_format(number, digits));
}

/* The indicator as the file writes it. */
static void describe(tb_buffer *out, const tb_indicator *indicator)
{
    append_text(out, tb_str_of(kinds[indicator->kind]));
    append_text(out, tb_str_of(operators[indicator->operator_]));
    append_number(out, indicator->number);
    if (indicator->kind == TB_INDICATOR_RANGE)
        append_number(out, indicator->upper);
    else
        append_text(out, TB_STR(""));
    append_text(out, indicator->unit);
    append_text(out, indicator->period);
    append_number(out, tb_decimal_of(indicator->factor));
    size_t size = out->size;
    if (indicator->percent)
        tb_buffer_char(out, '%');
    if (indicator->incomplete_unit)
        tb_buffer_char(out, 'i');
    if (!indicator->known_operator_spelling)
        tb_buffer_char(out, 'u');
    if (out->size == size)
        tb_buffer_char(out, '-');
}

static void the_examples_hold(void **state)
{
    (void)state;
    tb_arena arena;
    tb_arena_init(&arena, 1 << 20);
    tb_str rest = tb_buffer_get(&examples);
    int failed = 0, count = 0;
    while (rest.size > 0) {
        tb_str line = take_until(&rest, "\n");
        if (tb_str_starts(line, TB_STR("#")))
            continue;
        tb_str text = take_until(&line, "\t");
        tb_indicator indicator;
        tb_buffer found;
        tb_buffer_init(&found, 1 << 12);
        assert_true(tb_indicator_parse(&arena, text, &indicator));
        describe(&found, &indicator);
        if (!tb_str_equal(tb_buffer_get(&found), line)) {
            print_error("%.*s: %s, not %.*s\n", (int)text.size, text.data, found.data,
                        (int)line.size, line.data);
            failed++;
        }
        tb_buffer_done(&found);
        count++;
    }
    assert_int_equal(failed, 0);
    assert_true(count > 100);
    tb_arena_done(&arena);
}

/* The base unit is the unit without its multiple. */
static void multiples_are_split_off(void **state)
{
    (void)state;
    static const char *const rows[][2] = {
        {"≤80万元", "元"}, {"≤1.5万元/平方米", "元/平方米"}, {"≤10万", ""}, {"≥3户", "户"},
        {"5%", "%"},
    };
    tb_arena arena;
    tb_arena_init(&arena, 1 << 20);
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        tb_indicator indicator;
        assert_true(tb_indicator_parse(&arena, tb_str_of(rows[i][0]), &indicator));
        assert_true(tb_str_equal(indicator.base_unit, tb_str_of(rows[i][1])));
    }
    tb_arena_done(&arena);
}

/* Whatever stands in the cell, taking it apart ends and stays inside it; the seed is fixed. */
static void any_text_is_safe(void **state)
{
    (void)state;
    static const char *const pieces[] = {"≥",  "每",   "年", "1",  "2,",     ".",    "%",  "万",
                                         "-",  "至",   "/",  "次", "月",     "日",   "前", "内",
                                         "在", "\xFF", "㎡", " ",  "不低于", "以上", "(",  "一"};
    uint32_t seed = 7;
    tb_arena arena;
    tb_arena_init(&arena, 1 << 24);
    for (int round = 0; round < 20000; round++) {
        char text[128] = "";
        seed = seed * 1664525u + 1013904223u;
        for (uint32_t n = (seed >> 8) % 9; n > 0; n--) {
            seed = seed * 1664525u + 1013904223u;
            strcat(text, pieces[(seed >> 8) % (sizeof pieces / sizeof pieces[0])]);
        }
        char *copy = malloc(strlen(text) + 1); /* of its exact size, for the sanitizer */
        assert_non_null(copy);
        memcpy(copy, text, strlen(text));
        tb_indicator indicator;
        assert_true(tb_indicator_parse(&arena, (tb_str){copy, strlen(text)}, &indicator));
        assert_true(indicator.factor >= 1);
        free(copy);
        tb_arena_reset(&arena);
    }
    tb_arena_done(&arena);
}

int main(int argc, char **argv)
{
    tb_buffer_init(&examples, 1 << 20);
    if (argc < 2 || tb_platform_read_file(argv[1], &examples, NULL) != TB_OK)
        return 1;
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_examples_hold),
        cmocka_unit_test(multiples_are_split_off),
        cmocka_unit_test(any_text_is_safe),
    };
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    tb_buffer_done(&examples);
    return failed;
}
