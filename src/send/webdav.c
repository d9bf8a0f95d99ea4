/*
 * WebDAV (RFC 4918) the way that all servers obey: the bytes go to a name of our own, are read back
 * and compared, and are then moved to their name unless something has it. If-None-Match would do in
 * one step what the move does, but servers that don't know it overwrite silently.
 *
 * A try after the first begins by looking whether the file is there already, since the reply may
 * have been all that was lost.
 */
#include <string.h>

#include "send/delivery.h"
#include "send/receipt.h"

/* Nextcloud and ownCloud refuse names that end in .part. */
#define UPLOAD_SUFFIX ".upload"

enum {
    LOOK,         /* a later try: is it there? */
    PUT,          /* to our own name */
    MAKE_FOLDERS, /* some servers say 500 to a file whose folder is missing */
    READ_BACK,
    MOVE,
    MOVE_BY_ADDRESS,
    COMPARE, /* the name is taken: by the same bytes? */
    CLEAN,   /* our own name, no longer needed */
    CLEAN_CONFLICT
};

/* Where its folder ends, with the '/'. */
static size_t folder_size(tb_str path)
{
    size_t size = path.size;
    while (size > 0 && path.data[size - 1] != '/')
        size--;
    return size;
}

/* Our own name, beside the final one: ".{id}.upload". */
static void append_upload_path(const tb_delivery *delivery, tb_buffer *out)
{
    tb_str path = tb_buffer_get(&delivery->path);
    tb_buffer_text(out, tb_str_slice(path, 0, folder_size(path)));
    tb_buffer_char(out, '.');
    tb_buffer_cstr(out, delivery->id);
    tb_buffer_cstr(out, UPLOAD_SUFFIX);
}

static void ask_upload(tb_delivery *delivery, const char *method)
{
    tb_buffer_reset(&delivery->parts);
    append_upload_path(delivery, &delivery->parts);
    tb_delivery__ask(delivery, method, tb_buffer_get(&delivery->parts));
}

static tb_step ask_final(tb_delivery *delivery, int stage)
{
    delivery->stage = stage;
    tb_delivery__ask(delivery, "GET", tb_buffer_get(&delivery->path));
    delivery->request.only_digest = true;
    return TB_STEP_ASK;
}

static tb_step ask_put(tb_delivery *delivery)
{
    delivery->stage = PUT;
    ask_upload(delivery, "PUT");
    tb_request_header(&delivery->request, "Content-Type", TB_STR("application/octet-stream"));
    tb_request_piece(&delivery->request, delivery->bytes);
    return TB_STEP_ASK;
}

/* Whether the first bytes of the path are a folder that is known to be there. */
static bool knows_folder(const tb_delivery *delivery, tb_str folder)
{
    tb_str known = tb_buffer_get(delivery->folders);
    for (size_t at = 0; at < known.size;) {
        tb_str one = tb_str_of(known.data + at);
        if (tb_str_equal(one, folder))
            return true;
        at += one.size + 1;
    }
    return false;
}

static void remember_folder(tb_delivery *delivery, tb_str folder)
{
    tb_buffer_text(delivery->folders, folder);
    tb_buffer_char(delivery->folders, '\0');
    if (delivery->folders->failed) /* too many: find them out anew */
        tb_buffer_reset(delivery->folders);
}

/* Folders are made from the top, each once in a run; then the file is put. */
static tb_step ask_folder(tb_delivery *delivery)
{
    tb_str path = tb_buffer_get(&delivery->path);
    size_t end = folder_size(path);
    while (delivery->folder < end) {
        size_t at = delivery->folder;
        while (path.data[at] != '/')
            at++;
        tb_str folder = tb_str_slice(path, 0, at + 1);
        delivery->folder = at + 1;
        if (knows_folder(delivery, folder))
            continue;
        delivery->stage = MAKE_FOLDERS;
        tb_delivery__ask(delivery, "MKCOL", folder);
        return TB_STEP_ASK;
    }
    return ask_put(delivery);
}

