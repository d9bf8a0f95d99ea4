/*
 * The rules of one definition, compiled: every formula, path and message is looked at once, when
 * the definition is loaded. Read-only afterwards and shared by threads.
 */
#ifndef TB_RULE_RULEBOOK_H
#define TB_RULE_RULEBOOK_H

#include "form/definition.h"
#include "rule/expression.h"
#include "rule/message_template.h"
#include "rule/truth.h"

struct tb_named_check; /* rule/named_check.h */

/* What the rules of one scope have in common. */
typedef struct tb_scope_rules {
    const tb_scope *scope;
    size_t index; /* in the rulebook */
    size_t depth; /* scopes from below the root down to this one */
    const tb_scope *const *chain;
    tb_test_set tests; /* of the rules that are screened */
} tb_scope_rules;

typedef struct tb_compiled_rule {
    const tb_rule *rule;
    size_t order;                 /* its place in the definition */
    const tb_expression *when;    /* NULL: always */
    const tb_expression *formula; /* NULL for a named check */
    /* The two for screening; formula_truth is NULL for a rule that is not screened. */
    const tb_truth *when_truth, *formula_truth;
    size_t subject;          /* what both ask for, in the scope's tests, or TB_NO_SUBJECT */
    size_t place_in_subject; /* among the rules that ask for the same */
    const struct tb_named_check *check;
    const void *prepared; /* of a named check: what it made of its parameters */
    bool has_at, has_it;
    bool reads_at; /* the formula reads the field to blame */
    bool shows_at; /* it or the condition does, so that its content is what was found */
    tb_reference at, it;
    size_t related_count;
    const tb_expression *const *related;
    tb_message_template message[TB_LANGUAGE_COUNT];
    const tb_scope_rules *scope;
    bool is_equation; /* takes part in the search for slips */
} tb_compiled_rule;

typedef struct tb_rulebook {
    const tb_definition *definition;
    size_t rule_count;
    const tb_compiled_rule *rules;
    size_t scope_count; /* that have rules */
} tb_rulebook;

/*
 * Compiles all rules into the arena. The first mistake ends it: the error says file, line and
 * column and shows the formula with a caret; `name` is the definition's file.
 */
tb_status tb_rulebook_compile(tb_arena *arena, const tb_definition *definition, const char *name,
                              const tb_rulebook **ret_rulebook, tb_error *error);

/* A number among the rule's parameters, or `fallback`. */
tb_decimal tb_rulebook_number(const tb_rulebook *book, const tb_rule *rule, const char *id,
                              tb_decimal fallback);
/* A text among them; empty when there is none. */
tb_str tb_rulebook_text(const tb_rulebook *book, const tb_rule *rule, const char *id);

#endif
