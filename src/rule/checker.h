/*
 * What the parts of a check share: the loaded definitions with their compiled rules.
 */
#ifndef TB_RULE_CHECKER_H
#define TB_RULE_CHECKER_H

#include "rule/check.h"
#include "rule/rulebook.h"

/* The rules of one of the checker's definitions. */
const tb_rulebook *tb_checker_rulebook(const tb_checker *checker, const tb_definition *definition);

#endif