static tb_step ask_read_back(tb_delivery *delivery)
{
    delivery->stage = READ_BACK;
    ask_upload(delivery, "GET");
    delivery->request.only_digest = true;
    return TB_STEP_ASK;
}

/* The path of the destination's address, with its '/'. */
static const char *address_path(const char *url)
{
    const char *host = strstr(url, "://");
    const char *path = strchr(host != NULL ? host + 3 : url, '/');
    return path != NULL ? path : "/";
}

/* By its path alone first: a server behind a proxy that ends TLS would take the whole address for
 * that of another server. Some want the whole address. */
static tb_step ask_move(tb_delivery *delivery, int stage)
{
    const char *url = delivery->destination->url;
    tb_buffer target;
    tb_buffer_init(&target, delivery->request.url.max);
    tb_buffer_cstr(&target, stage == MOVE ? address_path(url) : url);
    tb_encode_path(&target, tb_buffer_get(&delivery->path));
    delivery->stage = stage;
    ask_upload(delivery, "MOVE");
    tb_request_header(&delivery->request, "Destination", tb_buffer_get(&target));
    tb_request_header(&delivery->request, "Overwrite", TB_STR("F"));
    delivery->request.headers.failed |= target.failed;
    tb_buffer_done(&target);
    return TB_STEP_ASK;
}

static tb_step ask_clean(tb_delivery *delivery, int stage)
{
    delivery->stage = stage;
    ask_upload(delivery, "DELETE");
    return TB_STEP_ASK;
}

static tb_step deliver(tb_delivery *delivery, bool was_there)
{
    tb_receipt_facts facts = {.was_there = was_there, .path = tb_buffer_get(&delivery->path)};
    tb_receipt_write_own(&delivery->receipt, delivery->destination, delivery->submission, &facts);
    return delivery->receipt.failed ? tb_delivery__fail(delivery, TB_PROBLEM_LOCAL, "")
                                    : TB_STEP_DELIVERED;
}

static bool is_success(int status)
{
    return status >= 200 && status < 300;
}

static bool is_missing(int status)
{
    return status == 404 || status == 409;
}

static tb_step lack_folder(tb_delivery *delivery, const tb_reply *reply)
{
    tb_buffer_reset(delivery->folders);
    tb_delivery__fail_by_status(delivery, reply);
    delivery->problem = TB_PROBLEM_NO_FOLDER;
    return TB_STEP_FAILED;
}

static tb_step after_put(tb_delivery *delivery, const tb_reply *reply)
{
    if (is_success(reply->status))
        return ask_read_back(delivery);
    if (is_missing(reply->status))
        return lack_folder(delivery, reply);
    return tb_delivery__fail_by_status(delivery, reply);
}

/* 405: it is there. 403 is what Apache says to one of two who make it at the same moment; where it
 * is meant, the file gets it too. */
static tb_step after_folder(tb_delivery *delivery, const tb_reply *reply)
{
    if (reply->status == 403)
        return ask_folder(delivery);
    if (is_success(reply->status) || reply->status == 405) {
        tb_str path = tb_buffer_get(&delivery->path);
        remember_folder(delivery, tb_str_slice(path, 0, delivery->folder));
        return ask_folder(delivery);
    }
    if (is_missing(reply->status))
        return lack_folder(delivery, reply);
    return tb_delivery__fail_by_status(delivery, reply);
}

/* A move is answered with 201 or 204 and nothing else: 200 is some portal's page. */
static tb_step after_move(tb_delivery *delivery, const tb_reply *reply)
{
    if (reply->status == 201 || reply->status == 204)
        return deliver(delivery, false);
    if (reply->status == 412)
        return ask_final(delivery, COMPARE);
    if (reply->status == 400 && delivery->stage == MOVE)
        return ask_move(delivery, MOVE_BY_ADDRESS);
    if (reply->status == 404) /* our own name is gone: the next try begins anew */
        return tb_delivery__fail(delivery, TB_PROBLEM_STORED_WRONG, "MOVE HTTP 404");
    return tb_delivery__fail_by_status(delivery, reply);
}

