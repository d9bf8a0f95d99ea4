/*
 * com.sun.star.system.SimpleSystemMail (MAPI) where there is one, else SimpleCommandMail, which
 * runs the system's mail command.
 */
#include "calc/mail/client.h"

#include <osl/file.h>
#include <string.h>

#include "base/limits.h"
#include "calc/office.h"
#include "calc/uno/value.h"

/* ---- the service ---- */

/* Borrowed; NULL where the system has none. */
static uno_Interface *find_client(tb_calls *calls, uno_Interface *context)
{
    static const char *const services[] = {"com.sun.star.system.SimpleSystemMail",
                                           "com.sun.star.system.SimpleCommandMail"};
    uno_Interface *client = NULL;
    for (size_t i = 0; i < sizeof services / sizeof services[0] && client == NULL; i++) {
        uno_Interface *supplier = tb_service(calls, context, services[i], NULL);
        client = tb_uno_call_object(calls, supplier,
                                    TB_XSimpleMailClientSupplier_querySimpleMailClient, NULL);
        tb_calls_forgive(calls);
    }
    return client;
}

/* Whether the office is told to use a program that is not there: it would start it in vain and
 * not say so. */
static bool program_is_missing(tb_calls *calls, uno_Interface *context)
{
    uno_Interface *settings = tb_office_configuration(
        calls, context, "/org.openoffice.Office.Common/ExternalMailer", false);
    rtl_uString *key = tb_calls_text(calls, TB_STR("Program"));
    const uno_Any *value = tb_uno_call(calls, settings, TB_XNameAccess_getByName, TB_ARGS(&key));
    const rtl_uString *program = value != NULL ? tb_any_find_text(value) : NULL;
    bool missing = false;
    if (program != NULL && program->length > 0 && program->buffer[0] == '/') {
        rtl_uString *url = NULL;
        oslDirectoryItem item = NULL;
        missing = osl_getFileURLFromSystemPath((rtl_uString *)program, &url) == osl_File_E_None &&
                  osl_getDirectoryItem(url, &item) != osl_File_E_None;
        if (item != NULL)
            osl_releaseDirectoryItem(item);
        if (url != NULL)
            rtl_uString_release(url);
    }
    tb_calls_forgive(calls);
    return missing;
}

/* ---- the message ---- */

static bool separates(char c)
{
    return c == ',' || c == ';' || c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

/* What no address has, and a command line should not see. */
static bool is_safe(tb_str address)
{
    for (size_t i = 0; i < address.size; i++) {
        unsigned char c = (unsigned char)address.data[i];
        if (c <= ' ' || c == 0x7F || strchr("'\"`$&|<>?\\", c) != NULL)
            return false;
    }
    return address.size > 0 && address.data[0] != '-';
}

/* The next address from *at on, or the empty text. */
static tb_str next_address(tb_str list, size_t *at)
{
    for (;;) {
        while (*at < list.size && separates(list.data[*at]))
            ++*at;
        size_t from = *at;
        while (*at < list.size && !separates(list.data[*at]))
            ++*at;
        tb_str address = tb_str_slice(list, from, *at);
        if (address.size == 0 || is_safe(address))
            return address;
    }
}

static size_t count_addresses(tb_str list)
{
    size_t count = 0, at = 0;
    while (next_address(list, &at).size > 0)
        count++;
    return count;
}

static uno_Sequence *text_sequence(tb_calls *calls, size_t count)
{
    return tb_calls_sequence(calls, TB_TYPE_STRINGS, count);
}

static void put_text(tb_calls *calls, uno_Sequence *sequence, size_t place, tb_str text)
{
    rtl_uString *value = tb_calls_text(calls, text);
    if (!tb_calls_failed(calls))
        rtl_uString_assign(&TB_ITEMS(sequence, rtl_uString *)[place], value);
}

/* The first address is the recipient; a message of the office's has only one, so the others get a
 * copy. */
static void set_recipients(tb_calls *calls, uno_Interface *mail, tb_str list)
{
    size_t count = count_addresses(list), at = 0;
    if (count == 0)
        return;
    rtl_uString *first = tb_calls_text(calls, next_address(list, &at));
    tb_uno_call(calls, mail, TB_XSimpleMailMessage_setRecipient, TB_ARGS(&first));
    uno_Sequence *others = text_sequence(calls, count - 1);
    for (size_t i = 0; i + 1 < count; i++)
        put_text(calls, others, i, next_address(list, &at));
    if (!tb_calls_failed(calls) && count > 1)
        tb_uno_call(calls, mail, TB_XSimpleMailMessage_setCcRecipient, TB_ARGS(&others));
}

static uno_Interface *make_message(tb_calls *calls, uno_Interface *client,
                                   const tb_mail_message *message)
{
    uno_Interface *mail =
        tb_uno_call_object(calls, client, TB_XSimpleMailClient_createSimpleMailMessage, NULL);
    rtl_uString *subject = tb_calls_text(calls, message->subject);
    rtl_uString *body = tb_calls_text(calls, message->body);
    uno_Sequence *attachments = text_sequence(calls, 1);
    put_text(calls, attachments, 0, message->attachment);
    if (tb_calls_failed(calls))
        return NULL;
    set_recipients(calls, mail, message->recipients);
    tb_uno_call(calls, mail, TB_XSimpleMailMessage_setSubject, TB_ARGS(&subject));
    tb_uno_call_set(calls, mail, TB_XSimpleMailMessage2_Body, &body);
    tb_uno_call(calls, mail, TB_XSimpleMailMessage_setAttachement, TB_ARGS(&attachments));
    return mail;
}

tb_status tb_mail_client_send(uno_Interface *context, const tb_mail_message *message,
                              tb_error *error)
{
    tb_calls calls;
    tb_calls_init(&calls);
    uno_Interface *client =
        program_is_missing(&calls, context) ? NULL : find_client(&calls, context);
    sal_Int32 flags = 0; /* com.sun.star.system.SimpleMailClientFlags.DEFAULTS: with a window */
    uno_Interface *mail = client != NULL ? make_message(&calls, client, message) : NULL;
    if (mail != NULL)
        tb_uno_call(&calls, client, TB_XSimpleMailClient_sendSimpleMailMessage,
                    TB_ARGS(&mail, &flags));
    tb_status status = tb_calls_done(&calls, error);
    return client != NULL && status == TB_OK
               ? TB_OK
               : tb_error_set(error, TB_NOT_FOUND, TB_MSG_CALC_MAIL_NO_PROGRAM,
                              message->attachment_path.data, NULL);
}
