/*
 * The table of named checks.
 */
#include "rule/named_check.h"

#include "rule/copied_block.h"
#include "rule/repeated_field.h"
#include "rule/said_numbers.h"
#include "rule/workbook_traces.h"

static const char *const no_placeholders[] = {NULL};

static const tb_named_check checks[] = {
    {"copied_block", TB_NAMED_CHECK_SEARCH, tb_copied_block_prepare, tb_copied_block_run,
     tb_copied_block_placeholders},
    {"external_links", TB_NAMED_CHECK_SEARCH, NULL, tb_external_links_run,
     tb_external_links_placeholders},
    {"hidden_rows", TB_NAMED_CHECK_SEARCH, NULL, tb_hidden_rows_run, tb_hidden_rows_placeholders},
    {"probable_slip", TB_NAMED_CHECK_SLIP, NULL, NULL, no_placeholders},
    {"repeated_field", TB_NAMED_CHECK_SEARCH, NULL, tb_repeated_field_run,
     tb_repeated_field_placeholders},
    {"said_numbers", TB_NAMED_CHECK_SEARCH, tb_said_numbers_prepare, tb_said_numbers_run,
     tb_said_numbers_placeholders},
    {"swapped_numbers", TB_NAMED_CHECK_SEARCH, tb_said_numbers_prepare, tb_swapped_numbers_run,
     tb_swapped_numbers_placeholders},
};

const tb_named_check *tb_named_check_find(tb_str name)
{
    for (size_t i = 0; i < sizeof checks / sizeof checks[0]; i++)
        if (tb_str_equal(name, tb_str_of(checks[i].name)))
            return &checks[i];
    return NULL;
}
