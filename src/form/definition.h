/*
 * A form definition (表样): what a form consists of and its rules, read from form.json. All data;
 * nothing here knows one form from another. The JSON is described by templates/form.schema.json.
 *
 * A definition is a tree of SCOPES. The root scope has the form's single fields; below it stand
 * the things that repeat: the rows of a table, the blocks (each of which may have a table again),
 * the entries listed inside a cell, and the two views of a matrix (one record per column, one per
 * row). A rule runs once for every record of the scope that it is `for`.
 */
#ifndef TB_FORM_DEFINITION_H
#define TB_FORM_DEFINITION_H

#include "base/arena.h"
#include "base/decimal.h"
#include "base/message.h"

typedef struct tb_scope tb_scope;
typedef struct tb_definition tb_definition;

/* A text in every language of the program. */
typedef struct tb_localized {
    tb_str in[TB_LANGUAGE_COUNT];
} tb_localized;

typedef enum tb_field_type {
    TB_FIELD_TEXT,
    TB_FIELD_AMOUNT,   /* money in the form's unit */
    TB_FIELD_NUMBER,   /* a plain number */
    TB_FIELD_SHARE,    /* a ratio: 0.4703, 47.03 and "47.03%" are the same */
    TB_FIELD_DATE,     /* a calendar day, as text or as a date cell */
    TB_FIELD_YEAR,     /* four digits, perhaps with 年 */
    TB_FIELD_PHONE,    /* mobile or landline */
    TB_FIELD_CODE,     /* one of a code list */
    TB_FIELD_INDICATOR /* an indicator's value: operator, number, unit … (form/indicator.h) */
} tb_field_type;

typedef struct tb_code {
    tb_str code;
    size_t alias_count;
    const tb_str *aliases;
    const struct tb_code *parent; /* in a tree of codes: 数量指标 below 产出指标; else NULL */
} tb_code;

typedef struct tb_code_list {
    tb_str id;
    tb_localized name;
    size_t code_count;
    const tb_code *codes; /* parents before their children */
    const void *index;    /* for tb_code_list_find */
} tb_code_list;

typedef struct tb_field {
    tb_str id;         /* ASCII: "income.total"; unique in its scope */
    tb_localized name; /* "收入合计"; the zh name may stand in formulas */
    tb_field_type type;
    bool required;
    const tb_code_list *list; /* of a CODE field */
    tb_str unit;              /* of an amount: "万元"; may be empty */
    const tb_scope *scope;    /* that it belongs to */
    size_t slot;              /* its place in a record's items */
} tb_field;

typedef enum tb_scope_kind {
    TB_SCOPE_ROOT,
    TB_SCOPE_TABLE,   /* one record per row */
    TB_SCOPE_BLOCK,   /* one record per titled block */
    TB_SCOPE_ENTRIES, /* one record per entry of a text such as 目标1：…；目标2：… */
    TB_SCOPE_MATRIX_COLUMN, /* one record per column of a matrix; its fields are the rows */
    TB_SCOPE_MATRIX_ROW     /* one record per row of a matrix; its fields are the columns */
} tb_scope_kind;

struct tb_scope {
    tb_str id; /* "projects"; empty for the root */
    tb_localized name;
    tb_scope_kind kind;
    const tb_scope *parent; /* NULL for the root */
    size_t slot;            /* its place in the parent's `scopes` and a record's `lists` */
    size_t field_count;
    const tb_field *fields;
    size_t scope_count;
    const tb_scope *const *scopes; /* child scopes */
    tb_str pair;        /* for blocks: id of the scope whose blocks are paired with these by the
                         * names of their rows (R18); empty: none */
    const void *layout; /* how it is found in a sheet; only form/locate.c looks inside */
};

typedef enum tb_severity { TB_ERROR_SEVERITY, TB_WARNING_SEVERITY, TB_NOTICE_SEVERITY } tb_severity;
#define TB_SEVERITY_COUNT 3

typedef enum tb_basis_kind {
    TB_BASIS_ARITHMETIC,
    TB_BASIS_FORM,
    TB_BASIS_PRACTICE,
    TB_BASIS_DOCUMENT
} tb_basis_kind;

/* Whether what a rule finds may be answered with a reason and left as it is (rule/explanation.h).
 */
typedef enum tb_explainable {
    TB_EXPLAINABLE_BY_SEVERITY, /* warnings may */
    TB_EXPLAINABLE_YES,
    TB_EXPLAINABLE_NO
} tb_explainable;

typedef struct tb_parameter {
    tb_str id;
    tb_str value;      /* as written; a number, a text, or "true"/"false" */
    tb_localized note; /* what it sets, for the administrator */
    bool is_number;
    tb_decimal number;
} tb_parameter;

