/*
 * Bytes as text, names at the server, moments.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "send/name.h"
#include "send/timestamp.h"

#define ROOM 512

static void segments_and_paths_are_encoded(void **state)
{
    (void)state;
    tb_buffer out;
    tb_buffer_init(&out, ROOM);
    tb_encode_segment(&out, TB_STR("a/b c~填%"));
    assert_string_equal(out.data, "a%2Fb%20c~%E5%A1%AB%25");
    tb_buffer_reset(&out);
    tb_encode_path(&out, TB_STR("a/b?#&+"));
    assert_string_equal(out.data, "a/b%3F%23%26%2B");
    tb_buffer_done(&out);
}

static void base64_goes_both_ways(void **state)
{
    (void)state;
    tb_buffer text, back;
    tb_buffer_init(&text, ROOM);
    tb_buffer_init(&back, ROOM);
    for (size_t size = 0; size < 70; size++) {
        char bytes[70];
        memset(bytes, (int)(size * 37), sizeof bytes);
        tb_buffer_reset(&text);
        tb_encode_base64(&text, (tb_str){bytes, size});
        assert_true(tb_decode_base64(tb_buffer_get(&text), &back));
        assert_int_equal(back.size, size);
        assert_true(size == 0 || memcmp(back.data, bytes, size) == 0);
    }
    assert_false(tb_decode_base64(TB_STR("abc"), &back));
    assert_false(tb_decode_base64(TB_STR("ab!d"), &back));
    tb_buffer_done(&text);
    tb_buffer_done(&back);
}

static void digests_go_both_ways(void **state)
{
    (void)state;
    unsigned char digest[TB_SHA256_SIZE], back[TB_SHA256_SIZE];
    char text[TB_SHA256_TEXT_SIZE];
    tb_sha256(TB_STR("abc"), digest);
    tb_encode_sha256(digest, text);
    assert_string_equal(text, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    assert_true(tb_decode_sha256(tb_str_of(text), back));
    assert_memory_equal(digest, back, sizeof digest);
    assert_false(tb_decode_sha256(TB_STR("ba7816"), back));
    text[5] = 'g';
    assert_false(tb_decode_sha256(tb_str_of(text), back));
}

static void ids_are_random_uuids(void **state)
{
    (void)state;
    char first[TB_UUID_SIZE], second[TB_UUID_SIZE];
    assert_true(tb_make_uuid(first) && tb_make_uuid(second));
    assert_string_not_equal(first, second);
    assert_int_equal(strlen(first), 36);
    assert_int_equal(first[14], '4');
    assert_non_null(strchr("89ab", first[19]));
}

/* Template and what it gives; nothing of the form leaves its segment. */
static const char *const names[][2] = {
    {"{form}/{year}/{name}-{short}{suffix}", "goals/2026/局_表_2026-ba7816bf8f01.ods"},
    {"{unit}/x", ".._.._etc/x"},
    {"/a//b/", "a/b/"},
    {"{version}/{name}", "局_表_2026"},
    {"../{form}/./x", "_/goals/_/x"},
    {"{id}", "00000000-0000-4000-8000-000000000000"},
    {"{sha256}", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"},
};

static void names_are_filled_in(void **state)
{
    (void)state;
    tb_submission submission = {
        .id = "00000000-0000-4000-8000-000000000000",
        .form = TB_STR("goals"),
        .year = TB_STR("2026"),
        .name = TB_STR("局_表_2026"),
        .unit = TB_STR("../../etc"),
        .suffix = TB_STR(".ods"),
    };
    tb_buffer out;
    tb_sha256(TB_STR("abc"), submission.sha256);
    tb_buffer_init(&out, ROOM);
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        tb_buffer_reset(&out);
        tb_name_append(&out, tb_str_of(names[i][0]), &submission);
        assert_string_equal(out.data, names[i][1]);
    }
    tb_buffer_done(&out);
}

static void unknown_places_are_named(void **state)
{
    (void)state;
    char unknown[8];
    assert_true(tb_name_check(TB_STR(TB_NAME_DEFAULT), unknown, sizeof unknown));
    assert_false(tb_name_check(TB_STR("{form}/{nothing-like-it}"), unknown, sizeof unknown));
    assert_string_equal(unknown, "nothing");
    assert_false(tb_name_check(TB_STR("{form"), unknown, sizeof unknown));
    assert_false(tb_name_check(TB_STR("{"), unknown, sizeof unknown));
}

static void moments_are_in_utc(void **state)
{
    (void)state;
    char text[TB_TIMESTAMP_SIZE];
    assert_string_equal(tb_timestamp(0, text), "1970-01-01T00:00:00Z");
    assert_string_equal(tb_timestamp(951827696789, text), "2000-02-29T12:34:56Z");
    assert_string_equal(tb_timestamp(-5, text), "1970-01-01T00:00:00Z");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(segments_and_paths_are_encoded),
        cmocka_unit_test(base64_goes_both_ways),
        cmocka_unit_test(digests_go_both_ways),
        cmocka_unit_test(ids_are_random_uuids),
        cmocka_unit_test(names_are_filled_in),
        cmocka_unit_test(unknown_places_are_named),
        cmocka_unit_test(moments_are_in_utc),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
