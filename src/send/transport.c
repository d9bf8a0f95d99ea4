/*
 * curl's multi interface. An exchange is one request with its handle; handles are kept for the next
 * request, so that curl's work of setting up is not done again, and connections belong to the multi
 * handle.
 */
#include "send/transport.h"

#include <curl/curl.h>
#include <nettle/sha2.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <threads.h>

#include "base/limits.h"
#include "base/platform.h"
#include "send/url.h"

#define CONNECT_TIME     15 /* seconds */
#define MAX_HEADERS_SIZE ((size_t)64 << 10)
#define MAX_DIGEST_SIZE  (2 * (uint64_t)TB_MAX_FILE_SIZE) /* of a body that is only hashed */
#define MAX_BEGINNING                                                                              \
    ((size_t)4 << 10) /* of the same, that is kept all the same: an error's words */
#define MAX_RETRY_AFTER ((int64_t)24 * 3600 * 1000) /* milliseconds */

typedef struct exchange {
    struct exchange *next_made; /* in the list of all */
    struct exchange *next;      /* in the list of idle ones */
    CURL *handle;
    struct curl_slist *headers;
    const tb_request *request;
    void *owner;
    size_t piece, offset; /* of the body: what is sent next */
    struct sha256_ctx digest;
    tb_buffer body;
    bool too_much;
    char words[CURL_ERROR_SIZE];
    tb_reply reply;
} exchange;

struct tb_transport {
    CURLM *multi;
    exchange *made; /* all of them */
    exchange *idle;
    exchange *taken; /* whose reply the caller has */
    size_t active;
};

/* ---- requests ---- */

void tb_request_init(tb_request *request)
{
    *request = (tb_request){0};
    tb_buffer_init(&request->url, TB_MAX_URL_SIZE);
    tb_buffer_init(&request->headers, MAX_HEADERS_SIZE);
}

void tb_request_done(tb_request *request)
{
    tb_buffer_done(&request->url);
    tb_buffer_done(&request->headers);
}

void tb_request_begin(tb_request *request, const char *method)
{
    request->method = method;
    request->piece_count = 0;
    request->only_digest = false;
    tb_buffer_reset(&request->url);
    tb_buffer_reset(&request->headers);
}

void tb_request_header(tb_request *request, const char *name, tb_str value)
{
    tb_buffer_cstr(&request->headers, name);
    tb_buffer_cstr(&request->headers, ": ");
    tb_buffer_text(&request->headers, value);
    tb_buffer_char(&request->headers, '\0');
}

void tb_request_piece(tb_request *request, tb_str bytes)
{
    request->pieces[request->piece_count++] = bytes;
}

static uint64_t body_size(const tb_request *request)
{
    uint64_t size = 0;
    for (size_t i = 0; i < request->piece_count; i++)
        size += request->pieces[i].size;
    return size;
}

/* ---- what curl asks for ---- */

static size_t send_body(char *to, size_t size, size_t count, void *context)
{
    exchange *self = context;
    size_t room = size * count, done = 0;
    while (done < room && self->piece < self->request->piece_count) {
        tb_str piece = self->request->pieces[self->piece];
        size_t part = piece.size - self->offset;
        if (part > room - done)
            part = room - done;
        if (part > 0)
            memcpy(to + done, piece.data + self->offset, part);
        done += part;
        self->offset += part;
        if (self->offset == piece.size) {
            self->piece++;
            self->offset = 0;
        }
    }
    return done;
}

/* curl begins the body again on another connection when a kept one turned out to be closed. */
static int rewind_body(void *context, curl_off_t offset, int origin)
{
    exchange *self = context;
    if (origin != SEEK_SET || offset != 0)
        return CURL_SEEKFUNC_CANTSEEK;
    self->piece = 0;
    self->offset = 0;
    return CURL_SEEKFUNC_OK;
}

static size_t receive_body(char *data, size_t size, size_t count, void *context)
{
    exchange *self = context;
    size_t bytes = size * count;
    self->reply.size += bytes;
    sha256_update(&self->digest, bytes, (const uint8_t *)data);
    if (!self->request->only_digest || self->body.size + bytes <= MAX_BEGINNING)
        tb_buffer_append(&self->body, data, bytes);
    self->too_much = self->body.failed || self->reply.size > MAX_DIGEST_SIZE;
    return self->too_much ? 0 : bytes;
}

/* ---- how curl is set up ---- */

#define SET(option, value) (curl_easy_setopt(self->handle, option, value) == CURLE_OK)