/* A rule (审核公式): a formula that must be TRUE, or a named check (rule/named_check.h). In the
 * JSON `for` may name several scopes and `each` several fields: then there is one tb_rule, with the
 * same id, for each of them. */
typedef struct tb_rule {
    tb_str id; /* "R2.income" */
    tb_severity severity;
    const tb_scope *scope; /* runs for each record of it (`for`) */
    size_t only_count;     /* of a matrix view: only the records with these ids; 0: all */
    const tb_str *only;
    tb_str formula;                      /* empty for a named check */
    size_t formula_line, formula_column; /* where it stands in the JSON, counted from 1 */
    tb_str when; /* a formula that must be TRUE for the rule to apply; empty: always */
    size_t when_line, when_column;
    tb_str check; /* the name of a named check, else empty */
    tb_str it;    /* of a rule written for `each` of several fields: this one's path; the
                   * formula calls it `it` (本项). Empty: none */
    tb_str at;    /* the field that a finding points at, as a path in the rule's scope; the
                   * same as `it` where the JSON gives no other. A field of a table's rows: that of
                   * the first row */
    size_t related_count;
    const tb_str *related; /* formulas that read the further cells to show: "total",
                            * "projects.budget", "PAIRED(value)" */
    tb_localized message;  /* {actual} {expected} {difference} {field path} … are filled in */
    tb_basis_kind basis;
    tb_localized basis_note; /* what the form says, or title, number, article of a document */
    tb_explainable explainable;
    size_t parameter_count;
    const tb_parameter *parameters; /* seen by this rule only, before the definition's */
    size_t line;                    /* where the rule begins in the JSON */
} tb_rule;

/* What a rule compares among the forms of several units. */
typedef enum tb_across_comparison {
    TB_COMPARE_UNIQUE,    /* one form for a unit (tb_definition.identity) and year */
    TB_COMPARE_SAME_TEXT, /* a text that another unit has, too */
    TB_COMPARE_OUTLIER,   /* an indicator's number far from those of the same name */
    TB_COMPARE_OTHER_UNIT /* its unit of measurement is not that of most of the same name */
} tb_across_comparison;

/* A rule across forms: applied only where forms are added up (sum/across.h). */
typedef struct tb_across_rule {
    tb_str id;
    tb_severity severity;
    const tb_scope *scope; /* whose records are compared */
    tb_across_comparison comparison;
    const tb_field *at;   /* the field that is compared, and that a finding points at */
    const tb_field *by;   /* records with the same text here are peers; NULL: none is needed */
    tb_localized message; /* {actual} {expected} {count} {units} {name} are filled in */
    tb_basis_kind basis;
    tb_localized basis_note;
    size_t parameter_count;
    const tb_parameter *parameters;
} tb_across_rule;

struct tb_definition {
    tb_str id, version;
    tb_localized title;
    tb_str folder; /* where it was read from; empty for one from memory */
    size_t list_count;
    const tb_code_list *lists;
    size_t parameter_count;
    const tb_parameter *parameters;
    const tb_scope *root;
    const tb_field *filer; /* the root's field that says who filed the form (填报单位), or NULL */
    const tb_field *year;  /* the root's year by which the form's own is known, or NULL */
    int years_later;       /* the form's own year is so many years after it */
    const tb_field *date;  /* the root's date that says when the form was filled in, or NULL */
    size_t identity_count; /* what tells one declaration of a year from another; without any, the
                            * filer does */
    const tb_field *const *identity;
    size_t rule_count;
    const tb_rule *rules;
    size_t across_count;
    const tb_across_rule *across;
    const void *recognition; /* how a workbook is known to be this form; form/locate.c */
};

/*
 * Reads a definition. On success *ret_definition lives in the arena, all texts included. On
 * failure the error names the file, line and column, what was found and what is allowed there.
 * Unknown and duplicate keys are errors. Formulas are not looked at here: rule/check.h compiles
 * them and gives the same kind of error.
 */
tb_status tb_definition_read(tb_arena *arena, tb_str json, const char *name,
                             const tb_definition **ret_definition, tb_error *error);

/* The parameter, looked for in the rule (may be NULL) and then in the definition; or NULL. */
const tb_parameter *tb_definition_find_parameter(const tb_definition *definition,
                                                 const tb_rule *rule, tb_str id);
/* A child scope or a field by its id or its zh or en name, or NULL. */
const tb_scope *tb_scope_find_scope(const tb_scope *scope, tb_str name);
const tb_field *tb_scope_find_field(const tb_scope *scope, tb_str name);
/* A scope by its path from the root ("annual_goals.indicators"), or NULL. The empty path is the
 * root. */
const tb_scope *tb_definition_find_scope(const tb_definition *definition, tb_str path);
/* The code that a text means: by the code itself or an alias, compared by tb_text_key; or NULL. */
const tb_code *tb_code_list_find(const tb_code_list *list, tb_arena *scratch, tb_str text);

#endif
