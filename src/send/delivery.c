/*
 * What all protocols have in common.
 */
#include "send/delivery.h"

#include <string.h>

#include "base/limits.h"
#include "send/name.h"

#define MAX_PARTS_SIZE TB_MAX_OUTPUT_SIZE

static const tb_protocol *const protocols[] = {
    [TB_DESTINATION_WEBDAV] = &tb_webdav_protocol,
    [TB_DESTINATION_HTTPS] = &tb_https_protocol,
    [TB_DESTINATION_S3] = &tb_s3_protocol,
    [TB_DESTINATION_JSON] = &tb_json_protocol,
};

tb_status tb_delivery_init(tb_delivery *delivery, const tb_destination *destination,
                           const tb_submission *submission, tb_buffer *folders, tb_error *error)
{
    *delivery = (tb_delivery){.destination = destination,
                              .submission = submission,
                              .folders = folders,
                              .retry_after = -1};
    tb_request_init(&delivery->request);
    tb_buffer_init(&delivery->path, TB_MAX_URL_SIZE / 3);
    tb_buffer_init(&delivery->parts, MAX_PARTS_SIZE);
    tb_buffer_init(&delivery->receipt, TB_MAX_REPLY_SIZE);
    if (submission == NULL)
        return tb_make_uuid(delivery->id) ? TB_OK
                                          : tb_error_set(error, TB_IO, TB_MSG_SEND_NO_CHANCE, NULL);
    memcpy(delivery->id, submission->id, sizeof delivery->id);
    tb_name_append(&delivery->path, tb_str_of(destination->path), submission);
    return delivery->path.failed ? tb_error_memory(error) : TB_OK;
}

void tb_delivery_done(tb_delivery *delivery)
{
    tb_request_done(&delivery->request);
    tb_buffer_done(&delivery->path);
    tb_buffer_done(&delivery->parts);
    tb_buffer_done(&delivery->receipt);
}

tb_step tb_delivery_begin(tb_delivery *delivery)
{
    const tb_protocol *protocol = protocols[delivery->destination->kind];
    return delivery->submission != NULL ? protocol->begin(delivery)
                                        : protocol->begin_trial(delivery);
}

/* Which statuses mean that anything can be read out of the reply is for the protocol; what passes
 * by itself and what is wrong with the access is the same for all. */
static bool is_for_all(int status)
{
    tb_problem problem = tb_problem_of_status(status);
    return (problem != TB_PROBLEM_NONE && tb_problem_get(problem)->actor == TB_ACTOR_TIME) ||
           problem == TB_PROBLEM_PASSWORD || problem == TB_PROBLEM_REDIRECT ||
           problem == TB_PROBLEM_NO_ROOM;
}

tb_step tb_delivery_proceed(tb_delivery *delivery, const tb_reply *reply)
{
    const tb_protocol *protocol = protocols[delivery->destination->kind];
    delivery->retry_after = reply->retry_after;
    if (reply->problem != TB_PROBLEM_NONE)
        return tb_delivery__fail(delivery, reply->problem, reply->detail);
    if (is_for_all(reply->status))
        return tb_delivery__fail_by_status(delivery, reply);
    return delivery->submission != NULL ? protocol->proceed(delivery, reply)
                                        : protocol->proceed_trial(delivery, reply);
}

void tb_delivery__ask(tb_delivery *delivery, const char *method, tb_str path)
{
    tb_request_begin(&delivery->request, method);
    tb_buffer_cstr(&delivery->request.url, delivery->destination->url);
    tb_encode_path(&delivery->request.url, path);
}

tb_step tb_delivery__fail(tb_delivery *delivery, tb_problem problem, const char *detail)
{
    delivery->problem = problem;
    tb_detail_set(delivery->detail, detail);
    return TB_STEP_FAILED;
}

tb_step tb_delivery__fail_by_status(tb_delivery *delivery, const tb_reply *reply)
{
    tb_problem problem = tb_problem_of_status(reply->status);
    return tb_delivery__fail_as(delivery,
                                problem != TB_PROBLEM_NONE ? problem : TB_PROBLEM_PROTOCOL, reply);
}

bool tb_delivery__is_ours(const tb_delivery *delivery, const tb_reply *reply)
{
    return reply->size == delivery->submission->size &&
           memcmp(reply->sha256, delivery->submission->sha256, TB_SHA256_SIZE) == 0;
}
