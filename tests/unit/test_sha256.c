/*
 * SHA-256 against the examples of FIPS 180-4 (NIST, "SHA-256 Example") and, at every length around
 * a block's end, against itself by another way: a byte changed anywhere changes the hash.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#include "base/sha256.h"

static void hash_text(tb_str data, char out[2 * TB_SHA256_SIZE + 1])
{
    unsigned char hash[TB_SHA256_SIZE];
    tb_sha256(data, hash);
    for (size_t i = 0; i < sizeof hash; i++)
        snprintf(out + 2 * i, 3, "%02x", hash[i]);
}

static void test_examples(void **state)
{
    (void)state;
    static const struct {
        const char *text, *hash;
    } examples[] = {
        {"", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"},
        {"abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"},
        {"abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
         "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"},
    };
    char found[2 * TB_SHA256_SIZE + 1];
    for (size_t i = 0; i < sizeof examples / sizeof examples[0]; i++) {
        hash_text(tb_str_of(examples[i].text), found);
        assert_string_equal(found, examples[i].hash);
    }
}

static void test_a_million_times_a(void **state)
{
    (void)state;
    enum { SIZE = 1000000 };
    char *data = malloc(SIZE), found[2 * TB_SHA256_SIZE + 1];
    assert_non_null(data);
    memset(data, 'a', SIZE);
    hash_text((tb_str){data, SIZE}, found);
    free(data);
    assert_string_equal(found, "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
}

static void test_every_byte_counts(void **state)
{
    (void)state;
    char data[130] = {0};
    unsigned char whole[TB_SHA256_SIZE], changed[TB_SHA256_SIZE];
    for (size_t size = 1; size <= sizeof data; size++) {
        tb_sha256((tb_str){data, size}, whole);
        for (size_t at = 0; at < size; at++) {
            data[at] = 1;
            tb_sha256((tb_str){data, size}, changed);
            data[at] = 0;
            assert_memory_not_equal(whole, changed, sizeof whole);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_examples),
        cmocka_unit_test(test_a_million_times_a),
        cmocka_unit_test(test_every_byte_counts),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
