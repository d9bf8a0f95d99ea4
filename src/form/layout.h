/*
 * How a definition's fields and scopes are found in a sheet: what stands behind tb_scope.layout
 * and tb_definition.recognition. Written by the definition's readers, read by the locators.
 */
#ifndef TB_FORM_LAYOUT_H
#define TB_FORM_LAYOUT_H

#include "form/definition.h"
#include "form/label.h"

#define TB_NO_SLOT SIZE_MAX

typedef struct tb_label {
    const tb_shape *shape;
    const tb_field *captures[TB_CAPTURES_MAX]; /* where each capture goes; NULL: nowhere */
} tb_label;

typedef struct tb_labels {
    size_t count;
    const tb_label *labels;
} tb_labels;

typedef enum tb_place {
    TB_PLACE_RIGHT,  /* in the first cell right of the label's */
    TB_PLACE_INSIDE, /* in the label's cell, after a colon; else right of it */
    TB_PLACE_BELOW,
    TB_PLACE_CAPTURED /* it is a part of some label */
} tb_place;

typedef struct tb_field_layout {
    tb_labels labels;
    tb_place place;
    bool repeats;  /* stands on every page */
    size_t beside; /* slot of the field that stands before it in the row, or TB_NO_SLOT */
} tb_field_layout;

/* A column or row of a table or matrix. */
typedef struct tb_line {
    tb_str id;
    tb_localized name;
    tb_labels labels;
    tb_labels under; /* the group heading that the label belongs to */
    size_t nth;      /* its place below that group, from 1; 0: found by its label */
    bool fill_down;  /* a blank cell means what the one above says */
} tb_line;

typedef struct tb_matrix {
    tb_str id;
    tb_localized name;
    tb_labels headings;
    size_t column_count, row_count;
    const tb_line *columns, *rows;
    size_t first_slot; /* of the root's field for the first row's first column; then row by row */
    const tb_scope *by_column, *by_row;
} tb_matrix;

/* What a shape is used for; one may have several uses. */
#define TB_ROLE_FORM_TITLE 1u
#define TB_ROLE_FIELD      2u
#define TB_ROLE_REPEATED   4u   /* a field that stands on every page */
#define TB_ROLE_HEADING    8u   /* of a table or matrix, or the label of entries */
#define TB_ROLE_SUBHEADING 16u  /* of a table in a block */
#define TB_ROLE_TITLE      32u  /* of a block */
#define TB_ROLE_LINE       64u  /* a column, a row, or a group of them */
#define TB_ROLE_INSIDE     128u /* a field whose value stands in the label's own cell */

typedef struct tb_root_layout {
    tb_shape_set shapes; /* every label of the definition */
    unsigned *roles;     /* of each shape */
    size_t single_count; /* the first fields of the root are single ones */
    const tb_field_layout *singles;
    size_t matrix_count;
    const tb_matrix *matrices;
} tb_root_layout;

typedef struct tb_table_layout {
    tb_labels headings;
    tb_labels totals;       /* of rows of sums, which are no records */
    const tb_line *columns; /* one for each field of the scope */
    size_t row_name;        /* slot of the field that names a row, or TB_NO_SLOT */
    bool required;
} tb_table_layout;

typedef struct tb_entries_layout {
    tb_labels labels;
    tb_labels patterns; /* of one entry */
    tb_place place;
    bool required;
} tb_entries_layout;

typedef struct tb_block_layout {
    tb_labels titles;
    size_t pair;       /* slot of the paired scope in the parent, or TB_NO_SLOT */
    size_t pair_scope; /* the child table and its field by whose texts blocks and rows pair */
    size_t pair_field;
    bool required;
} tb_block_layout;

typedef struct tb_recognition {
    tb_labels labels;
    size_t from_year, to_year; /* budget years of this version; 0: any */
} tb_recognition;

/* How a code list is searched: open addressing by the key's hash. */
typedef struct tb_code_index {
    size_t size; /* a power of two */
    const struct tb_code_slot {
        tb_str key;
        const tb_code *code; /* NULL: free */
        bool alias;
    } * slots;
} tb_code_index;

/* As tb_code_list_find, and whether it was an alias; `key` is the text's tb_text_key. */
const tb_code *tb_code_index_find(const tb_code_index *index, tb_str key, bool *ret_alias);

#endif
