/*
 * WebDAV and S3 step by step, with replies made by hand: a row is a dialogue, and how it must end.
 * In a row each word is a request that is expected and the reply to it: PUT=201, GET=200+ with the
 * submission's bytes, GET=200- with others.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "send/delivery.h"

#define BYTES "the bytes of a workbook"

typedef struct dialogue {
    const char *text;
    tb_step end;
    tb_problem problem;
    unsigned attempts; /* 0: the first try */
} dialogue;

static const dialogue webdav[] = {
    {"MKCOL=201 MKCOL=405 PUT=201 GET=200+ MOVE=201", TB_STEP_DELIVERED, TB_PROBLEM_NONE, 0},
    {"MKCOL=201 MKCOL=405 PUT=204 GET=200+ MOVE=204", TB_STEP_DELIVERED, TB_PROBLEM_NONE, 0},
    /* a portal's page is no answer to a move */
    {"MKCOL=405 MKCOL=405 PUT=201 GET=200+ MOVE=200", TB_STEP_FAILED, TB_PROBLEM_PROTOCOL, 0},
    {"MKCOL=200 MKCOL=200 PUT=200 GET=200-", TB_STEP_FAILED, TB_PROBLEM_STORED_WRONG, 0},
    /* the target by its path, then by its whole address */
    {"MKCOL=405 MKCOL=405 PUT=201 GET=200+ MOVE=400 MOVE=201", TB_STEP_DELIVERED, TB_PROBLEM_NONE,
     0},
    {"MKCOL=405 MKCOL=405 PUT=201 GET=200+ MOVE=400 MOVE=400", TB_STEP_FAILED, TB_PROBLEM_REFUSED,
     0},
    /* the name is taken: by the same bytes, by others */
    {"MKCOL=405 MKCOL=405 PUT=201 GET=200+ MOVE=412 GET=200+ DELETE=204", TB_STEP_DELIVERED,
     TB_PROBLEM_NONE, 0},
    {"MKCOL=405 MKCOL=405 PUT=201 GET=200+ MOVE=412 GET=200- DELETE=204", TB_STEP_FAILED,
     TB_PROBLEM_NAME_TAKEN, 0},
    {"MKCOL=405 MKCOL=405 PUT=201 GET=200+ MOVE=412 GET=404", TB_STEP_FAILED, TB_PROBLEM_CUT, 0},
    /* our own part can't be cleared away: not before it can is it delivered */
    {"MKCOL=405 MKCOL=405 PUT=201 GET=200+ MOVE=412 GET=200+ DELETE=500", TB_STEP_FAILED,
     TB_PROBLEM_SERVER_ERROR, 0},
    /* a later try looks first */
    {"GET=200+ DELETE=404", TB_STEP_DELIVERED, TB_PROBLEM_NONE, 2},
    {"GET=200- DELETE=204", TB_STEP_FAILED, TB_PROBLEM_NAME_TAKEN, 2},
    {"GET=404 MKCOL=405 MKCOL=405 PUT=201 GET=200+ MOVE=201", TB_STEP_DELIVERED, TB_PROBLEM_NONE,
     2},
    /* two make a folder at once; one that is missing; no right to any */
    {"MKCOL=403 MKCOL=403 PUT=201 GET=200+ MOVE=201", TB_STEP_DELIVERED, TB_PROBLEM_NONE, 0},
    {"MKCOL=403 MKCOL=403 PUT=403", TB_STEP_FAILED, TB_PROBLEM_FORBIDDEN, 0},
    {"MKCOL=409", TB_STEP_FAILED, TB_PROBLEM_NO_FOLDER, 0},
    {"MKCOL=405 MKCOL=405 PUT=409", TB_STEP_FAILED, TB_PROBLEM_NO_FOLDER, 0},
    {"MKCOL=401", TB_STEP_FAILED, TB_PROBLEM_PASSWORD, 0},
    {"MKCOL=302", TB_STEP_FAILED, TB_PROBLEM_REDIRECT, 0},
    {"MKCOL=405 MKCOL=405 PUT=413", TB_STEP_FAILED, TB_PROBLEM_TOO_LARGE, 0},
    {"MKCOL=405 MKCOL=405 PUT=507", TB_STEP_FAILED, TB_PROBLEM_NO_ROOM, 0},
    {"MKCOL=405 MKCOL=405 PUT=503", TB_STEP_FAILED, TB_PROBLEM_BUSY, 0},
};