static bool set_limits(exchange *self, const tb_destination *destination)
{
    const char *schemes = tb_url_is_plain(destination->url) ? "http" : "https";
    return SET(CURLOPT_PROTOCOLS_STR, schemes) && SET(CURLOPT_FOLLOWLOCATION, 0L) &&
           SET(CURLOPT_NOSIGNAL, 1L) && SET(CURLOPT_CONNECTTIMEOUT, (long)CONNECT_TIME) &&
           SET(CURLOPT_LOW_SPEED_LIMIT, 1L) &&
           SET(CURLOPT_LOW_SPEED_TIME, (long)destination->timeout) &&
           SET(CURLOPT_HTTP_VERSION, (long)CURL_HTTP_VERSION_1_1) &&
           SET(CURLOPT_USERAGENT, "tianbao/" TB_VERSION);
}

static bool set_tls(exchange *self, const tb_destination *destination)
{
    bool set = SET(CURLOPT_SSL_VERIFYPEER, 1L) && SET(CURLOPT_SSL_VERIFYHOST, 2L) &&
               SET(CURLOPT_SSLVERSION, (long)CURL_SSLVERSION_TLSv1_2);
    if (destination->ca != NULL)
        set = set && SET(CURLOPT_CAINFO, destination->ca) && SET(CURLOPT_CAPATH, NULL);
    if (destination->certificate != NULL)
        set = set && SET(CURLOPT_SSLCERT, destination->certificate) &&
              SET(CURLOPT_SSLKEY, destination->key);
    return set;
}

static bool set_signature(exchange *self, const tb_access *access)
{
    char provider[128];
    int size = snprintf(provider, sizeof provider, "aws:amz:%s:s3", access->destination->region);
    return size > 0 && (size_t)size < sizeof provider && SET(CURLOPT_AWS_SIGV4, provider) &&
           SET(CURLOPT_USERNAME, access->destination->user) &&
           SET(CURLOPT_PASSWORD, access->password != NULL ? access->password : "");
}

/* User and password apart, so that a colon in either is harmless. */
static bool set_access(exchange *self, const tb_access *access)
{
    if (access->token != NULL)
        return SET(CURLOPT_HTTPAUTH, (long)CURLAUTH_BEARER) &&
               SET(CURLOPT_XOAUTH2_BEARER, access->token);
    if (access->destination->user == NULL)
        return true;
    if (access->destination->kind == TB_DESTINATION_S3)
        return set_signature(self, access);
    return SET(CURLOPT_HTTPAUTH, (long)CURLAUTH_BASIC) &&
           SET(CURLOPT_USERNAME, access->destination->user) &&
           SET(CURLOPT_PASSWORD, access->password != NULL ? access->password : "");
}

static bool add_header(exchange *self, const char *line)
{
    struct curl_slist *grown = curl_slist_append(self->headers, line);
    if (grown != NULL)
        self->headers = grown;
    return grown != NULL;
}

/* "Expect:" empty: else curl waits a second for servers that don't know it. In a signed request it
 * would be signed, though it is not sent. */
static bool set_headers(exchange *self, const tb_access *access, const tb_request *request)
{
    bool set = access->destination->kind == TB_DESTINATION_S3 || add_header(self, "Expect:");
    tb_str lines = tb_buffer_get(&request->headers);
    for (size_t at = 0; set && at < lines.size; at += strlen(lines.data + at) + 1)
        set = add_header(self, lines.data + at);
    return set && SET(CURLOPT_HTTPHEADER, self->headers);
}

static bool set_body(exchange *self, const tb_request *request)
{
    bool set = SET(CURLOPT_CUSTOMREQUEST, request->method);
    if (strcmp(request->method, "HEAD") == 0)
        return set && SET(CURLOPT_NOBODY, 1L);
    if (request->piece_count == 0)
        return set;
    bool is_post = strcmp(request->method, "POST") == 0;
    curl_off_t size = (curl_off_t)body_size(request);
    set = set && (is_post ? SET(CURLOPT_POST, 1L) && SET(CURLOPT_POSTFIELDSIZE_LARGE, size)
                          : SET(CURLOPT_UPLOAD, 1L) && SET(CURLOPT_INFILESIZE_LARGE, size));
    return set && SET(CURLOPT_READFUNCTION, send_body) && SET(CURLOPT_READDATA, self) &&
           SET(CURLOPT_SEEKFUNCTION, rewind_body) && SET(CURLOPT_SEEKDATA, self);
}

