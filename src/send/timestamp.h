/*
 * Moments as text: 2026-03-01T08:05:09Z, always in UTC.
 */
#ifndef TB_SEND_TIMESTAMP_H
#define TB_SEND_TIMESTAMP_H

#include <stdint.h>

#define TB_TIMESTAMP_SIZE 32

/* `moment`: milliseconds since 1970. */
const char *tb_timestamp(int64_t moment, char out[TB_TIMESTAMP_SIZE]);

#endif