static const dialogue s3[] = {
    {"GET=404 PUT=200 GET=200+", TB_STEP_DELIVERED, TB_PROBLEM_NONE, 0},
    {"GET=200+", TB_STEP_DELIVERED, TB_PROBLEM_NONE, 0},
    {"GET=200-", TB_STEP_FAILED, TB_PROBLEM_NAME_TAKEN, 0},
    {"GET=404 PUT=200 GET=200-", TB_STEP_FAILED, TB_PROBLEM_STORED_WRONG, 0},
    {"GET=404 PUT=200 GET=404", TB_STEP_FAILED, TB_PROBLEM_STORED_WRONG, 0},
    {"GET=404 PUT=400", TB_STEP_FAILED, TB_PROBLEM_REFUSED, 0},
    {"GET=403", TB_STEP_FAILED, TB_PROBLEM_FORBIDDEN, 0},
    {"GET=404 PUT=503", TB_STEP_FAILED, TB_PROBLEM_BUSY, 0},
};

/* Reads "=201" or "=200+" and makes the reply. */
static tb_reply read_reply(const char **at)
{
    char *end = NULL;
    tb_reply reply = {.retry_after = -1};
    reply.status = (int)strtol(*at + 1, &end, 10);
    tb_str body = *end == '+' ? TB_STR(BYTES) : TB_STR("other bytes");
    if (*end == '+' || *end == '-')
        end++;
    reply.size = body.size;
    tb_sha256(body, reply.sha256);
    *at = *end == ' ' ? end + 1 : end;
    return reply;
}

static void play(tb_destination_kind kind, const dialogue *row)
{
    static const tb_destination model = {.name = "bureau",
                                         .url = "https://forms.example.org/dav/",
                                         .path = "{form}/{year}/{short}{suffix}"};
    tb_destination destination = model;
    tb_submission submission = {.id = "11111111-2222-4333-8444-555555555555",
                                .form = TB_STR("goals"),
                                .year = TB_STR("2026"),
                                .suffix = TB_STR(".ods"),
                                .size = sizeof BYTES - 1};
    tb_delivery delivery;
    tb_buffer folders;
    destination.kind = kind;
    tb_sha256(TB_STR(BYTES), submission.sha256);
    tb_buffer_init(&folders, 10000);
    assert_int_equal(tb_delivery_init(&delivery, &destination, &submission, &folders, NULL), TB_OK);
    delivery.bytes = TB_STR(BYTES);
    delivery.attempts = row->attempts > 0 ? row->attempts : 1;
    tb_step step = tb_delivery_begin(&delivery);
    for (const char *at = row->text; *at != '\0';) {
        size_t size = strcspn(at, "=");
        assert_int_equal(step, TB_STEP_ASK);
        assert_int_equal(strlen(delivery.request.method), size);
        assert_memory_equal(delivery.request.method, at, size);
        at += size;
        tb_reply reply = read_reply(&at);
        step = tb_delivery_proceed(&delivery, &reply);
    }
    assert_int_equal(step, row->end);
    assert_int_equal(delivery.problem, row->problem);
    assert_int_equal(delivery.receipt.size > 0, row->end == TB_STEP_DELIVERED);
    tb_delivery_done(&delivery);
    tb_buffer_done(&folders);
}

static void webdav_dialogues(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof webdav / sizeof webdav[0]; i++) {
        print_message("%s\n", webdav[i].text);
        play(TB_DESTINATION_WEBDAV, &webdav[i]);
    }
}

static void s3_dialogues(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof s3 / sizeof s3[0]; i++) {
        print_message("%s\n", s3[i].text);
        play(TB_DESTINATION_S3, &s3[i]);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(webdav_dialogues),
        cmocka_unit_test(s3_dialogues),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
