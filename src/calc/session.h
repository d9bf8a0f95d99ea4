/*
 * A check of one open document, and its last result. All of the checking is the library's; this
 * only puts the document in and keeps what comes out alive.
 */
#ifndef TB_CALC_SESSION_H
#define TB_CALC_SESSION_H

#include "calc/uno/uno.h"
#include "rule/check.h"

typedef struct tb_session tb_session;

/* The caller frees it. The definitions are read once for all sessions. */
tb_status tb_session_new(uno_Interface *context, tb_language language, tb_session **ret_session,
                         tb_error *error);
void tb_session_free(tb_session *session); /* NULL is fine */

/* Reads and checks the document. The result is borrowed: good until the next run or the end. */
tb_status tb_session_run(tb_session *session, uno_Interface *document, const tb_result **ret_result,
                         tb_error *error);

/* The same in steps of one sheet; the last one checks, which *ret_result tells: it stays NULL
 * before. The last result stays until then. A document that has changed is to be begun again. */
void tb_session_begin(tb_session *session, uno_Interface *document);
tb_status tb_session_step(tb_session *session, const tb_result **ret_result, tb_error *error);

/* Reads and checks the bytes of a file in place of a document; `name` is for messages. */
tb_status tb_session_run_bytes(tb_session *session, tb_str bytes, const char *name,
                               const tb_result **ret_result, tb_error *error);

/* The name of the sheet an address of the last result is in. */
tb_str tb_session_sheet_name(const tb_session *session, tb_address at);

/* What a row of the sheet of explanations says of a finding of the last result; see
 * tb_check_explain. */
tb_status tb_session_explain(tb_session *session, const tb_finding *finding,
                             tb_str ret_texts[TB_EXPLANATION_COLUMNS], tb_error *error);

/* The safe mends of the last result, good until the next run; see tb_check_mends. */
tb_status tb_session_mends(tb_session *session, tb_mends *ret_mends, tb_error *error);

/* A finding's name for finding it again after the next run, even when rows have moved. */
#define TB_FINDING_NAME_SIZE 512
void tb_session_name_finding(tb_session *session, const tb_finding *finding,
                             char ret_name[TB_FINDING_NAME_SIZE]);
/* The finding of the last result that has the name, or NULL. */
const tb_finding *tb_session_find(tb_session *session, const char *name);

#endif
