/*
 * One submission on its way, as a sequence of requests and replies. A protocol decides step by step
 * what to ask next; it neither waits nor sees the network, so that it can be tried out with replies
 * made by hand.
 */
#ifndef TB_SEND_DELIVERY_H
#define TB_SEND_DELIVERY_H

#include "send/outbox.h"
#include "send/transport.h"

typedef enum tb_step {
    TB_STEP_ASK,       /* the request is ready to be made */
    TB_STEP_DELIVERED, /* verified; the receipt is there */
    TB_STEP_FAILED     /* `problem` says why */
} tb_step;

typedef struct tb_delivery {
    const tb_destination *destination;
    const tb_submission *submission; /* NULL: the destination is tried out, nothing is sent */
    unsigned attempts;               /* this one included */
    tb_str bytes;                    /* of the workbook */
    tb_request request;
    int stage;          /* the protocol's own */
    tb_buffer *folders; /* WebDAV: those known to be there, each ended by NUL */
    size_t folder;      /* WebDAV: bytes of the path whose folders are made */
    tb_buffer path;     /* the name at the server, not encoded */
    tb_buffer parts;    /* a body that is composed */
    tb_buffer receipt;
    char id[TB_UUID_SIZE]; /* of the submission, or of the trial */
    tb_problem problem;
    char detail[TB_DETAIL_SIZE];
    int64_t retry_after; /* milliseconds; -1 */
} tb_delivery;

/* What a kind of destination can do. `begin` prepares the first request; `proceed` looks at a whole
 * reply (reply->problem is NONE) and says how to go on. */
typedef struct tb_protocol {
    tb_step (*begin)(tb_delivery *delivery);
    tb_step (*proceed)(tb_delivery *delivery, const tb_reply *reply);
    tb_step (*begin_trial)(tb_delivery *delivery);
    tb_step (*proceed_trial)(tb_delivery *delivery, const tb_reply *reply);
} tb_protocol;

extern const tb_protocol tb_webdav_protocol, tb_https_protocol, tb_s3_protocol, tb_json_protocol;

/* `folders` is borrowed, remembers what deliveries to one destination found out, and begins empty.
 */
tb_status tb_delivery_init(tb_delivery *delivery, const tb_destination *destination,
                           const tb_submission *submission, tb_buffer *folders, tb_error *error);
void tb_delivery_done(tb_delivery *delivery);

tb_step tb_delivery_begin(tb_delivery *delivery);
tb_step tb_delivery_proceed(tb_delivery *delivery, const tb_reply *reply);

/* ---- for protocols ---- */

/* Begins a request to the destination's address and that path below it. */
void tb_delivery__ask(tb_delivery *delivery, const char *method, tb_str path);
tb_step tb_delivery__fail(tb_delivery *delivery, tb_problem problem, const char *detail);
/* The same with the status and the server's own words, where they are JSON. */
#define TB_MAX_WORDS_SIZE 4096
tb_step tb_delivery__fail_as(tb_delivery *delivery, tb_problem problem, const tb_reply *reply);
/* By the status that the server gave; what it means for all destinations. */
tb_step tb_delivery__fail_by_status(tb_delivery *delivery, const tb_reply *reply);
/* Whether the body that came is the submission's. */
bool tb_delivery__is_ours(const tb_delivery *delivery, const tb_reply *reply);
/* Whether the reply is a JSON object with that member true. */
bool tb_delivery__is_true(const tb_reply *reply, const char *name);

#endif