static bool set_up(exchange *self, const tb_access *access, const tb_request *request)
{
    curl_easy_reset(self->handle);
    return set_limits(self, access->destination) && set_tls(self, access->destination) &&
           set_access(self, access) && set_headers(self, access, request) &&
           set_body(self, request) && SET(CURLOPT_URL, request->url.data) &&
           SET(CURLOPT_WRITEFUNCTION, receive_body) && SET(CURLOPT_WRITEDATA, self) &&
           SET(CURLOPT_ERRORBUFFER, self->words) && SET(CURLOPT_PRIVATE, self);
}

/* ---- the life of an exchange ---- */

static void free_exchange(exchange *self)
{
    if (self == NULL)
        return;
    curl_easy_cleanup(self->handle);
    curl_slist_free_all(self->headers);
    tb_buffer_done(&self->body);
    free(self);
}

static exchange *new_exchange(void)
{
    exchange *self = calloc(1, sizeof *self);
    if (self == NULL)
        return NULL;
    tb_buffer_init(&self->body, TB_MAX_REPLY_SIZE);
    self->handle = curl_easy_init();
    if (self->handle != NULL)
        return self;
    free_exchange(self);
    return NULL;
}

static exchange *take_idle(tb_transport *transport)
{
    exchange *self = transport->idle;
    if (self != NULL) {
        transport->idle = self->next;
        return self;
    }
    self = new_exchange();
    if (self != NULL) {
        self->next_made = transport->made;
        transport->made = self;
    }
    return self;
}

static void put_idle(tb_transport *transport, exchange *self)
{
    curl_slist_free_all(self->headers);
    self->headers = NULL;
    self->next = transport->idle;
    transport->idle = self;
}

tb_status tb_transport_start(tb_transport *transport, const tb_access *access, tb_request *request,
                             void *owner, tb_error *error)
{
    exchange *self = take_idle(transport);
    if (self == NULL || request->url.failed || request->headers.failed) {
        if (self != NULL)
            put_idle(transport, self);
        return tb_error_memory(error);
    }
    self->request = request;
    self->owner = owner;
    self->piece = 0;
    self->offset = 0;
    self->too_much = false;
    self->words[0] = '\0';
    self->reply = (tb_reply){.retry_after = -1};
    tb_buffer_reset(&self->body);
    sha256_init(&self->digest);
    if (set_up(self, access, request) &&
        curl_multi_add_handle(transport->multi, self->handle) == CURLM_OK) {
        transport->active++;
        return TB_OK;
    }
    put_idle(transport, self);
    return tb_error_memory(error);
}

/* ---- what curl's results mean ---- */

static const struct {
    CURLcode code;
    tb_problem problem;
} codes[] = {
    {CURLE_OK, TB_PROBLEM_NONE},
    {CURLE_COULDNT_RESOLVE_HOST, TB_PROBLEM_NO_CONNECTION},
    {CURLE_COULDNT_RESOLVE_PROXY, TB_PROBLEM_NO_CONNECTION},
    {CURLE_COULDNT_CONNECT, TB_PROBLEM_NO_CONNECTION},
    {CURLE_OPERATION_TIMEDOUT, TB_PROBLEM_TIMEOUT},
    {CURLE_SEND_ERROR, TB_PROBLEM_CUT},
    {CURLE_RECV_ERROR, TB_PROBLEM_CUT},
    {CURLE_GOT_NOTHING, TB_PROBLEM_CUT},
    {CURLE_PARTIAL_FILE, TB_PROBLEM_CUT},
    {CURLE_HTTP2, TB_PROBLEM_CUT},
    {CURLE_HTTP2_STREAM, TB_PROBLEM_CUT},
    {CURLE_SEND_FAIL_REWIND, TB_PROBLEM_CUT},
    {CURLE_SSL_CONNECT_ERROR, TB_PROBLEM_CERTIFICATE},
    {CURLE_PEER_FAILED_VERIFICATION, TB_PROBLEM_CERTIFICATE},
    {CURLE_SSL_ISSUER_ERROR, TB_PROBLEM_CERTIFICATE},
    {CURLE_SSL_INVALIDCERTSTATUS, TB_PROBLEM_CERTIFICATE},
    {CURLE_SSL_CACERT_BADFILE, TB_PROBLEM_NO_SECRET},
    {CURLE_SSL_CERTPROBLEM, TB_PROBLEM_NO_SECRET},
    {CURLE_OUT_OF_MEMORY, TB_PROBLEM_LOCAL},
};

/* What is in no row is an answer that is no HTTP. */
static tb_problem problem_of(CURLcode code)
{
    for (size_t i = 0; i < sizeof codes / sizeof codes[0]; i++) {
        if (codes[i].code == code)
            return codes[i].problem;
    }
    return TB_PROBLEM_PROTOCOL;
}

