/*
 * Values as people read them: amounts with thousands separators and the places that the form
 * shows, shares as percentages. And the same values plain, for machines.
 */
#ifndef TB_RULE_DISPLAY_H
#define TB_RULE_DISPLAY_H

#include "base/buffer.h"
#include "form/form.h"
#include "rule/value.h"

/* What stands in the item's cell. */
void tb_display_item(tb_buffer *out, const tb_item *item);
/* A value, written as the item is (`like` NULL: a plain number). */
void tb_display_value(tb_buffer *out, const tb_value *value, const tb_item *like);
void tb_display_number(tb_buffer *out, tb_decimal number, const tb_item *like);
/* An amount in groups of three, with at least `places` after the point. */
void tb_display_amount(tb_buffer *out, tb_decimal amount, int places);
/* Numbers in plain notation without needless zeros, texts as they are; nothing for others. */
void tb_display_plain(tb_buffer *out, const tb_value *value);
void tb_display_plain_number(tb_buffer *out, tb_decimal number);

#endif
