/*
 * A filled form: the values that a definition's fields have in one workbook, and where they stand.
 * Made by tb_form_locate; everything in it lives in one arena and borrows from the workbook and
 * the definition, which must outlive it.
 */
#ifndef TB_FORM_FORM_H
#define TB_FORM_FORM_H

#include "form/definition.h"
#include "form/indicator.h"
#include "sheet/workbook.h"

struct tb_content;    /* form/dictionary.h */
struct tb_dictionary; /* the same */

typedef struct tb_record tb_record;

typedef enum tb_item_state {
    TB_ITEM_MISSING, /* its label was not found; `at` is the nearest thing that was */
    TB_ITEM_BLANK,   /* nothing, or white space only */
    TB_ITEM_VALID,   /* the value is of the field's type */
    TB_ITEM_INVALID  /* something stands there that is not of the field's type */
} tb_item_state;

/* One value. */
typedef struct tb_item {
    const tb_field *field;
    tb_address at; /* its cell; for a blank one the cell where it belongs */
    tb_item_state state;
    const tb_cell *cell; /* borrowed from the workbook; NULL where nothing is stored */
    tb_str text;         /* what stands there, as text, trimmed; of a numeric cell its digits */
    tb_decimal number;   /* AMOUNT, NUMBER; SHARE as a ratio; YEAR; DATE as Calc's serial day
                            (1899-12-30 is 0) */
    int decimals;        /* of a numeric value: shown places (a share's: of the ratio, so 47.03% has
                          * 4), the finest of its column; TB_DECIMALS_ANY when not known */
    const tb_code *code; /* of a CODE; NULL when not in the list */
    bool code_is_alias;  /* written as an alias and not as the code itself */
    bool number_as_text; /* a number stored as text */
    bool share_settled;  /* of a SHARE: its own notation says that it is a percentage, or its column
                          * has been looked at */
    const tb_indicator *indicator; /* of an INDICATOR, never NULL when VALID */
    struct tb_content *content;    /* that it was read from, in a dictionary; NULL: from none */
} tb_item;

#define TB_NO_COLUMN UINT32_MAX

/* Where the rows of a table lie on the sheet of its first header; blank ones are no records. */
typedef struct tb_table_rows {
    uint32_t sheet, first;   /* the row below the header */
    uint32_t end;            /* behind the last row with something in it; first: there is none */
    uint32_t limit;          /* where something else begins; between them all is blank */
    const uint32_t *columns; /* the first one of each field, or TB_NO_COLUMN; NULL: no table */
} tb_table_rows;

typedef struct tb_record_list {
    const tb_scope *scope;
    size_t count;
    tb_record **records;
    tb_address at; /* its heading, or where it should be */
    bool found;    /* its heading was found */
    tb_table_rows rows;
} tb_record_list;

struct tb_record {
    const tb_scope *scope;
    tb_record *parent;     /* NULL for the root */
    size_t index;          /* in its list, from 0 */
    tb_str id;             /* of a matrix view: the id of the column or row; else empty */
    tb_item **items;       /* scope->field_count; the views of a matrix share items with the root */
    tb_record_list *lists; /* scope->scope_count */
    tb_record *pair;       /* of a block: its partner in scope->pair, or NULL; of a row in a paired
                            * block: the row of the same name, or NULL */
    tb_address at;         /* its title or first cell */
};

/* What could not be found or understood in the layout, for the rule runner to report. */
typedef enum tb_gap_kind {
    TB_GAP_FIELD,      /* a field's label is nowhere */
    TB_GAP_SCOPE,      /* a table's or block's heading is nowhere */
    TB_GAP_COLUMN,     /* a column's or row's heading is missing in a table that was found */
    TB_GAP_LABEL_TWICE /* a label that must be unique stands in two places with two values */
} tb_gap_kind;

typedef struct tb_gap {
    tb_gap_kind kind;
    tb_address at;         /* the nearest thing that was found */
    const tb_field *field; /* FIELD, COLUMN, LABEL_TWICE */
    const tb_scope *scope; /* SCOPE, COLUMN */
    bool required;
} tb_gap;

typedef struct tb_form {
    const tb_definition *definition;
    const tb_workbook *workbook;
    struct tb_dictionary *dictionary; /* that its values were read from, or NULL */
    tb_record *root;
    size_t gap_count;
    const tb_gap *gaps;
    size_t repeated_count; /* further places of fields that stand on every page (R29) */
    const tb_item *const *repeated;
} tb_form;

/*
 * Which of the definitions fits the workbook best: by its title label, its year selects the
 * version. TB_UNRECOGNISED (with the candidates named) when none or several do.
 */
tb_status tb_form_recognise(const tb_workbook *workbook, const tb_definition *const *definitions,
                            size_t definition_count, tb_arena *scratch,
                            const tb_definition **ret_definition, tb_error *error);

/* Finds every field. Fails only for lack of memory or a limit; what is missing becomes a gap and
 * an item that is MISSING. *ret_form lives in the arena; with a dictionary, which may be NULL, it
 * is good only until that is emptied. */
tb_status tb_form_locate(const tb_workbook *workbook, const tb_definition *definition,
                         struct tb_dictionary *dictionary, tb_arena *arena,
                         const tb_form **ret_form, tb_error *error);

/* The form as it is before anybody wrote into it: every field blank, one row in every table. */
tb_status tb_form_make_blank(const tb_definition *definition, tb_arena *arena,
                             const tb_form **ret_form, tb_error *error);

#endif
