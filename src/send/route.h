/*
 * A destination in the course of a run: the secrets that were read for it, how much is under way,
 * and whether it takes anything more.
 */
#ifndef TB_SEND_ROUTE_H
#define TB_SEND_ROUTE_H

#include "send/transport.h"

typedef struct tb_route {
    tb_str name;                       /* of the destination; ended by NUL */
    const tb_destination *destination; /* NULL: the settings don't have it */
    tb_access access;
    tb_buffer password, token;
    tb_buffer folders;           /* that deliveries found or made; see send/delivery.h */
    tb_problem unusable;         /* what opening said: the first delivery fails with it */
    char detail[TB_DETAIL_SIZE]; /* of that */
    size_t active;               /* deliveries under way */
    tb_problem stopped;          /* NONE: it is open */
    int64_t paused_until;        /* by tb_platform_ticks */
    bool is_probing; /* after a pause: one delivery alone finds out whether it goes on */
} tb_route;

/* Reads the secrets. What is missing is told by `unusable`. */
void tb_route_open(tb_route *route, tb_str name, const tb_destination *destination);
void tb_route_done(tb_route *route);

/* How many deliveries may be begun now. */
size_t tb_route_room(const tb_route *route);

#endif
