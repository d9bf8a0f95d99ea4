/*
 * A rule's message with its placeholders resolved: “收入合计为{actual}，…” is taken apart once,
 * when the definition is loaded, so that a placeholder nobody knows is found there and not by a
 * user.
 */
#ifndef TB_RULE_MESSAGE_TEMPLATE_H
#define TB_RULE_MESSAGE_TEMPLATE_H

#include "rule/expression.h"

typedef enum tb_part_kind {
    TB_PART_TEXT,
    TB_PART_ACTUAL,
    TB_PART_EXPECTED,
    TB_PART_DIFFERENCE,
    TB_PART_IT,     /* the name of the field that the rule is written for */
    TB_PART_PAIRED, /* what stands in the paired record */
    TB_PART_RECORD, /* the name of the record: 年度目标3 */
    TB_PART_FIELD,  /* what stands in a field */
    TB_PART_EXTRA   /* given by a named check; `index` says which */
} tb_part_kind;

typedef struct tb_message_part {
    tb_part_kind kind;
    tb_str text;            /* of TEXT */
    tb_reference reference; /* of FIELD */
    size_t index;
} tb_message_part;

typedef struct tb_message_template {
    size_t part_count;
    const tb_message_part *parts;
} tb_message_template;

/* Takes the text apart; everything lies in the arena. `extras` are names of further placeholders,
 * ended by NULL. TB_INVALID: *ret_unknown is the placeholder that means nothing. */
tb_status tb_message_template_compile(tb_arena *arena, tb_str text, const tb_resolver *resolver,
                                      const char *const *extras, tb_message_template *ret_template,
                                      tb_str *ret_unknown, tb_error *error);

#endif
