/*
 * When to try again: a time taken by chance between nothing and a bound that doubles with every
 * try, so that a thousand senders that failed together do not come back together ("full jitter").
 */
#ifndef TB_SEND_RETRY_H
#define TB_SEND_RETRY_H

#include <stdint.h>

#define TB_RETRY_FIRST   2000             /* milliseconds: the bound after the first try */
#define TB_RETRY_LONGEST (15 * 60 * 1000) /* no bound is longer */

/* The bound after so many tries, 1 or more. */
int64_t tb_retry_bound(unsigned attempts);

/* Milliseconds to wait. `retry_after`: what the server asked for, which wins; -1: nothing. `chance`
 * is any number. */
int64_t tb_retry_wait(unsigned attempts, int64_t retry_after, uint64_t chance);

#endif
