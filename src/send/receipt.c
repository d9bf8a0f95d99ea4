/*
 * Writing and verifying receipts. A server signs six lines of text, each ended by a line feed:
 * tianbao-receipt-v1, the receipt's number, the submission's id, the digest, when it was received,
 * and its state.
 */
#include "send/receipt.h"

#include <cjson/cJSON.h>
#include <nettle/eddsa.h>
#include <stdio.h>
#include <string.h>

#include "base/json.h"
#include "base/limits.h"
#include "base/platform.h"
#include "send/timestamp.h"

static const char signed_head[] = "tianbao-receipt-v1\n";
static const char *const signed_members[] = {"receipt", "submission", "sha256", "received_at",
                                             "state"};
#define SIGNED_COUNT (sizeof signed_members / sizeof signed_members[0])

static const char *text_of(const cJSON *object, const char *name)
{
    return cJSON_GetStringValue(cJSON_GetObjectItemCaseSensitive(object, name));
}

/* ---- writing ---- */

static void write_place(tb_json *json, const tb_destination *destination,
                        const tb_receipt_facts *facts)
{
    tb_buffer url;
    tb_buffer_init(&url, TB_MAX_URL_SIZE);
    tb_buffer_cstr(&url, destination->url);
    tb_encode_path(&url, facts->path);
    tb_json_member_cstr(json, "destination", destination->name);
    tb_json_member_cstr(json, "kind", tb_destination_kind_name(destination->kind));
    tb_json_member_string(json, "url", tb_buffer_get(&url));
    json->out->failed |= url.failed;
    tb_buffer_done(&url);
}

static void write_receipt(tb_buffer *out, const tb_destination *destination,
                          const tb_submission *submission, const tb_receipt_facts *facts,
                          tb_str server)
{
    tb_json json;
    char digest[TB_SHA256_TEXT_SIZE], moment[TB_TIMESTAMP_SIZE];
    tb_encode_sha256(submission->sha256, digest);
    tb_json_init(&json, out);
    tb_json_object(&json);
    tb_json_member_int(&json, "tianbao_receipt", 1);
    write_place(&json, destination, facts);
    tb_json_member_cstr(&json, "submission", submission->id);
    tb_json_member_string(&json, "file", submission->file_name);
    tb_json_member_int(&json, "size", (int64_t)submission->size);
    tb_json_member_cstr(&json, "sha256", digest);
    tb_json_member_cstr(&json, "verified_at", tb_timestamp(tb_platform_clock(), moment));
    tb_json_member_bool(&json, "was_there", facts->was_there);
    if (facts->number.size > 0)
        tb_json_member_string(&json, "number", facts->number);
    if (server.size > 0) {
        tb_json_key(&json, "server");
        tb_json_raw(&json, server);
    }
    tb_json_object_end(&json);
}

void tb_receipt_write_own(tb_buffer *out, const tb_destination *destination,
                          const tb_submission *submission, const tb_receipt_facts *facts)
{
    write_receipt(out, destination, submission, facts, TB_STR(""));
}

/* ---- verifying ---- */

static bool append_signed_text(tb_buffer *out, const cJSON *server)
{
    tb_buffer_cstr(out, signed_head);
    for (size_t i = 0; i < SIGNED_COUNT; i++) {
        const char *text = text_of(server, signed_members[i]);
        if (text == NULL || strchr(text, '\n') != NULL)
            return false;
        tb_buffer_cstr(out, text);
        tb_buffer_char(out, '\n');
    }
    return !out->failed;
}

static bool is_signed(const cJSON *server, const unsigned char key[TB_RECEIPT_KEY_SIZE])
{
    const char *text = text_of(server, "signature");
    tb_buffer signature, signed_text;
    tb_buffer_init(&signature, 4 * ED25519_SIGNATURE_SIZE);
    tb_buffer_init(&signed_text, TB_MAX_REPLY_SIZE);
    bool good = text != NULL && tb_decode_base64(tb_str_of(text), &signature) &&
                signature.size == ED25519_SIGNATURE_SIZE &&
                append_signed_text(&signed_text, server) &&
                ed25519_sha512_verify(key, signed_text.size, (const uint8_t *)signed_text.data,
                                      (const uint8_t *)signature.data);
    tb_buffer_done(&signature);
    tb_buffer_done(&signed_text);
    return good;
}

