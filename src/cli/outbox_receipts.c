/*
 * The part of `tianbao outbox` that hands out receipts and copies and verifies receipts.
 */
#include <stdio.h>
#include <string.h>

#include "base/limits.h"
#include "base/platform.h"
#include "cli/outbox_show.h"
#include "send/receipt.h"

#define RECEIPT_SUFFIX ".receipt.json"
#define MAX_PATH_SIZE  ((size_t)1 << 16)
#define MAX_NAME_SIZE  1024

static int fail(const tb_cli_outbox_request *request, const char *file, const tb_error *error)
{
    tb_cli_error(request->cli, file, error);
    return TB_EXIT_UNREADABLE;
}

/* ---- receipts ---- */

typedef struct receipt_writer {
    tb_cli_outbox_request *request;
    tb_status status;
    tb_error *error;
} receipt_writer;

/* Folder, the file's name, and the first digits of the id: one form may be sent to several places.
 */
static void append_receipt_path(tb_buffer *out, const char *folder, const tb_submission *submission)
{
    tb_buffer_cstr(out, folder);
    tb_buffer_char(out, '/');
    tb_buffer_text(out, submission->file_name);
    tb_buffer_char(out, '.');
    tb_buffer_append(out, submission->id, 8);
    tb_buffer_cstr(out, RECEIPT_SUFFIX);
}

static bool write_receipt(receipt_writer *self, const tb_outbox_item *item)
{
    tb_buffer path;
    tb_buffer_init(&path, MAX_PATH_SIZE);
    append_receipt_path(&path, self->request->output, &item->submission);
    self->status = path.failed ? tb_error_memory(self->error)
                               : tb_platform_write_durably(path.data, item->receipt, self->error);
    if (self->status == TB_OK)
        fprintf(self->request->cli->out, "%s\n", path.data);
    else
        tb_error_locate(self->error, path.data, NULL);
    tb_buffer_done(&path);
    return self->status == TB_OK;
}

static bool show_receipt(void *context, const tb_outbox_item *item)
{
    receipt_writer *self = context;
    if (item->receipt.size == 0)
        return true;
    if (self->request->output != NULL)
        return write_receipt(self, item);
    fwrite(item->receipt.data, 1, item->receipt.size, self->request->cli->out);
    fputc('\n', self->request->cli->out);
    return true;
}

int tb_cli_outbox_receipts(tb_cli_outbox_request *request)
{
    tb_error error;
    receipt_writer self = {.request = request, .error = &error};
    if (request->output != NULL) {
        self.status = tb_platform_make_path(request->output, &error);
        if (self.status != TB_OK)
            return fail(request, request->output, &error);
    }
    tb_status status = tb_cli_outbox_each(request, show_receipt, &self, &error);
    return status == TB_OK && self.status == TB_OK ? TB_EXIT_OK : fail(request, NULL, &error);
}

/* ---- copies ---- */

typedef struct copy_writer {
    tb_cli_outbox_request *request;
    tb_buffer bytes;
    size_t count;
    tb_status status;
    tb_error *error;
} copy_writer;

static bool read_copy(void *context, const tb_outbox_item *item)
{
    copy_writer *self = context;
    if (++self->count == 1)
        self->status =
            tb_outbox_read(self->request->outbox, &item->submission, &self->bytes, self->error);
    return self->count < 2;
}

static tb_status export_copy(copy_writer *self)
{
    tb_cli_outbox_request *request = self->request;
    tb_status status = tb_cli_outbox_each(request, read_copy, self, self->error);
    if (status != TB_OK || self->status != TB_OK)
        return status != TB_OK ? status : self->status;
    if (self->count > 1)
        return tb_error_set(self->error, TB_INVALID, TB_MSG_CLI_OUTBOX_NOT_UNIQUE, *request->words,
                            NULL);
    if (tb_platform_path_kind(request->output) != TB_PATH_MISSING)
        return tb_error_set(self->error, TB_IO, TB_MSG_CLI_NEW_EXISTS, NULL);
    return tb_platform_write_durably(request->output, tb_buffer_get(&self->bytes), self->error);
}

