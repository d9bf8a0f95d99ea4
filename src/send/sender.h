/*
 * Sends what is in the outbox: several at a time to each destination, again and again until all
 * are delivered or nothing more can be done, and records each outcome before the next begins. What
 * the command line and Calc call; Calc in a thread of its own.
 */
#ifndef TB_SEND_SENDER_H
#define TB_SEND_SENDER_H

#include "send/destination.h"
#include "send/outbox.h"

typedef struct tb_sender tb_sender;

typedef enum tb_sender_event_kind {
    TB_SENDER_DELIVERED,
    TB_SENDER_FAILED,  /* and is tried again, or not: the item says it */
    TB_SENDER_STOPPED, /* a destination takes nothing more in this run; `item` is NULL */
    TB_SENDER_WAITING  /* nothing can be done for `wait` milliseconds; `item` is NULL */
} tb_sender_event_kind;

typedef struct tb_sender_event {
    tb_sender_event_kind kind;
    const tb_outbox_item *item; /* as it is recorded now */
    const char *destination;    /* its name */
    tb_problem problem;
    const char *detail;
    int64_t wait; /* milliseconds: until the next try */
} tb_sender_event;

typedef struct tb_sender_options {
    int64_t patience; /* milliseconds: tries that are due later are left for another run */
    void (*tell)(void *context, const tb_sender_event *event); /* NULL: nobody listens */
    bool (*is_cancelled)(void *context); /* asked several times a second; NULL: never */
    void *context;
} tb_sender_options;

/* The outbox and the list of destinations are borrowed. */
tb_status tb_sender_new(tb_outbox *outbox, const tb_destinations *destinations,
                        tb_sender **ret_sender, tb_error *error);
void tb_sender_free(tb_sender *sender); /* NULL is fine */

/* Sends the batch of the outbox: what was added to it or told to be sent now. Returns when all are
 * settled, patience ends, or it is cancelled; an error is one of this machine, not of a server. */
tb_status tb_sender_run(tb_sender *sender, const tb_sender_options *options, tb_error *error);

typedef struct tb_trial {
    tb_problem problem; /* NONE: forms can be sent there */
    char detail[TB_DETAIL_SIZE];
    bool clock_differs;  /* … by more than a minute */
    int64_t clock_ahead; /* of the server's clock, milliseconds */
} tb_trial;

/* Tries out a destination without sending a form: reaches it, proves who we are, and sees whether
 * something can be stored, as far as its kind allows. */
tb_status tb_sender_try(tb_sender *sender, const tb_destination *destination, tb_trial *ret_trial,
                        tb_error *error);

#endif
