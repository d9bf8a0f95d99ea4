/*
 * Backoff.
 */
#include "send/retry.h"

int64_t tb_retry_bound(unsigned attempts)
{
    int64_t bound = TB_RETRY_FIRST;
    for (unsigned i = 1; i < attempts && bound < TB_RETRY_LONGEST; i++)
        bound *= 2;
    return bound < TB_RETRY_LONGEST ? bound : TB_RETRY_LONGEST;
}

int64_t tb_retry_wait(unsigned attempts, int64_t retry_after, uint64_t chance)
{
    if (retry_after >= 0)
        return retry_after;
    return (int64_t)(chance % ((uint64_t)tb_retry_bound(attempts) + 1));
}
