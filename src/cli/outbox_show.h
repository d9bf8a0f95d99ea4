/*
 * How submissions and problems are shown by `tianbao upload` and `tianbao outbox`.
 */
#ifndef TB_CLI_OUTBOX_SHOW_H
#define TB_CLI_OUTBOX_SHOW_H

#include "base/json.h"
#include "cli/command.h"
#include "send/sender.h"

/* A sentence that says what happened and what to do. */
void tb_cli_append_problem(tb_buffer *out, tb_language language, tb_problem problem,
                           const char *destination, const char *detail);
/* The members of an item, into an object that is open. */
void tb_cli_item_members(tb_json *json, const tb_outbox_item *item, tb_language language);
/* One line: state, id, destination, file, and why or when. */
void tb_cli_append_item(tb_buffer *out, const tb_outbox_item *item, tb_language language);
tb_message tb_cli_state_message(tb_outbox_state state);

/* Prints and ends the buffer; false when it could not be composed. */
bool tb_cli_print(tb_cli *cli, tb_buffer *text);

/* Sends the batch of the outbox, telling on standard error what happens. `patience` as in
 * send/sender.h. */
typedef struct tb_cli_send_options {
    int64_t patience;
    size_t total; /* items of the batch, for the progress */
} tb_cli_send_options;

tb_status tb_cli_send(tb_cli *cli, tb_outbox *outbox, const tb_destinations *destinations,
                      const tb_cli_send_options *options, tb_error *error);

/* Text to milliseconds; false when it is no whole number of seconds up to a day. */
bool tb_cli_parse_patience(const char *text, int64_t *ret);
#define TB_CLI_PATIENCE ((int64_t)120000) /* when nothing was said */

/* What `tianbao outbox` was asked for. */
typedef struct tb_cli_outbox_request {
    tb_cli *cli;
    char **words; /* ids or files, ended by NULL */
    const char *to, *output, *key;
    bool json, only_open;
    int64_t patience;
    tb_outbox *outbox;
    tb_destinations *destinations;
} tb_cli_outbox_request;

/* Lists for each id of the request, or once without one. Tells it when an id fits nothing. */
tb_status tb_cli_outbox_each(tb_cli_outbox_request *request, tb_outbox_seer see, void *context,
                             tb_error *error);

/* The actions about receipts and copies; each returns the exit status. */
int tb_cli_outbox_receipts(tb_cli_outbox_request *request);
int tb_cli_outbox_export(tb_cli_outbox_request *request);
int tb_cli_outbox_verify(tb_cli_outbox_request *request);

#endif