static bool has_digest(const cJSON *object, const unsigned char digest[TB_SHA256_SIZE])
{
    unsigned char said[TB_SHA256_SIZE];
    const char *text = text_of(object, "sha256");
    return text != NULL && tb_decode_sha256(tb_str_of(text), said) &&
           memcmp(said, digest, TB_SHA256_SIZE) == 0;
}

/* A server's own receipt; NULL: it gave none. */
static tb_receipt_verdict judge_server(const cJSON *server, const unsigned char *digest,
                                       const unsigned char *key)
{
    if (server == NULL)
        return key == NULL ? TB_RECEIPT_DIGEST_ONLY : TB_RECEIPT_FORGED;
    if (!has_digest(server, digest))
        return TB_RECEIPT_OTHER_FILE;
    if (key == NULL)
        return TB_RECEIPT_DIGEST_ONLY;
    return is_signed(server, key) ? TB_RECEIPT_SIGNED : TB_RECEIPT_FORGED;
}

static tb_receipt_verdict judge(const cJSON *receipt, const unsigned char *digest,
                                const unsigned char *key)
{
    const cJSON *server = cJSON_GetObjectItemCaseSensitive(receipt, "server");
    if (!cJSON_IsNumber(cJSON_GetObjectItemCaseSensitive(receipt, "tianbao_receipt")))
        return TB_RECEIPT_ILL_FORMED;
    if (!has_digest(receipt, digest))
        return TB_RECEIPT_OTHER_FILE;
    return judge_server(server, digest, key);
}

tb_receipt_verdict tb_receipt_verify(tb_str receipt, tb_str bytes,
                                     const unsigned char key[TB_RECEIPT_KEY_SIZE])
{
    unsigned char digest[TB_SHA256_SIZE];
    cJSON *root = cJSON_ParseWithLength(receipt.data, receipt.size);
    tb_sha256(bytes, digest);
    tb_receipt_verdict verdict =
        cJSON_IsObject(root) ? judge(root, digest, key) : TB_RECEIPT_ILL_FORMED;
    cJSON_Delete(root);
    return verdict;
}

bool tb_receipt_find_destination(tb_str receipt, char *out, size_t size)
{
    cJSON *root = cJSON_ParseWithLength(receipt.data, receipt.size);
    const char *name = text_of(root, "destination");
    bool found = name != NULL;
    if (found)
        snprintf(out, size, "%s", name);
    cJSON_Delete(root);
    return found;
}

/* ---- a server's receipt ---- */

/* Whether it is for this submission: a reply for another one proves nothing. */
static bool is_for(const cJSON *server, const tb_submission *submission)
{
    const char *id = text_of(server, "submission");
    return id != NULL && strcmp(id, submission->id) == 0 && text_of(server, "receipt") != NULL;
}

tb_receipt_verdict tb_receipt_write_server(tb_buffer *out, const tb_destination *destination,
                                           const tb_submission *submission, tb_str reply,
                                           const tb_receipt_facts *facts)
{
    const unsigned char *key = destination->has_receipt_key ? destination->receipt_key : NULL;
    tb_receipt_verdict verdict = TB_RECEIPT_ILL_FORMED;
    cJSON *server = tb_text_is_utf8(reply) ? cJSON_ParseWithLength(reply.data, reply.size) : NULL;
    if (cJSON_IsObject(server) && is_for(server, submission))
        verdict = judge_server(server, submission->sha256, key);
    if (verdict == TB_RECEIPT_SIGNED || verdict == TB_RECEIPT_DIGEST_ONLY) {
        char *text = cJSON_PrintUnformatted(server);
        out->failed |= text == NULL;
        write_receipt(out, destination, submission, facts, tb_str_of(text));
        cJSON_free(text);
    }
    cJSON_Delete(server);
    return verdict;
}
