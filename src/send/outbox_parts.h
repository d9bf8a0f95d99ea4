/*
 * What the files of the outbox share: outbox.c (opening, adding, removing), outbox_items.c
 * (looking) and outbox_lease.c (what the sender does).
 */
#ifndef TB_SEND_OUTBOX_PARTS_H
#define TB_SEND_OUTBOX_PARTS_H

#include "base/platform.h"
#include "send/outbox.h"
#include "send/query.h"

struct tb_outbox {
    sqlite3 *database;
    char owner[TB_UUID_SIZE]; /* this outbox' name, for its batch and its leases */
    tb_buffer folder;         /* without a '/' at the end */
    tb_file_lock lock;        /* of the owner, from its batch's first item on */
    bool is_clean;            /* what others left behind was looked after */
};

/* All columns of an item, in the order that tb_outbox__read_row reads. */
#define TB_OUTBOX_COLUMNS                                                                          \
    "id, replaces, destination, source, file_name, name, suffix, form, version, definition, "      \
    "unit, year, sha256, size, report, state, problem, detail, attempts, queued_at, next_try, "    \
    "delivered_at, receipt"

/* Texts stay in the query's row. */
void tb_outbox__read_row(const tb_query *query, tb_outbox_item *item);
/* Copies an item's texts into the arena; false when memory ran out. */
bool tb_outbox__keep_texts(tb_outbox_item *item, tb_arena *arena);

/* The batch of a sender: the items that it was told to send. */
#define TB_OUTBOX_IN_BATCH "id IN (SELECT id FROM batch WHERE owner="
tb_status tb_outbox__want(tb_outbox *outbox, const char *id, tb_error *error);
void tb_outbox__forget_batch(tb_outbox *outbox, const char *owner);

/* Locks the owner's file: others see by it that this sender lives. */
tb_status tb_outbox__show_life(tb_outbox *outbox, tb_error *error);

/* The path of a file of the outbox: folder/part/name. Failed where memory ran out; the caller ends
 * the buffer. */
void tb_outbox__path(const tb_outbox *outbox, const char *part, const char *name, tb_buffer *out);

#define TB_OUTBOX_COPIES "copies" /* the exact bytes, each called by its id */
#define TB_OUTBOX_OWNERS "owners" /* locked files, each called by its owner */

#endif
