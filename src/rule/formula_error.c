/*
 * Shows where a formula is wrong: its line and below it a caret.
 */
#include "base/excerpt.h"
#include "rule/expression.h"

void tb_formula_error_caret(tb_buffer *out, tb_str source, const tb_formula_error *where)
{
    tb_excerpt_append(out, source, where->offset, where->size);
}
