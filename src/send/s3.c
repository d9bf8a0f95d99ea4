/*
 * S3 and what speaks like it (Ceph, MinIO, Swift, clouds), signed by curl (AWS SigV4). The address
 * in the settings ends with the bucket; the name of the form below it is the key.
 *
 * Looking first and putting then is no single step, so a key should say what is in it, as the
 * default name does: whoever puts the same key puts the same bytes. The server compares the body
 * with the digest that is signed; afterwards the object is read back all the same.
 */
#include <string.h>

#include "send/delivery.h"
#include "send/receipt.h"

enum { LOOK, PUT, READ_BACK, CLEAN };

#define EMPTY_SHA256 "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"

/* curl 7.88 would sign what it calls an unsigned payload. */
static void add_digest(tb_delivery *delivery, tb_str body)
{
    unsigned char digest[TB_SHA256_SIZE];
    char text[TB_SHA256_TEXT_SIZE];
    tb_sha256(body, digest);
    tb_encode_sha256(digest, text);
    tb_request_header(&delivery->request, "x-amz-content-sha256", tb_str_of(text));
}

static void ask(tb_delivery *delivery, int stage, const char *method)
{
    delivery->stage = stage;
    tb_delivery__ask(delivery, method, tb_buffer_get(&delivery->path));

    if (stage == PUT) {
        tb_request_piece(&delivery->request, delivery->bytes);
        add_digest(delivery, delivery->bytes);
        tb_request_header(&delivery->request, "Content-Type", TB_STR("application/octet-stream"));
    } else {
        delivery->request.only_digest = strcmp(method, "GET") == 0;
        tb_request_header(&delivery->request, "x-amz-content-sha256", TB_STR(EMPTY_SHA256));
    }
}

static tb_step begin(tb_delivery *delivery)
{
    ask(delivery, LOOK, "GET");
    return TB_STEP_ASK;
}

static tb_step deliver(tb_delivery *delivery, bool was_there)
{
    tb_receipt_facts facts = {.was_there = was_there, .path = tb_buffer_get(&delivery->path)};
    tb_receipt_write_own(&delivery->receipt, delivery->destination, delivery->submission, &facts);
    return delivery->receipt.failed ? tb_delivery__fail(delivery, TB_PROBLEM_LOCAL, "")
                                    : TB_STEP_DELIVERED;
}

/* A wrong secret has the status of a missing permission. */
static tb_step refuse(tb_delivery *delivery, const tb_reply *reply)
{
    static const char *const codes[] = {"SignatureDoesNotMatch", "InvalidAccessKeyId"};
    for (size_t i = 0; i < sizeof codes / sizeof codes[0]; i++) {
        if (reply->status == 403 && tb_str_find(reply->body, tb_str_of(codes[i])) >= 0)
            return tb_delivery__fail(delivery, TB_PROBLEM_PASSWORD, codes[i]);
    }
    return tb_delivery__fail_by_status(delivery, reply);
}

static tb_step after_look(tb_delivery *delivery, const tb_reply *reply)
{
    if (reply->status == 404) {
        ask(delivery, PUT, "PUT");
        return TB_STEP_ASK;
    }
    if (reply->status != 200)
        return refuse(delivery, reply);
    return tb_delivery__is_ours(delivery, reply)
               ? deliver(delivery, true)
               : tb_delivery__fail(delivery, TB_PROBLEM_NAME_TAKEN, delivery->path.data);
}

static tb_step proceed(tb_delivery *delivery, const tb_reply *reply)
{
    if (delivery->stage == LOOK)
        return after_look(delivery, reply);
    if (delivery->stage == PUT && reply->status == 200) {
        ask(delivery, READ_BACK, "GET");
        return TB_STEP_ASK;
    }
    if (delivery->stage == PUT)
        return refuse(delivery, reply);
    if (reply->status == 200 && tb_delivery__is_ours(delivery, reply))
        return deliver(delivery, false);
    return reply->status == 200 || reply->status == 404
               ? tb_delivery__fail(delivery, TB_PROBLEM_STORED_WRONG, "")
               : tb_delivery__fail_by_status(delivery, reply);
}

/* ---- trying out: a small object is put and taken away again ---- */

static const char trial_text[] = "Tianbao tries out whether files can be stored here.\n";

static tb_step begin_trial(tb_delivery *delivery)
{
    tb_buffer_reset(&delivery->path);
    tb_buffer_cstr(&delivery->path, ".tianbao-");
    tb_buffer_cstr(&delivery->path, delivery->id);
    delivery->bytes = TB_STR(trial_text);
    ask(delivery, PUT, "PUT");
    return TB_STEP_ASK;
}

static tb_step proceed_trial(tb_delivery *delivery, const tb_reply *reply)
{
    if (delivery->stage == CLEAN)
        return reply->status == 204 || reply->status == 200
                   ? TB_STEP_DELIVERED
                   : tb_delivery__fail_by_status(delivery, reply);
    if (reply->status != 200)
        return refuse(delivery, reply);
    ask(delivery, CLEAN, "DELETE");
    return TB_STEP_ASK;
}

const tb_protocol tb_s3_protocol = {begin, proceed, begin_trial, proceed_trial};
