/*
 * The HTTPS profile (SENDING.md): one PUT to an address that is made of the submission's id, so
 * that it can be repeated as often as need be, and a receipt in the reply.
 */
#include <nettle/sha2.h>
#include <stdio.h>

#include "send/delivery.h"
#include "send/receipt.h"

#define SUBMISSIONS "v1/submissions/"
#define SERVICE     "v1/"

/* What stands in the body before the bytes of the file. */
static bool compose_head(tb_delivery *delivery, const char *boundary)
{
    tb_buffer *out = &delivery->parts;
    tb_buffer_reset(out);
    tb_buffer_cstr(out, "--");
    tb_buffer_cstr(out, boundary);
    tb_buffer_cstr(out, "\r\nContent-Disposition: form-data; name=\"meta\"\r\n"
                        "Content-Type: application/json\r\n\r\n");
    tb_submission_append_meta(out, delivery->submission);
    tb_buffer_cstr(out, "\r\n--");
    tb_buffer_cstr(out, boundary);
    /* the file's own name is in the meta: here it would need an encoding that servers differ in */
    tb_buffer_cstr(out, "\r\nContent-Disposition: form-data; name=\"file\"; filename=\"form\"\r\n"
                        "Content-Type: application/octet-stream\r\n\r\n");
    return !out->failed;
}

/* RFC 9530: of the whole body. */
static void add_content_digest(tb_request *request)
{
    struct sha256_ctx context;
    unsigned char digest[TB_SHA256_SIZE];
    tb_buffer value;
    sha256_init(&context);
    for (size_t i = 0; i < request->piece_count; i++)
        sha256_update(&context, request->pieces[i].size, (const uint8_t *)request->pieces[i].data);
    sha256_digest(&context, sizeof digest, digest);
    tb_buffer_init(&value, 128);
    tb_buffer_cstr(&value, "sha-256=:");
    tb_encode_base64(&value, (tb_str){(const char *)digest, sizeof digest});
    tb_buffer_char(&value, ':');
    tb_request_header(request, "Content-Digest", tb_buffer_get(&value));
    tb_buffer_done(&value);
}

static void add_headers(tb_delivery *delivery, const char *boundary)
{
    char text[128];
    tb_request *request = &delivery->request;
    snprintf(text, sizeof text, "multipart/form-data; boundary=%s", boundary);
    tb_request_header(request, "Content-Type", tb_str_of(text));
    snprintf(text, sizeof text, "\"%s\"", delivery->id);
    tb_request_header(request, "Idempotency-Key", tb_str_of(text));
    tb_request_header(request, "If-None-Match", TB_STR("*"));
    tb_request_header(request, "Accept", TB_STR("application/json"));
    add_content_digest(request);
}

/* The address of this submission: it is its id that the server knows it by. */
static void name_submission(tb_delivery *delivery)
{
    tb_buffer_reset(&delivery->path);
    tb_buffer_cstr(&delivery->path, SUBMISSIONS);
    tb_buffer_cstr(&delivery->path, delivery->id);
}

static tb_step begin(tb_delivery *delivery)
{
    char boundary[TB_UUID_SIZE];
    if (!tb_make_uuid(boundary) || !compose_head(delivery, boundary))
        return tb_delivery__fail(delivery, TB_PROBLEM_LOCAL, "");
    size_t head = delivery->parts.size;
    tb_buffer_cstr(&delivery->parts, "\r\n--");
    tb_buffer_cstr(&delivery->parts, boundary);
    tb_buffer_cstr(&delivery->parts, "--\r\n");
    if (delivery->parts.failed)
        return tb_delivery__fail(delivery, TB_PROBLEM_LOCAL, "");
    tb_str parts = tb_buffer_get(&delivery->parts);
    name_submission(delivery);
    tb_delivery__ask(delivery, "PUT", tb_buffer_get(&delivery->path));
    tb_request_piece(&delivery->request, tb_str_slice(parts, 0, head));
    tb_request_piece(&delivery->request, delivery->bytes);
    tb_request_piece(&delivery->request, tb_str_slice(parts, head, parts.size));
    add_headers(delivery, boundary);
    return TB_STEP_ASK;
}

/* Delivered means: the receipt is for these bytes and, where we know its key, signed. */
static tb_step read_receipt(tb_delivery *delivery, const tb_reply *reply)
{
    tb_receipt_facts facts = {.was_there = reply->status == 200,
                              .path = tb_buffer_get(&delivery->path)};
    tb_receipt_verdict verdict = tb_receipt_write_server(&delivery->receipt, delivery->destination,
                                                         delivery->submission, reply->body, &facts);
    if (delivery->receipt.failed)
        return tb_delivery__fail(delivery, TB_PROBLEM_LOCAL, "");
    switch (verdict) {
    case TB_RECEIPT_SIGNED:
    case TB_RECEIPT_DIGEST_ONLY:
        return TB_STEP_DELIVERED;
    case TB_RECEIPT_OTHER_FILE:
        return tb_delivery__fail(delivery, TB_PROBLEM_RECEIPT, "sha256");
    case TB_RECEIPT_FORGED:
        return tb_delivery__fail(delivery, TB_PROBLEM_RECEIPT, "signature");
    case TB_RECEIPT_ILL_FORMED:
        break;
    }
    return tb_delivery__fail(delivery, TB_PROBLEM_PROTOCOL, "receipt");
}

static tb_step proceed(tb_delivery *delivery, const tb_reply *reply)
{
    switch (reply->status) {
    case 200:
    case 201:
        return read_receipt(delivery, reply);
    case 409: /* an earlier try is still being worked on */
        return tb_delivery__fail(delivery, TB_PROBLEM_BUSY, "PUT HTTP 409");
    case 412:
        return tb_delivery__fail_as(delivery, TB_PROBLEM_ID_TAKEN, reply);
    default:
        return tb_delivery__fail_by_status(delivery, reply);
    }
}

/* ---- trying out: the service says who it is and whether we may submit ---- */

static tb_step begin_trial(tb_delivery *delivery)
{
    tb_delivery__ask(delivery, "GET", TB_STR(SERVICE));
    tb_request_header(&delivery->request, "Accept", TB_STR("application/json"));
    return TB_STEP_ASK;
}

static tb_step proceed_trial(tb_delivery *delivery, const tb_reply *reply)
{
    if (reply->status != 200)
        return tb_delivery__fail_by_status(delivery, reply);
    return tb_delivery__is_true(reply, "may_submit")
               ? TB_STEP_DELIVERED
               : tb_delivery__fail(delivery, TB_PROBLEM_PROTOCOL, "may_submit");
}

const tb_protocol tb_https_protocol = {begin, proceed, begin_trial, proceed_trial};
