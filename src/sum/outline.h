/*
 * Which tables the definitions of forms make, and from which field each column is taken. It follows
 * from the definition alone, so that a new form needs no line of C:
 *
 *   particulars  one row a form; its single fields that are no quantities
 *   amounts      one row for each single field that is a quantity, those of matrices included
 *   <scope>      one row for each row of a table, entry of a text, or block
 *
 * Tables inside blocks have the fields of their block in front; where several kinds of blocks have
 * a table of the same id (long-term and annual goals, and their indicators), it is one table and
 * `block` says which. An indicator's value is taken apart into columns. Versions of one definition
 * share their tables.
 */
#ifndef TB_SUM_OUTLINE_H
#define TB_SUM_OUTLINE_H

#include "rule/check.h"
#include "sum/table.h"

typedef enum tb_sum_part {
    TB_SUM_WHOLE, /* the value as it is */
    TB_SUM_INDICATOR_KIND,
    TB_SUM_INDICATOR_OPERATOR,
    TB_SUM_INDICATOR_NUMBER,
    TB_SUM_INDICATOR_UPPER,
    TB_SUM_INDICATOR_UNIT,
    TB_SUM_PART_COUNT
} tb_sum_part;

typedef enum tb_sum_origin {
    TB_SUM_FROM_NOTHING, /* another version or another block fills this column */
    TB_SUM_FROM_BLOCK,   /* the name of the block that the record stands in */
    TB_SUM_FROM_OUTER,   /* a field of that block */
    TB_SUM_FROM_FIELD,   /* a field of the record */
    TB_SUM_FROM_SHEET,   /* where the record stands */
    TB_SUM_FROM_CELL
} tb_sum_origin;

typedef struct tb_sum_source {
    tb_sum_origin origin;
    tb_sum_part part;
    size_t slot; /* of the field */
} tb_sum_source;

#define TB_SUM_NO_MONEY SIZE_MAX

/* What is made of the records of a scope: a row of the table, cell by cell behind the lead. */
typedef struct tb_sum_plan {
    const tb_scope *scope;
    size_t table;
    size_t source_count; /* the columns of the table behind the lead, or fewer: the rest is empty */
    const tb_sum_source *sources;
    const size_t *money; /* by field: its place among the family's amounts, or TB_SUM_NO_MONEY */
} tb_sum_plan;

/* A field whose values are added up over all forms. */
typedef struct tb_sum_money {
    tb_str path; /* "expenditure.total.current", "projects.budget" */
    tb_str name; /* for people */
    tb_str unit; /* 万元, or empty */
} tb_sum_money;

/* All versions of one form. */
typedef struct tb_sum_family {
    tb_str id;
    size_t first_table, table_count; /* in the outline's tables */
    size_t amounts;                  /* that table */
    size_t money_count;
    const tb_sum_money *money;
} tb_sum_family;

/* A rule across forms with its parameters. Versions of a definition share it by its id. */
typedef struct tb_across_entry {
    const tb_across_rule *rule; /* of one of the versions */
    size_t family;
    size_t shares; /* the first one with the same facts; itself where there is none */
    uint64_t minimum_length, peers;
    double deviations, ratio, majority;
} tb_across_entry;

typedef struct tb_definition_plan {
    const tb_definition *definition;
    size_t family;
    size_t plan_count;
    const tb_sum_plan *plans; /* outer scopes before inner ones; first that of the root */
    const size_t *across;     /* of each of its rules across forms the place in outline->across */
} tb_definition_plan;

typedef struct tb_outline {
    size_t table_count;
    const tb_sum_table *tables; /* the fixed ones first */
    size_t family_count;
    const tb_sum_family *families; /* by id */
    size_t across_count;
    const tb_across_entry *across;
    size_t definition_count;
    const tb_definition_plan *definitions; /* in the order of the checker */
} tb_outline;

/* *ret_outline lies in the arena and borrows from the checker. */
tb_status tb_outline_make(const tb_checker *checker, tb_language language, tb_arena *arena,
                          const tb_outline **ret_outline, tb_error *error);

/* The plan of a definition of the checker. */
const tb_definition_plan *tb_outline_find(const tb_outline *outline,
                                          const tb_definition *definition);

/* True for a quantity that the amounts list. */
static inline bool tb_sum_is_quantity(const tb_field *field)
{
    return field->type == TB_FIELD_AMOUNT || field->type == TB_FIELD_NUMBER ||
           field->type == TB_FIELD_SHARE;
}

#endif
