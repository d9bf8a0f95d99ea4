/*
 * The table of problems and that of statuses.
 */
#include "send/problem.h"

#include <string.h>

#define ROW(NAME, name, actor, hits_all, refusal)                                                  \
    [TB_PROBLEM_##NAME] = {name, TB_ACTOR_##actor, hits_all, refusal, TB_MSG_SEND_PROBLEM_##NAME}

static const tb_problem_facts facts[TB_PROBLEM_COUNT] = {
    ROW(NONE, "none", TIME, false, false),
    ROW(NO_CONNECTION, "no-connection", TIME, true, false),
    ROW(TIMEOUT, "timeout", TIME, false, false),
    ROW(CUT, "cut", TIME, false, false),
    ROW(BUSY, "busy", TIME, true, false),
    ROW(SERVER_ERROR, "server-error", TIME, false, false),
    ROW(STORED_WRONG, "stored-wrong", TIME, false, false),
    ROW(CANCELLED, "cancelled", TIME, true, false),
    ROW(LOCAL, "local", TIME, true, false),
    ROW(NO_DESTINATION, "no-destination", USER, true, false),
    ROW(NO_SECRET, "no-secret", USER, true, false),
    ROW(PASSWORD, "password", USER, true, false),
    ROW(NAME_TAKEN, "name-taken", USER, false, false),
    ROW(COPY_DAMAGED, "copy-damaged", USER, false, false),
    ROW(FORBIDDEN, "forbidden", OFFICE, true, false),
    ROW(NO_FOLDER, "no-folder", OFFICE, true, false),
    ROW(TOO_LARGE, "too-large", OFFICE, false, true),
    ROW(NO_ROOM, "no-room", OFFICE, true, false),
    ROW(REFUSED, "refused", OFFICE, false, true),
    ROW(ID_TAKEN, "id-taken", OFFICE, false, true),
    ROW(REDIRECT, "redirect", OFFICE, true, false),
    ROW(PROTOCOL, "protocol", OFFICE, true, false),
    ROW(CERTIFICATE, "certificate", OFFICE, true, false),
    ROW(RECEIPT, "receipt", OFFICE, true, false),
};

void tb_detail_set(char out[TB_DETAIL_SIZE], const char *text)
{
    size_t size = strlen(text);
    if (size >= TB_DETAIL_SIZE) {
        size = TB_DETAIL_SIZE - 1;
        while (size > 0 && ((unsigned char)text[size] & 0xC0u) == 0x80u)
            size--;
    }
    memcpy(out, text, size);
    out[size] = '\0';
}

const tb_problem_facts *tb_problem_get(tb_problem problem)
{
    return &facts[problem];
}

tb_problem tb_problem_find(tb_str name)
{
    for (size_t i = 0; i < TB_PROBLEM_COUNT; i++) {
        if (tb_str_equal(name, tb_str_of(facts[i].name)))
            return (tb_problem)i;
    }
    return TB_PROBLEM_LOCAL;
}

static const struct {
    int status;
    tb_problem problem;
} statuses[] = {
    {401, TB_PROBLEM_PASSWORD},     {403, TB_PROBLEM_FORBIDDEN}, {404, TB_PROBLEM_NO_FOLDER},
    {407, TB_PROBLEM_PASSWORD},     {408, TB_PROBLEM_BUSY},      {413, TB_PROBLEM_TOO_LARGE},
    {425, TB_PROBLEM_BUSY},         {429, TB_PROBLEM_BUSY},      {500, TB_PROBLEM_SERVER_ERROR},
    {502, TB_PROBLEM_SERVER_ERROR}, {503, TB_PROBLEM_BUSY},      {504, TB_PROBLEM_SERVER_ERROR},
    {507, TB_PROBLEM_NO_ROOM},
};

tb_problem tb_problem_of_status(int status)
{
    for (size_t i = 0; i < sizeof statuses / sizeof statuses[0]; i++) {
        if (statuses[i].status == status)
            return statuses[i].problem;
    }
    if (status >= 200 && status < 300)
        return TB_PROBLEM_NONE;
    if (status >= 300 && status < 400)
        return TB_PROBLEM_REDIRECT;
    return status >= 400 && status < 500 ? TB_PROBLEM_REFUSED : TB_PROBLEM_PROTOCOL;
}
