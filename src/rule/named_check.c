/*
 * The table of named checks.
 */
#include "rule/named_check.h"

#include "rule/copied_block.h"

static const char *const no_placeholders[] = {NULL};

static const tb_named_check checks[] = {
    {"copied_block", TB_NAMED_CHECK_SEARCH, tb_copied_block_run, tb_copied_block_placeholders},
    {"probable_slip", TB_NAMED_CHECK_SLIP, NULL, no_placeholders},
};

const tb_named_check *tb_named_check_find(tb_str name)
{
    for (size_t i = 0; i < sizeof checks / sizeof checks[0]; i++)
        if (tb_str_equal(name, tb_str_of(checks[i].name)))
            return &checks[i];
    return NULL;
}