static tb_step after_compare(tb_delivery *delivery, const tb_reply *reply)
{
    if (reply->status == 200)
        return ask_clean(delivery, tb_delivery__is_ours(delivery, reply) ? CLEAN : CLEAN_CONFLICT);
    if (reply->status == 404) /* gone meanwhile: the next try will find out */
        return tb_delivery__fail(delivery, TB_PROBLEM_CUT, "GET HTTP 404");
    return tb_delivery__fail_by_status(delivery, reply);
}

static tb_step after_clean(tb_delivery *delivery, const tb_reply *reply)
{
    if (!is_success(reply->status) && reply->status != 404)
        return tb_delivery__fail_by_status(delivery, reply);
    if (delivery->stage == CLEAN)
        return deliver(delivery, true);
    return tb_delivery__fail(delivery, TB_PROBLEM_NAME_TAKEN, delivery->path.data);
}

static tb_step begin(tb_delivery *delivery)
{
    return delivery->attempts > 1 ? ask_final(delivery, LOOK) : ask_folder(delivery);
}

static tb_step proceed(tb_delivery *delivery, const tb_reply *reply)
{
    switch (delivery->stage) {
    case LOOK:
        if (reply->status == 200)
            return ask_clean(delivery,
                             tb_delivery__is_ours(delivery, reply) ? CLEAN : CLEAN_CONFLICT);
        return ask_folder(delivery);
    case PUT:
        return after_put(delivery, reply);
    case MAKE_FOLDERS:
        return after_folder(delivery, reply);
    case READ_BACK:
        if (reply->status == 200 && tb_delivery__is_ours(delivery, reply))
            return ask_move(delivery, MOVE);
        if (is_success(reply->status) || reply->status == 404)
            return tb_delivery__fail(delivery, TB_PROBLEM_STORED_WRONG, "");
        return tb_delivery__fail_by_status(delivery, reply);
    case MOVE:
    case MOVE_BY_ADDRESS:
        return after_move(delivery, reply);
    case COMPARE:
        return after_compare(delivery, reply);
    default:
        return after_clean(delivery, reply);
    }
}

/* ---- trying out: a folder with a small file is made, read back and taken away again ---- */

static const char trial_text[] = "Tianbao tries out whether files can be stored here.\n";

/* A folder of our own: where the address is not there, servers say so to this, not to a file. */
static tb_step begin_trial(tb_delivery *delivery)
{
    tb_buffer_reset(&delivery->path);
    tb_buffer_cstr(&delivery->path, ".tianbao-");
    tb_buffer_cstr(&delivery->path, delivery->id);
    tb_buffer_char(&delivery->path, '/');
    delivery->bytes = TB_STR(trial_text);
    return ask_folder(delivery);
}

static bool is_trial(const tb_reply *reply)
{
    unsigned char digest[TB_SHA256_SIZE];
    tb_sha256(TB_STR(trial_text), digest);
    return memcmp(digest, reply->sha256, sizeof digest) == 0;
}

static tb_step clean_trial(tb_delivery *delivery)
{
    delivery->stage = CLEAN;
    tb_delivery__ask(delivery, "DELETE", tb_buffer_get(&delivery->path));
    return TB_STEP_ASK;
}

static tb_step proceed_trial(tb_delivery *delivery, const tb_reply *reply)
{
    switch (delivery->stage) {
    case MAKE_FOLDERS:
        return after_folder(delivery, reply);
    case PUT:
        return after_put(delivery, reply);
    case READ_BACK:
        return is_trial(reply) ? clean_trial(delivery)
                               : tb_delivery__fail(delivery, TB_PROBLEM_PROTOCOL, "GET");
    default:
        return is_success(reply->status) ? TB_STEP_DELIVERED
                                         : tb_delivery__fail_by_status(delivery, reply);
    }
}

const tb_protocol tb_webdav_protocol = {begin, proceed, begin_trial, proceed_trial};
