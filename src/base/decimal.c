/*
 * Exact decimals. Written beside its header in one go; see there.
 */
#include "base/decimal.h"

tb_decimal tb_decimal_of(int64_t integer)
{
    return (tb_decimal){integer, 0};
}
