/*
 * What a server says in the body of a reply, as far as it is JSON: its words about a problem
 * (RFC 9457), or one flag.
 */
#include <cjson/cJSON.h>
#include <stdio.h>
#include <string.h>

#include "send/delivery.h"

static cJSON *parse(const tb_reply *reply)
{
    if (reply->body.size == 0 || !tb_text_is_utf8(reply->body))
        return NULL;
    return cJSON_ParseWithLength(reply->body.data, reply->body.size);
}

bool tb_delivery__is_true(const tb_reply *reply, const char *name)
{
    cJSON *root = parse(reply);
    bool is_true = cJSON_IsTrue(cJSON_GetObjectItemCaseSensitive(root, name));
    cJSON_Delete(root);
    return is_true;
}

/* They are shown on terminals: no control characters. */
static void append_plain(tb_buffer *out, const char *text)
{
    for (const char *p = text; *p != '\0'; p++)
        tb_buffer_char(out, (unsigned char)*p < 0x20 || *p == 0x7F ? ' ' : *p);
}

static void append_words(tb_buffer *out, const cJSON *root)
{
    static const char *const members[] = {"title", "detail", "message", "error"};
    size_t start = out->size;
    for (size_t i = 0; i < sizeof members / sizeof members[0]; i++) {
        const cJSON *member = cJSON_GetObjectItemCaseSensitive(root, members[i]);
        if (!cJSON_IsString(member))
            continue;
        tb_buffer_cstr(out, out->size == start ? ": " : "; ");
        append_plain(out, member->valuestring);
    }
}

tb_step tb_delivery__fail_as(tb_delivery *delivery, tb_problem problem, const tb_reply *reply)
{
    char status[48];
    tb_buffer text;
    cJSON *root = parse(reply);
    snprintf(status, sizeof status, "%.16s HTTP %d", delivery->request.method, reply->status);
    tb_buffer_init(&text, TB_MAX_WORDS_SIZE);
    tb_buffer_cstr(&text, status);
    append_words(&text, root);
    cJSON_Delete(root);
    tb_delivery__fail(delivery, problem, text.failed ? status : text.data);
    tb_buffer_done(&text);
    return TB_STEP_FAILED;
}
