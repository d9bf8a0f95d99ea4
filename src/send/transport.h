/*
 * Requests of HTTP, many at a time, over connections that are used again. The one place that calls
 * curl's transfers: certificates are always verified, TLS is 1.2 or newer, redirects are never
 * followed, and nothing has an unlimited time or size. One thread, but for tb_transport_wake.
 */
#ifndef TB_SEND_TRANSPORT_H
#define TB_SEND_TRANSPORT_H

#include "base/buffer.h"
#include "base/sha256.h"
#include "send/destination.h"
#include "send/problem.h"

#define TB_REQUEST_PIECES 4

typedef struct tb_request {
    const char *method; /* static */
    tb_buffer url;
    tb_buffer headers;                /* lines "Name: value", each ended by NUL */
    size_t piece_count;               /* of the body */
    tb_str pieces[TB_REQUEST_PIECES]; /* borrowed until the reply; the body is all of them */
    bool only_digest;                 /* of the reply's body: it may be large and is not kept */
} tb_request;

void tb_request_init(tb_request *request);
void tb_request_done(tb_request *request);
/* A new request; its url is empty. */
void tb_request_begin(tb_request *request, const char *method);
void tb_request_header(tb_request *request, const char *name, tb_str value);
void tb_request_piece(tb_request *request, tb_str bytes);

typedef struct tb_reply {
    tb_problem problem;          /* NONE: a whole reply came, whatever its status says */
    int status;                  /* of HTTP; 0 without a reply */
    char detail[TB_DETAIL_SIZE]; /* curl's words for the problem; never a secret */
    int64_t retry_after;         /* milliseconds; -1: not said */
    int64_t clock_ahead;         /* of the server's clock, in milliseconds, when has_clock */
    bool has_clock;
    uint64_t size;                        /* of the body */
    unsigned char sha256[TB_SHA256_SIZE]; /* of the body */
    tb_str body;                          /* where only_digest: its beginning */
} tb_reply;

/* How to reach a destination; secrets are borrowed and may be empty. */
typedef struct tb_access {
    const tb_destination *destination;
    const char *password; /* NULL: none */
    const char *token;    /* NULL: none */
} tb_access;

typedef struct tb_transport tb_transport;

tb_status tb_transport_new(tb_transport **ret_transport, tb_error *error);
/* Breaks off what is under way. NULL is fine. */
void tb_transport_free(tb_transport *transport);

/* Begins a request; it and `access` must stay until its reply came. `owner` comes back with it. */
tb_status tb_transport_start(tb_transport *transport, const tb_access *access, tb_request *request,
                             void *owner, tb_error *error);
/* Works until something is done, at most so many milliseconds; 0: just looks. */
void tb_transport_work(tb_transport *transport, int64_t wait);
/* The next reply that is there; NULL when there is none. The reply is good until the next call. */
void *tb_transport_take(tb_transport *transport, const tb_reply **ret_reply);
/* Lets a waiting tb_transport_work return; any thread. */
void tb_transport_wake(tb_transport *transport);

#endif