int tb_cli_outbox_export(tb_cli_outbox_request *request)
{
    tb_error error;
    if (*request->words == NULL)
        return tb_cli_usage(request->cli, TB_MSG_CLI_OUTBOX_NEEDS_ID, NULL);
    if (request->output == NULL)
        return tb_cli_usage(request->cli, TB_MSG_CLI_OUTBOX_NEEDS_OUTPUT, NULL);
    copy_writer self = {.request = request, .error = &error};
    tb_buffer_init(&self.bytes, TB_MAX_FILE_SIZE);
    tb_status status = export_copy(&self);
    tb_buffer_done(&self.bytes);
    return status == TB_OK ? TB_EXIT_OK : fail(request, request->output, &error);
}

/* ---- verifying ---- */

static const struct {
    tb_message message;
    int exit_status;
} verdicts[] = {
    [TB_RECEIPT_SIGNED] = {TB_MSG_CLI_RECEIPT_SIGNED, TB_EXIT_OK},
    [TB_RECEIPT_DIGEST_ONLY] = {TB_MSG_CLI_RECEIPT_DIGEST_ONLY, TB_EXIT_OK},
    [TB_RECEIPT_OTHER_FILE] = {TB_MSG_CLI_RECEIPT_OTHER_FILE, TB_EXIT_FINDINGS},
    [TB_RECEIPT_FORGED] = {TB_MSG_CLI_RECEIPT_FORGED, TB_EXIT_FINDINGS},
    [TB_RECEIPT_ILL_FORMED] = {TB_MSG_CLI_RECEIPT_ILL_FORMED, TB_EXIT_UNREADABLE},
};

static bool parse_key(const char *text, unsigned char key[TB_RECEIPT_KEY_SIZE])
{
    tb_buffer bytes;
    tb_buffer_init(&bytes, 2 * TB_RECEIPT_KEY_SIZE);
    bool good = tb_decode_base64(tb_str_of(text), &bytes) && bytes.size == TB_RECEIPT_KEY_SIZE;
    if (good)
        memcpy(key, bytes.data, TB_RECEIPT_KEY_SIZE);
    tb_buffer_done(&bytes);
    return good;
}

/* --key, or what the settings say of the destination that the receipt names; else NULL. */
static const unsigned char *find_key(const tb_cli_outbox_request *request, tb_str receipt,
                                     unsigned char key[TB_RECEIPT_KEY_SIZE])
{
    char name[MAX_NAME_SIZE];
    if (request->key != NULL)
        return key;
    if (!tb_receipt_find_destination(receipt, name, sizeof name))
        return NULL;
    const tb_destination *destination =
        tb_destinations_find(request->destinations, tb_str_of(name));
    return destination != NULL && destination->has_receipt_key ? destination->receipt_key : NULL;
}

static int verify(tb_cli_outbox_request *request, unsigned char key[TB_RECEIPT_KEY_SIZE],
                  tb_buffer *receipt, tb_buffer *bytes)
{
    tb_error error;
    if (tb_platform_read_file(request->words[0], receipt, &error) != TB_OK)
        return fail(request, request->words[0], &error);
    if (tb_platform_read_file(request->words[1], bytes, &error) != TB_OK)
        return fail(request, request->words[1], &error);
    tb_str text = tb_buffer_get(receipt);
    tb_receipt_verdict verdict =
        tb_receipt_verify(text, tb_buffer_get(bytes), find_key(request, text, key));
    fprintf(request->cli->out, "%s\n",
            tb_message_get(request->cli->language, verdicts[verdict].message));
    return verdicts[verdict].exit_status;
}

int tb_cli_outbox_verify(tb_cli_outbox_request *request)
{
    unsigned char key[TB_RECEIPT_KEY_SIZE];
    if (request->words[0] == NULL || request->words[1] == NULL || request->words[2] != NULL)
        return tb_cli_usage(request->cli, TB_MSG_CLI_OUTBOX_VERIFY_USAGE, NULL);
    if (request->key != NULL && !parse_key(request->key, key))
        return tb_cli_usage(request->cli, TB_MSG_CLI_OUTBOX_BAD_KEY, NULL);
    tb_buffer receipt, bytes;
    tb_buffer_init(&receipt, TB_MAX_REPLY_SIZE);
    tb_buffer_init(&bytes, TB_MAX_FILE_SIZE);
    int exit_status = verify(request, key, &receipt, &bytes);
    tb_buffer_done(&receipt);
    tb_buffer_done(&bytes);
    return exit_status;
}