/* A connection that ended within the handshake of TLS is one that was cut; curl has one code for
 * both. */
static bool was_cut_in_handshake(const exchange *self, CURLcode code)
{
    return code == CURLE_SSL_CONNECT_ERROR &&
           (strstr(self->words, "was non-properly terminated") != NULL ||
            strstr(self->words, "Error in the pull function") != NULL ||
            strstr(self->words, "Error in the push function") != NULL);
}

static void read_clock(exchange *self)
{
    struct curl_header *header = NULL;
    if (curl_easy_header(self->handle, "Date", 0, CURLH_HEADER, -1, &header) != CURLHE_OK)
        return;
    int64_t date = (int64_t)curl_getdate(header->value, NULL);
    self->reply.has_clock = date > 0;
    self->reply.clock_ahead = date * 1000 - tb_platform_clock();
}

static void read_retry_after(exchange *self)
{
    curl_off_t seconds = 0;
    if (curl_easy_getinfo(self->handle, CURLINFO_RETRY_AFTER, &seconds) != CURLE_OK || seconds <= 0)
        return;
    self->reply.retry_after =
        seconds < MAX_RETRY_AFTER / 1000 ? (int64_t)seconds * 1000 : MAX_RETRY_AFTER;
}

static void finish(exchange *self, CURLcode code)
{
    long status = 0;
    curl_easy_getinfo(self->handle, CURLINFO_RESPONSE_CODE, &status);
    self->reply.status = (int)status;
    self->reply.problem = problem_of(code);
    if (was_cut_in_handshake(self, code))
        self->reply.problem = TB_PROBLEM_CUT;
    if (self->too_much)
        self->reply.problem = TB_PROBLEM_PROTOCOL;
    if (code != CURLE_OK)
        tb_detail_set(self->reply.detail,
                      self->words[0] != '\0' ? self->words : curl_easy_strerror(code));
    else if (status >= 400 || (status >= 300 && status < 400))
        snprintf(self->reply.detail, sizeof self->reply.detail, "HTTP %d", (int)status);
    sha256_digest(&self->digest, TB_SHA256_SIZE, self->reply.sha256);
    self->reply.body = tb_buffer_get(&self->body);
    read_clock(self);
    read_retry_after(self);
}

void *tb_transport_take(tb_transport *transport, const tb_reply **ret_reply)
{
    if (transport->taken != NULL)
        put_idle(transport, transport->taken);
    transport->taken = NULL;
    int left = 0;
    CURLMsg *message = curl_multi_info_read(transport->multi, &left);
    if (message == NULL)
        return NULL;
    exchange *self = NULL;
    CURLcode code = message->data.result;
    CURL *handle = message->easy_handle;
    curl_easy_getinfo(handle, CURLINFO_PRIVATE, &self);
    finish(self, code);
    curl_multi_remove_handle(transport->multi, handle);
    transport->active--;
    transport->taken = self;
    *ret_reply = &self->reply;
    return self->owner;
}

void tb_transport_work(tb_transport *transport, int64_t wait)
{
    int running = 0, ready = 0;
    curl_multi_perform(transport->multi, &running);
    if (wait == 0 || (size_t)running < transport->active)
        return;
    curl_multi_poll(transport->multi, NULL, 0, wait < 60000 ? (int)wait : 60000, &ready);
    curl_multi_perform(transport->multi, &running);
}

void tb_transport_wake(tb_transport *transport)
{
    curl_multi_wakeup(transport->multi);
}

/* ---- the transport ---- */

static once_flag curl_once = ONCE_FLAG_INIT;

static void start_curl(void)
{
    curl_global_init(CURL_GLOBAL_DEFAULT);
}

tb_status tb_transport_new(tb_transport **ret_transport, tb_error *error)
{
    call_once(&curl_once, start_curl);
    tb_transport *transport = calloc(1, sizeof *transport);
    if (transport != NULL)
        transport->multi = curl_multi_init();
    if (transport == NULL || transport->multi == NULL) {
        free(transport);
        return tb_error_memory(error);
    }
    *ret_transport = transport;
    return TB_OK;
}

void tb_transport_free(tb_transport *transport)
{
    if (transport == NULL)
        return;
    for (exchange *self = transport->made; self != NULL;) {
        exchange *next = self->next_made;
        curl_multi_remove_handle(transport->multi, self->handle);
        free_exchange(self);
        self = next;
    }
    curl_multi_cleanup(transport->multi);
    free(transport);
}
