/*
 * Where in a form something stands: as a path for machines (annual_goals[3].indicators[1].value,
 * counted from 1) and as people say it (年度目标3 · 自建房鉴定数量 · 预期当年实现值).
 */
#ifndef TB_RULE_PLACE_H
#define TB_RULE_PLACE_H

#include "base/buffer.h"
#include "form/form.h"

/* The record that holds the item: `near` or one above it, else looked for in the whole form. Items
 * that views of a matrix share belong to the root. */
const tb_record *tb_place_find_record(const tb_form *form, const tb_record *near,
                                      const tb_item *item);

/* `item` may be NULL: the record itself. */
void tb_place_path(tb_buffer *out, const tb_record *record, const tb_item *item);
void tb_place_text(tb_buffer *out, const tb_record *record, const tb_item *item,
                   tb_language language);
/* What a record is called by: its required text, else its required number, or NULL. */
const tb_item *tb_place_find_name(const tb_record *record);
/* The record's own name: 年度目标3, or what its row is called. */
void tb_place_record(tb_buffer *out, const tb_record *record, tb_language language);
/* A localized text, in the other language where this one has none. */
tb_str tb_localized_get(const tb_localized *text, tb_language language);

#endif
