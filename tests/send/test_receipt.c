/*
 * Receipts. The key pair and the signature are of a server made up here; nettle signs.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>
#include <nettle/eddsa.h>

#include "send/receipt.h"

#define ROOM  8192
#define BYTES "the bytes of a workbook"
#define ID    "11111111-2222-4333-8444-555555555555"

static const uint8_t private_key[ED25519_KEY_SIZE] = {1, 2, 3};

static tb_submission make_submission(void)
{
    tb_submission submission = {
        .id = ID, .file_name = TB_STR("form.ods"), .size = sizeof BYTES - 1};
    tb_sha256(TB_STR(BYTES), submission.sha256);
    return submission;
}

static tb_destination make_destination(bool has_key)
{
    tb_destination destination = {.name = "bureau", .url = "https://forms.example.org/"};
    destination.has_receipt_key = has_key;
    ed25519_sha512_public_key(destination.receipt_key, private_key);
    return destination;
}

/* A server's reply; `state` is what it says, `signed_state` what it signs. */
static void make_reply(char out[ROOM], const char *id, const char *bytes, const char *state,
                       const char *signed_state)
{
    char digest[TB_SHA256_TEXT_SIZE], text[ROOM];
    unsigned char raw[TB_SHA256_SIZE];
    uint8_t public_key[ED25519_KEY_SIZE], signature[ED25519_SIGNATURE_SIZE];
    tb_buffer encoded;
    tb_sha256(tb_str_of(bytes), raw);
    tb_encode_sha256(raw, digest);
    int size = snprintf(text, ROOM, "tianbao-receipt-v1\nR-1\n%s\n%s\n2026-03-01T08:00:00Z\n%s\n",
                        id, digest, signed_state);
    ed25519_sha512_public_key(public_key, private_key);
    ed25519_sha512_sign(public_key, private_key, (size_t)size, (const uint8_t *)text, signature);
    tb_buffer_init(&encoded, ROOM);
    tb_encode_base64(&encoded, (tb_str){(const char *)signature, sizeof signature});
    snprintf(out, ROOM,
             "{\"receipt\":\"R-1\",\"submission\":\"%s\",\"sha256\":\"%s\",\"received_at\":"
             "\"2026-03-01T08:00:00Z\",\"state\":\"%s\",\"signature\":\"%s\"}",
             id, digest, state, encoded.data);
    tb_buffer_done(&encoded);
}

static tb_receipt_verdict write_reply(tb_buffer *out, bool has_key, const char *reply)
{
    tb_submission submission = make_submission();
    tb_destination destination = make_destination(has_key);
    tb_receipt_facts facts = {0};
    tb_buffer_reset(out);
    return tb_receipt_write_server(out, &destination, &submission, tb_str_of(reply), &facts);
}

static void a_signed_receipt_is_kept_and_verified(void **state)
{
    (void)state;
    char reply[ROOM];
    tb_buffer out;
    tb_destination destination = make_destination(true);
    tb_buffer_init(&out, ROOM);
    make_reply(reply, ID, BYTES, "accepted", "accepted");
    assert_int_equal(write_reply(&out, true, reply), TB_RECEIPT_SIGNED);
    tb_str kept = tb_buffer_get(&out);
    assert_int_equal(tb_receipt_verify(kept, TB_STR(BYTES), destination.receipt_key),
                     TB_RECEIPT_SIGNED);
    assert_int_equal(tb_receipt_verify(kept, TB_STR(BYTES), NULL), TB_RECEIPT_DIGEST_ONLY);
    assert_int_equal(tb_receipt_verify(kept, TB_STR("others"), destination.receipt_key),
                     TB_RECEIPT_OTHER_FILE);
    char name[16];
    assert_true(tb_receipt_find_destination(kept, name, sizeof name));
    assert_string_equal(name, "bureau");
    tb_buffer_done(&out);
}

static void what_proves_nothing_is_no_receipt(void **state)
{
    (void)state;
    char reply[ROOM];
    tb_buffer out;
    tb_buffer_init(&out, ROOM);
    make_reply(reply, ID, BYTES, "rejected", "accepted");
    assert_int_equal(write_reply(&out, true, reply), TB_RECEIPT_FORGED);
    make_reply(reply, ID, "other bytes", "accepted", "accepted");
    assert_int_equal(write_reply(&out, true, reply), TB_RECEIPT_OTHER_FILE);
    make_reply(reply, "99999999-2222-4333-8444-555555555555", BYTES, "accepted", "accepted");
    assert_int_equal(write_reply(&out, true, reply), TB_RECEIPT_ILL_FORMED);
    static const char *const texts[] = {
        "", "{}", "[]", "<html>Log in</html>", "{\"receipt\":", "\xFF\xFE", "null"};
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++)
        assert_int_equal(write_reply(&out, false, texts[i]), TB_RECEIPT_ILL_FORMED);
    assert_int_equal(out.size, 0);
    tb_buffer_done(&out);
}

static void a_receipt_of_our_own_has_the_digest(void **state)
{
    (void)state;
    tb_buffer out;
    tb_submission submission = make_submission();
    tb_destination destination = make_destination(false);
    tb_receipt_facts facts = {.was_there = true, .path = TB_STR("2026/表.ods")};
    tb_buffer_init(&out, ROOM);
    tb_receipt_write_own(&out, &destination, &submission, &facts);
    tb_str kept = tb_buffer_get(&out);
    assert_true(tb_str_find(kept, TB_STR("https://forms.example.org/2026/%E8%A1%A8.ods")) > 0);
    assert_int_equal(tb_receipt_verify(kept, TB_STR(BYTES), NULL), TB_RECEIPT_DIGEST_ONLY);
    assert_int_equal(tb_receipt_verify(kept, TB_STR(BYTES), destination.receipt_key),
                     TB_RECEIPT_FORGED);
    tb_buffer_done(&out);
}

/* Each byte changed: never valid with another meaning, and never a crash. */
static void changed_receipts_are_noticed(void **state)
{
    (void)state;
    char reply[ROOM];
    tb_buffer out;
    size_t signed_count = 0;
    tb_destination destination = make_destination(true);
    tb_buffer_init(&out, ROOM);
    make_reply(reply, ID, BYTES, "accepted", "accepted");
    size_t size = strlen(reply);
    const char *first_signed = strstr(reply, "R-1"), *last = strstr(reply, "\",\"signature");
    for (size_t i = 0; i < size; i++) {
        reply[i] ^= 1;
        tb_receipt_verdict verdict = write_reply(&out, true, reply);
        signed_count += verdict == TB_RECEIPT_SIGNED;
        reply[i] ^= 1;
    }
    assert_true(first_signed < last);
    /* bits of the last base64 digit that say nothing, or a digest's letter case */
    assert_true(signed_count <= 2);
    assert_int_equal(write_reply(&out, true, reply), TB_RECEIPT_SIGNED);
    (void)destination;
    tb_buffer_done(&out);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_signed_receipt_is_kept_and_verified),
        cmocka_unit_test(what_proves_nothing_is_no_receipt),
        cmocka_unit_test(a_receipt_of_our_own_has_the_digest),
        cmocka_unit_test(changed_receipts_are_noticed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
