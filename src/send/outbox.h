/*
 * The outbox: what is to be sent, on its way, and sent, in a folder of the user. It survives the
 * end of the process and of the power at any moment: a submission's bytes are on disk before its
 * row is, and a copy stays until a receipt was verified and the user removes it.
 *
 * SQLite with a write-ahead log and synchronous=FULL: a commit costs one flush of the disk instead
 * of three, readers never wait for a writer, and where the folder is on a network that has no
 * shared memory SQLite keeps its rollback journal by itself.
 *
 * Several processes may use one outbox. A row that is being sent belongs to one sender, by a lock
 * that ends with its process, and by a limit of time where such locks do not work. The protocols
 * make a second sending harmless; the lease only saves work. One thread at a time.
 */
#ifndef TB_SEND_OUTBOX_H
#define TB_SEND_OUTBOX_H

#include "send/problem.h"
#include "send/submission.h"

typedef struct tb_outbox tb_outbox;

typedef enum tb_outbox_state {
    TB_OUTBOX_QUEUED,
    TB_OUTBOX_SENDING,
    TB_OUTBOX_DELIVERED,
    TB_OUTBOX_NEEDS_YOU, /* is not tried again by itself */
    TB_OUTBOX_REFUSED,   /* the server does not want this one */
    TB_OUTBOX_STATE_COUNT
} tb_outbox_state;

const char *tb_outbox_state_name(tb_outbox_state state); /* stable: queued, sending … */

/* Where a try leaves an item that ended with that problem. */
tb_outbox_state tb_outbox_state_after(tb_problem problem);

typedef struct tb_outbox_item {
    tb_submission submission;
    tb_outbox_state state;
    tb_problem problem;   /* of the last try */
    tb_str detail;        /* what else is known of it: a status, curl's words; no secrets */
    unsigned attempts;    /* since it was queued or was told to be sent now */
    int64_t queued_at;    /* milliseconds since 1970, as all times here */
    int64_t next_try;     /* when queued: not before; 0: at once */
    int64_t delivered_at; /* 0: not yet */
    tb_str receipt;       /* JSON (send/receipt.h), or empty */
} tb_outbox_item;

/* Opens the outbox in `folder` and makes it if need be; NULL: $XDG_DATA_HOME/tianbao/outbox. */
tb_status tb_outbox_open(const char *folder, tb_outbox **ret_outbox, tb_error *error);
void tb_outbox_close(tb_outbox *outbox); /* NULL is fine */

/*
 * Keeps a submission and its bytes; they are on disk when it returns. The same bytes for the same
 * destination are one submission: *ret_known is true then and submission->id becomes that of the
 * one that is there. Another file of the same source gets the id of the older one in `replaces`.
 */
tb_status tb_outbox_add(tb_outbox *outbox, tb_submission *submission, tb_str bytes, bool *ret_known,
                        tb_error *error);

/* ---- looking ---- */

/* Which items: NULL and empty mean any. */
typedef struct tb_outbox_filter {
    const char *id; /* or its first digits, 4 or more */
    const char *destination;
    bool only_open; /* not yet delivered */
} tb_outbox_filter;

/* Calls `see` with each item, oldest first; texts are good during the call. Ends when it returns
 * false. *ret_count (may be NULL) says how many there were. */
typedef bool (*tb_outbox_seer)(void *context, const tb_outbox_item *item);
tb_status tb_outbox_list(tb_outbox *outbox, const tb_outbox_filter *filter, tb_outbox_seer see,
                         void *context, size_t *ret_count, tb_error *error);

/* Reads the copy, and fails with TB_DAMAGED when it is not what was queued. */
tb_status tb_outbox_read(tb_outbox *outbox, const tb_submission *submission, tb_buffer *bytes,
                         tb_error *error);

/* ---- by the user's wish ---- */

/* Which states are meant; each has those before it too. */
typedef enum tb_outbox_reach {
    TB_OUTBOX_OPEN,        /* queued, or waiting for the user */
    TB_OUTBOX_UNDELIVERED, /* and refused */
    TB_OUTBOX_ALL          /* and delivered: the server is asked again and nothing is doubled */
} tb_outbox_reach;

/* Will be tried at once and from the beginning, in the batch of this outbox. What another sender
 * has at this moment stays his. */
tb_status tb_outbox_send_now(tb_outbox *outbox, const tb_outbox_filter *filter,
                             tb_outbox_reach reach, size_t *ret_count, tb_error *error);
/* Takes an item and its copy out of the outbox. Fails with TB_INVALID while it is being sent. */
tb_status tb_outbox_remove(tb_outbox *outbox, const tb_outbox_item *item, tb_error *error);

/* ---- for the sender ---- */

/* What is done between these two is one step, with one flush of the disk; `end` commits where
 * status is TB_OK and takes all back otherwise. Writers take turns: nobody waits for the network
 * inside. */
tb_status tb_outbox_begin(tb_outbox *outbox, tb_error *error);
tb_status tb_outbox_end(tb_outbox *outbox, tb_status status, tb_error *error);

/* Looks after what senders that are no more left behind. Once, before the first lease. */
tb_status tb_outbox_take_over(tb_outbox *outbox, tb_error *error);

/* The next item of the batch that is due, for that destination; it is this outbox' to send from
 * now on. Its texts live in `arena`. *ret_item is NULL when none is due. */
tb_status tb_outbox_lease(tb_outbox *outbox, const char *destination, tb_arena *arena,
                          tb_outbox_item **ret_item, tb_error *error);
/* Says that all leased ones are still being sent. */
tb_status tb_outbox_renew(tb_outbox *outbox, tb_error *error);

tb_status tb_outbox_delivered(tb_outbox *outbox, const char *id, tb_str receipt, tb_error *error);
/* `wait`: milliseconds until the next try, where the problem passes by itself. */
tb_status tb_outbox_failed(tb_outbox *outbox, const char *id, tb_problem problem, tb_str detail,
                           int64_t wait, tb_error *error);

typedef struct tb_outbox_batch {
    size_t by_state[TB_OUTBOX_STATE_COUNT];
    int64_t wait; /* milliseconds until the next queued one is due; -1: none is queued */
} tb_outbox_batch;

/* Of the batch, for one destination. */
tb_status tb_outbox_look(tb_outbox *outbox, const char *destination, tb_outbox_batch *ret_batch,
                         tb_error *error);
/* The destinations that have items in the batch: names ended by NUL in the arena. */
tb_status tb_outbox_destinations(tb_outbox *outbox, tb_arena *arena, tb_str **ret_names,
                                 size_t *ret_count, tb_error *error);

#endif
