/*
 * Comparing the facts of peers: those that share a rule and a key. Used inside src/sum only.
 */
#ifndef TB_SUM_ACROSS_PEERS_H
#define TB_SUM_ACROSS_PEERS_H

#include "sum/collection.h"
#include "sum/outline.h"

/* Facts of all forms, but of some keys only, so that they take no more memory than there is. */
typedef struct tb_peers {
    const tb_outline *outline;
    tb_collection *collection;
    size_t count, capacity;
    tb_fact *facts; /* owned */
    size_t form_capacity;
    uint64_t *units; /* owned; by form: a hash of what its unit is known by */
} tb_peers;

/* Sorts what was gathered and flags what the rules find. */
tb_status tb_peers_compare(tb_peers *peers, tb_error *error);

#endif
