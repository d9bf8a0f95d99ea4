/*
 * Servers that take JSON of their own (Directus, PostgREST, in-house systems): what is asked and
 * how the answer is read stands in the destination's mapping.
 */
#include <stdio.h>
#include <string.h>

#include "base/limits.h"
#include "send/delivery.h"
#include "send/mapping.h"
#include "send/receipt.h"

#define MAX_HEADER_SIZE ((size_t)16 << 10)

static tb_mapping_values values_of(const tb_delivery *delivery)
{
    return (tb_mapping_values){delivery->submission, delivery->bytes};
}

static void add_headers(tb_delivery *delivery)
{
    const tb_mapping *mapping = delivery->destination->mapping;
    tb_mapping_values values = values_of(delivery);
    tb_request_header(&delivery->request, "Content-Type", TB_STR("application/json"));
    tb_request_header(&delivery->request, "Accept", TB_STR("application/json"));
    for (size_t i = 0; i < mapping->header_count; i++) {
        tb_buffer value;
        tb_buffer_init(&value, MAX_HEADER_SIZE);
        tb_mapping_append_text(&value, tb_str_of(mapping->headers[i].value), &values);
        for (size_t at = 0; at < value.size; at++) /* a form's text can't add a header */
            value.data[at] = (unsigned char)value.data[at] < 0x20 ? ' ' : value.data[at];
        tb_request_header(&delivery->request, mapping->headers[i].name, tb_buffer_get(&value));
        delivery->request.headers.failed |= value.failed;
        tb_buffer_done(&value);
    }
}

static tb_step begin(tb_delivery *delivery)
{
    const tb_mapping *mapping = delivery->destination->mapping;
    tb_mapping_values values = values_of(delivery);
    tb_buffer_reset(&delivery->parts);
    tb_mapping_append(&delivery->parts, mapping->body, &values);
    if (delivery->parts.failed)
        return tb_delivery__fail(delivery, TB_PROBLEM_LOCAL, "");
    tb_delivery__ask(delivery, mapping->method, tb_buffer_get(&delivery->path));
    tb_request_piece(&delivery->request, tb_buffer_get(&delivery->parts));
    add_headers(delivery);
    return TB_STEP_ASK;
}

static bool is_stored_status(const tb_mapping *mapping, int status)
{
    for (size_t i = 0; i < mapping->stored_count; i++) {
        if (mapping->stored[i] == status)
            return true;
    }
    return false;
}

static bool is_known(const tb_mapping *mapping, const tb_reply *reply)
{
    return mapping->known.status != 0 && reply->status == mapping->known.status &&
           tb_str_find(reply->body, tb_str_of(mapping->known.contains)) >= 0;
}

/* A page of some portal has status 200 too: the answer must say back what only the server of this
 * submission can. */
static bool is_confirmed(tb_delivery *delivery, const cJSON *answer)
{
    const tb_mapping *mapping = delivery->destination->mapping;
    tb_mapping_values values = values_of(delivery);
    tb_buffer found, wanted;
    tb_buffer_init(&found, TB_MAX_REPLY_SIZE);
    tb_buffer_init(&wanted, TB_MAX_REPLY_SIZE);
    tb_mapping_append_text(&wanted, tb_str_of(mapping->confirm_value), &values);
    bool confirmed = tb_mapping_find(answer, mapping->confirm_at, &found) && !wanted.failed &&
                     wanted.size > 0 && tb_str_equal(tb_buffer_get(&found), tb_buffer_get(&wanted));
    tb_buffer_done(&found);
    tb_buffer_done(&wanted);
    return confirmed;
}

static tb_step deliver(tb_delivery *delivery, const cJSON *answer, bool was_there)
{
    const char *at = delivery->destination->mapping->receipt_at;
    tb_buffer number;
    tb_buffer_init(&number, TB_MAX_REPLY_SIZE);
    if (at != NULL)
        tb_mapping_find(answer, at, &number);
    tb_receipt_facts facts = {.was_there = was_there,
                              .path = tb_buffer_get(&delivery->path),
                              .number = tb_buffer_get(&number)};
    tb_receipt_write_own(&delivery->receipt, delivery->destination, delivery->submission, &facts);
    tb_buffer_done(&number);
    return delivery->receipt.failed ? tb_delivery__fail(delivery, TB_PROBLEM_LOCAL, "")
                                    : TB_STEP_DELIVERED;
}

static tb_step read_answer(tb_delivery *delivery, const tb_reply *reply)
{
    cJSON *answer = tb_text_is_utf8(reply->body)
                        ? cJSON_ParseWithLength(reply->body.data, reply->body.size)
                        : NULL;
    tb_step step = is_confirmed(delivery, answer)
                       ? deliver(delivery, answer, false)
                       : tb_delivery__fail(delivery, TB_PROBLEM_PROTOCOL,
                                           delivery->destination->mapping->confirm_at);
    cJSON_Delete(answer);
    return step;
}

static tb_step proceed(tb_delivery *delivery, const tb_reply *reply)
{
    const tb_mapping *mapping = delivery->destination->mapping;
    if (is_known(mapping, reply))
        return deliver(delivery, NULL, true);
    if (is_stored_status(mapping, reply->status))
        return read_answer(delivery, reply);
    return tb_delivery__fail_by_status(delivery, reply);
}

/* ---- trying out: nothing is stored, so that only the access is proved ---- */

static tb_step begin_trial(tb_delivery *delivery)
{
    tb_delivery__ask(delivery, "OPTIONS", TB_STR(""));
    return TB_STEP_ASK;
}

static tb_step proceed_trial(tb_delivery *delivery, const tb_reply *reply)
{
    bool refused = reply->status == 404 || reply->status >= 500;
    return refused ? tb_delivery__fail_by_status(delivery, reply) : TB_STEP_DELIVERED;
}

const tb_protocol tb_json_protocol = {begin, proceed, begin_trial, proceed_trial};
