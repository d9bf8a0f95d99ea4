/*
 * The ways of checking characters: each says the same of random bytes, and what it should of every
 * character, wherever in a block it stands.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "random.h"
#include "sheet/characters.h"

#define SIZE  200 /* several blocks of each way */
#define SEED  UINT64_C(20260701)
#define TEXTS 20000

static uint64_t random_state = SEED;

/* What must be found; all ways are asked. */
static void check(tb_str text, size_t valid, bool references, bool returns)
{
    for (unsigned way = 0; way < TB_CHARACTERS_WAYS; way++) {
        tb_characters found;
        if (!tb_characters_check_by((tb_characters_way)way, text, &found))
            continue;
        assert_int_equal(found.valid, valid);
        if (valid == text.size) {
            assert_int_equal(found.has_references, references);
            assert_int_equal(found.has_returns, returns);
        }
    }
}

/* By the rules of Unicode (table 3-7) and XML (production Char), from the code point. */
static bool is_allowed(uint32_t code)
{
    if (code < 0x20)
        return code == '\t' || code == '\n' || code == '\r';
    return (code < 0xD800 || code > 0xDFFF) && code != 0xFFFE && code != 0xFFFF && code <= 0x10FFFF;
}

/* The form of a code point, also of one that must not be. */
static size_t encode(uint32_t code, char out[4])
{
    static const unsigned char firsts[] = {0, 0, 0xC0, 0xE0, 0xF0};
    size_t size = code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
    for (size_t i = size; i-- > 1; code >>= 6)
        out[i] = (char)(0x80 | (code & 0x3F));
    out[0] = (char)(firsts[size] | code);
    return size;
}

static void every_character_is_known_everywhere(void **state)
{
    (void)state;
    char text[SIZE];
    for (uint32_t code = 0; code < 0x120000; code += code < 0x3000 ? 1 : 7 + code % 13) {
        size_t at = test_random_below(&random_state, SIZE - 4);
        memset(text, 'x', SIZE);
        size_t size = encode(code, text + at);
        check((tb_str){text, SIZE}, is_allowed(code) ? SIZE : at, code == '&', code == '\r');
        if (size > 1)
            check((tb_str){text, at + size - 1}, at, false, false); /* cut off */
    }
    for (uint32_t code = 0xD7F0; code < 0x10010; code++) {
        memset(text, 'x', SIZE);
        encode(code, text + 90);
        check((tb_str){text, SIZE}, is_allowed(code) ? SIZE : 90, false, false);
    }
}

/* Text of all lengths of characters, with a few bytes that are anything. */
static size_t make_text(char text[SIZE])
{
    static const uint32_t largest[] = {0x7F, 0x7FF, 0xFFFF, 0xFFFF, 0xFFFF, 0x10FFFF};
    size_t size = test_random_below(&random_state, SIZE - 3), at = 0;
    while (at < size) {
        uint32_t code = (uint32_t)test_random_below(
            &random_state, largest[test_random_below(&random_state, 6)] + 1);
        at += is_allowed(code) ? encode(code, text + at) : 0;
    }
    for (size_t wrong = test_random_below(&random_state, 4); wrong > 1 && at > 0; wrong--)
        text[test_random_below(&random_state, at)] = (char)test_random_below(&random_state, 256);
    return at;
}

static void the_ways_agree(void **state)
{
    (void)state;
    size_t whole = 0;
    char text[SIZE];
    for (size_t i = 0; i < TEXTS; i++) {
        tb_characters portable;
        tb_str some = {text, make_text(text)};
        assert_true(tb_characters_check_by(TB_CHARACTERS_PORTABLE, some, &portable));
        check(some, portable.valid, portable.has_references, portable.has_returns);
        whole += portable.valid == some.size;
    }
    assert_in_range(whole, TEXTS / 4, TEXTS * 3 / 4); /* both kinds were there */
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_character_is_known_everywhere),
        cmocka_unit_test(the_ways_agree),
    };
    tb_characters found;
    printf("seed %llu; SSE2: %d, AVX2: %d\n", (unsigned long long)SEED,
           tb_characters_check_by(TB_CHARACTERS_SSE2, TB_STR(""), &found),
           tb_characters_check_by(TB_CHARACTERS_AVX2, TB_STR(""), &found));
    return cmocka_run_group_tests(tests, NULL, NULL);
}
