/*
 * What the readers of OpenDocument share: ods.c (the package and the flat document),
 * ods_meta.c (properties), ods_styles.c (number formats), ods_validity.c (what may be entered),
 * ods_content.c (tables), ods_text.c (the text of a cell).
 */
#ifndef TB_SHEET_ODS_H
#define TB_SHEET_ODS_H

#include "sheet/package.h"

/* Names the readers know. Elements and attributes that are called the same share a token. */
enum {
    O_NONE,
    O_DOCUMENT,
    O_DOCUMENT_CONTENT,
    O_DOCUMENT_STYLES,
    O_DOCUMENT_META,
    O_BODY,
    O_SPREADSHEET,
    O_STYLES,
    O_AUTOMATIC_STYLES,
    O_META,
    O_USER_DEFINED,
    O_META_NAME,
    O_STYLE,
    O_DEFAULT_STYLE,
    O_STYLE_NAME,
    O_FAMILY,
    O_PARENT_STYLE,
    O_DATA_STYLE,
    O_TABLE_PROPERTIES,
    O_DISPLAY,
    O_NUMBER_STYLE,
    O_CURRENCY_STYLE,
    O_PERCENTAGE_STYLE,
    O_DATE_STYLE,
    O_TIME_STYLE,
    O_BOOLEAN_STYLE,
    O_TEXT_STYLE,
    O_NUMBER,
    O_SCIENTIFIC,
    O_FRACTION,
    O_TEXT_CONTENT,
    O_DECIMAL_PLACES,
    O_TABLE,
    O_NAME,
    O_TABLE_STYLE,
    O_COLUMN,
    O_COLUMNS,
    O_ROW,
    O_ROWS,
    O_CELL,
    O_COVERED_CELL,
    O_COLUMNS_REPEATED,
    O_ROWS_REPEATED,
    O_COLUMNS_SPANNED,
    O_ROWS_SPANNED,
    O_DEFAULT_CELL_STYLE,
    O_VISIBILITY,
    O_VALIDITY,
    O_VALIDITIES,
    O_CONDITION,
    O_CELL_VALIDITY,
    O_FORMULA,
    O_VALUE_TYPE,
    O_CALC_VALUE_TYPE,
    O_VALUE,
    O_DATE_VALUE,
    O_TIME_VALUE,
    O_BOOLEAN_VALUE,
    O_STRING_VALUE,
    O_MATRIX_COLUMNS,
    O_MATRIX_ROWS,
    O_TABLE_SOURCE,
    O_P,
    O_SPACES,
    O_COUNT,
    O_TAB,
    O_LINE_BREAK,
    O_RUBY_TEXT,
    O_NOTE,
    O_ANNOTATION,
    O_MACRO_SCRIPTS
};

extern const tb_xml_vocabulary tb_ods_vocabulary;

typedef enum tb_ods_scope { TB_ODS_COMMON, TB_ODS_AUTOMATIC } tb_ods_scope;
typedef enum tb_ods_family {
    TB_ODS_DATA,  /* a number format */
    TB_ODS_CELL,  /* of cells */
    TB_ODS_TABLE, /* of sheets */
    TB_ODS_OTHER
} tb_ods_family;

typedef struct tb_ods_style {
    tb_ods_scope scope;
    tb_ods_family family;
    tb_str name, parent, data;
    tb_number_format format; /* of DATA, and of CELL once it is resolved */
    bool resolved;
    bool hidden; /* of TABLE */
} tb_ods_style;

/* Styles by scope, family and name; an open hash table in the arena. */
typedef struct tb_ods_styles {
    tb_package *package;
    tb_ods_style *slots;
    size_t count, capacity; /* capacity is a power of two, or 0 */
} tb_ods_styles;

/* Reads the children of the <office:styles> or <office:automatic-styles> just started. `lasting`:
 * the part stays in memory, so names may be borrowed from it. */
void tb_ods_read_styles(tb_ods_styles *styles, tb_ods_scope scope, bool lasting);
/* The number format of a cell style. */
tb_number_format tb_ods_find_format(tb_ods_styles *styles, tb_str name);
/* True when the style of a sheet hides it. */
bool tb_ods_is_hidden(tb_ods_styles *styles, tb_str name);

/* The names of the validities that restrict what is entered, by name, in the arena. */
typedef struct tb_ods_validities {
    size_t count, capacity;
    tb_str *names;
} tb_ods_validities;

/* Reads the <table:content-validations> just started. */
void tb_ods_read_validities(tb_package *package, tb_ods_validities *validities);
bool tb_ods_is_restricting(const tb_ods_validities *validities, tb_str name);

/* Reads meta.xml, if it is there; and the <office:meta> just started. */
void tb_ods_read_properties(tb_package *package, tb_package_facts *facts);
void tb_ods_read_meta(tb_package *package, tb_package_facts *facts);

/* Reads the <office:spreadsheet> just started. */
void tb_ods_read_spreadsheet(tb_package *package, tb_ods_styles *styles, tb_package_facts *facts);

/* Adds the <text:p> just started to the text of a cell, of which *ret holds what came before;
 * `first` tells whether it is the first. Borrowed from the part where possible, else in the
 * arena. */
void tb_ods_read_paragraph(tb_package *package, bool first, tb_str *text);

#endif
