/*
 * Buffers and arenas: growth, maxima, what is left after a failure.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/arena.h"
#include "base/buffer.h"
#include "base/message.h"

static void buffer_grows_and_ends_with_nul(void **state)
{
    (void)state;
    tb_buffer buffer;
    tb_buffer_init(&buffer, 100000);
    for (int i = 0; i < 10000; i++)
        tb_buffer_char(&buffer, 'x');
    tb_buffer_uint(&buffer, 1234567890123u);
    assert_int_equal(buffer.size, 10013);
    assert_string_equal(buffer.data + 10000, "1234567890123");
    tb_buffer_done(&buffer);
}

static void buffer_stays_failed_at_its_maximum(void **state)
{
    (void)state;
    tb_buffer buffer;
    tb_buffer_init(&buffer, 4);
    tb_buffer_cstr(&buffer, "abcd");
    assert_false(buffer.failed);
    tb_buffer_char(&buffer, 'e');
    assert_true(buffer.failed);
    tb_buffer_reset(&buffer);
    tb_buffer_cstr(&buffer, "ok");
    assert_false(buffer.failed);
    assert_string_equal(buffer.data, "ok");
    tb_buffer_done(&buffer);
}

static void arena_gives_zeroed_aligned_memory(void **state)
{
    (void)state;
    tb_arena arena;
    tb_arena_init(&arena, 1 << 20);
    for (size_t size = 1; size < 3000; size += 7) {
        unsigned char *place = tb_arena_alloc(&arena, size);
        assert_non_null(place);
        assert_int_equal((uintptr_t)place % 16, 0);
        for (size_t i = 0; i < size; i++)
            assert_int_equal(place[i], 0);
        memset(place, 0xFF, size);
    }
    tb_arena_reset(&arena);
    unsigned char *again = tb_arena_alloc(&arena, 1000);
    assert_int_equal(again[999], 0);
    tb_arena_done(&arena);
}

static void arena_obeys_its_maximum(void **state)
{
    (void)state;
    tb_arena arena;
    tb_arena_init(&arena, 100000);
    assert_null(tb_arena_alloc(&arena, 100001));
    assert_null(tb_arena_array(&arena, SIZE_MAX / 2, 4));
    size_t given = 0;
    while (tb_arena_alloc(&arena, 1000) != NULL)
        given += 1000;
    assert_true(given >= 80000 && given <= 100000);
    tb_arena_done(&arena);
}

static void arena_takes_back_the_end_of_the_last_piece(void **state)
{
    (void)state;
    tb_arena arena;
    tb_arena_init(&arena, 1 << 20);
    char *first = tb_arena_room(&arena, 1000);
    tb_arena_shorten(&arena, first, 1000, 10);
    char *second = tb_arena_alloc(&arena, 10);
    assert_true(second > first && second < first + 100);
    tb_arena_shorten(&arena, first, 1000, 5); /* no longer the last: nothing happens */
    memset(first, 'a', 10);
    memset(second, 'b', 10);
    assert_int_equal(first[9], 'a');
    tb_arena_done(&arena);
}

static void arena_grows_the_last_piece_in_place(void **state)
{
    (void)state;
    tb_arena arena;
    tb_arena_init(&arena, 1 << 20);
    int *numbers = tb_arena_array(&arena, 4, sizeof *numbers);
    numbers[3] = 7;
    int *longer = tb_arena_grow(&arena, numbers, 4, 8, sizeof *numbers);
    assert_ptr_equal(longer, numbers);
    assert_int_equal(longer[3], 7);
    assert_int_equal(longer[7], 0);
    assert_non_null(tb_arena_alloc(&arena, 8));
    int *moved = tb_arena_grow(&arena, longer, 8, 16, sizeof *numbers);
    assert_ptr_not_equal(moved, longer);
    assert_int_equal(moved[3], 7);
    tb_arena_done(&arena);
}

static void errors_keep_whole_characters(void **state)
{
    (void)state;
    char name[3 * 1000 + 1];
    for (size_t i = 0; i < 1000; i++)
        memcpy(name + 3 * i, "\xE5\xA1\xAB", 4);
    tb_error error;
    tb_status status =
        tb_error_set(&error, TB_INTERNAL, TB_MSG_BASE_INTERNAL, name, (const char *)NULL);
    assert_int_equal(status, TB_INTERNAL);
    assert_int_equal(error.arg_count, 1);
    assert_true(tb_text_is_utf8(tb_str_of(error.args)));
    tb_buffer line;
    tb_buffer_init(&line, 10000);
    tb_error_format(&line, TB_LANGUAGE_EN, &error);
    assert_non_null(strstr(line.data, "\xE5\xA1\xAB). Please"));
    tb_buffer_done(&line);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(buffer_grows_and_ends_with_nul),
        cmocka_unit_test(buffer_stays_failed_at_its_maximum),
        cmocka_unit_test(arena_gives_zeroed_aligned_memory),
        cmocka_unit_test(arena_obeys_its_maximum),
        cmocka_unit_test(arena_takes_back_the_end_of_the_last_piece),
        cmocka_unit_test(arena_grows_the_last_piece_in_place),
        cmocka_unit_test(errors_keep_whole_characters),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
