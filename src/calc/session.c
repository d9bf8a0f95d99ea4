/*
 * A session is a check of the library with what it needs of the office: the shared definitions and
 * the document as a workbook.
 */
#include "calc/session.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/limits.h"
#include "calc/document.h"
#include "calc/functions/last_check.h"
#include "calc/shared_checker.h"
#include "sheet/reader.h"

struct tb_session {
    tb_shared_checker *shared;
    tb_check *check;
    tb_arena arenas[2];       /* of the result's workbook, and of the one that is being read */
    int used;                 /* which one is the result's */
    tb_document_reader steps; /* of a document that is being read */
    tb_reader *reader;        /* of a file's workbook; NULL before the first one */
    const tb_workbook *workbook;
    const tb_result *result; /* NULL before the first run and after a failure */
};

tb_status tb_session_new(uno_Interface *context, tb_language language, tb_session **ret_session,
                         tb_error *error)
{
    tb_session *session = calloc(1, sizeof(*session));
    if (session == NULL)
        return tb_error_memory(error);
    for (int i = 0; i < 2; i++)
        tb_arena_init(&session->arenas[i], TB_MAX_WORKBOOK_MEMORY);
    tb_status status = tb_shared_checker_take(context, &session->shared, error);
    if (status == TB_OK)
        status =
            tb_check_new(tb_shared_checker_get(session->shared), language, &session->check, error);
    if (status != TB_OK) {
        tb_session_free(session);
        return status;
    }
    *ret_session = session;
    return TB_OK;
}

void tb_session_free(tb_session *session)
{
    if (session == NULL)
        return;
    tb_check_free(session->check);
    tb_shared_checker_give_back(session->shared);
    tb_reader_free(session->reader);
    for (int i = 0; i < 2; i++)
        tb_arena_done(&session->arenas[i]);
    free(session);
}

void tb_session_begin(tb_session *session, uno_Interface *document)
{
    tb_arena *spare = &session->arenas[1 - session->used];
    tb_arena_reset(spare);
    tb_document_reader_init(&session->steps, document, spare);
}

/* The workbook of before gives way to the new one. */
static tb_status check_workbook(tb_session *session, const tb_workbook *workbook, tb_error *error)
{
    session->used = 1 - session->used;
    session->workbook = workbook;
    session->result = NULL;
    tb_status status = tb_check_run(session->check, workbook, &session->result, error);
    tb_arena_reset(&session->arenas[1 - session->used]);
    if (status == TB_OK)
        tb_last_check_publish(session->steps.document, session->result);
    return status;
}

tb_status tb_session_step(tb_session *session, const tb_result **ret_result, tb_error *error)
{
    const tb_workbook *workbook = NULL;
    tb_status status = tb_document_reader_step(&session->steps, &workbook, error);
    if (status == TB_OK && workbook != NULL)
        status = check_workbook(session, workbook, error);
    if (status == TB_OK && workbook != NULL)
        *ret_result = session->result;
    if (status != TB_OK)
        session->result = NULL;
    return status;
}

tb_status tb_session_run(tb_session *session, uno_Interface *document, const tb_result **ret_result,
                         tb_error *error)
{
    const tb_result *result = NULL;
    tb_status status = TB_OK;
    tb_session_begin(session, document);
    while (status == TB_OK && result == NULL)
        status = tb_session_step(session, &result, error);
    if (status == TB_OK)
        *ret_result = result;
    return status;
}

tb_status tb_session_run_bytes(tb_session *session, tb_str bytes, const char *name,
                               const tb_result **ret_result, tb_error *error)
{
    session->workbook = NULL;
    session->result = NULL;
    tb_status status = session->reader == NULL ? tb_reader_new(&session->reader, error) : TB_OK;
    if (status == TB_OK)
        status = tb_reader_read_bytes(session->reader, bytes, name, &session->workbook, error);
    if (status == TB_OK)
        status = tb_check_run(session->check, session->workbook, &session->result, error);
    if (status == TB_OK)
        *ret_result = session->result;
    return status;
}

tb_str tb_session_sheet_name(const tb_session *session, tb_address at)
{
    bool known = session->workbook != NULL && at.sheet < session->workbook->sheet_count;
    return known ? session->workbook->sheets[at.sheet].name : TB_STR("");
}

tb_status tb_session_explain(tb_session *session, const tb_finding *finding,
                             tb_str ret_texts[TB_EXPLANATION_COLUMNS], tb_error *error)
{
    return tb_check_explain(session->check, finding, ret_texts, error);
}

tb_status tb_session_mends(tb_session *session, tb_mends *ret_mends, tb_error *error)
{
    return tb_check_mends(session->check, ret_mends, error);
}

/* The rule, and what the code says of which finding it is; of one that has no code the cell. */
void tb_session_name_finding(tb_session *session, const tb_finding *finding,
                             char ret_name[TB_FINDING_NAME_SIZE])
{
    tb_str texts[TB_EXPLANATION_COLUMNS] = {{0}};
    tb_error error;
    int rule_size = finding->rule.size < 256 ? (int)finding->rule.size : 256;
    if (finding->explainable && tb_session_explain(session, finding, texts, &error) == TB_OK)
        snprintf(ret_name, TB_FINDING_NAME_SIZE, "%.*s %.*s", rule_size, finding->rule.data,
                 TB_HALF_CODE_SIZE * 2, texts[TB_EXPLANATION_CODE].data + 2);
    else
        snprintf(ret_name, TB_FINDING_NAME_SIZE, "%.*s %u.%u.%u", rule_size, finding->rule.data,
                 (unsigned)finding->at.sheet, (unsigned)finding->at.row,
                 (unsigned)finding->at.column);
}

const tb_finding *tb_session_find(tb_session *session, const char *name)
{
    for (size_t i = 0; session->result != NULL && i < session->result->finding_count; i++) {
        char other[TB_FINDING_NAME_SIZE];
        const tb_finding *finding = &session->result->findings[i];
        if (!tb_str_starts(tb_str_of(name), finding->rule))
            continue;
        tb_session_name_finding(session, finding, other);
        if (strcmp(name, other) == 0)
            return finding;
    }
    return NULL;
}
