/*
 * The sheets of a definition that is written as a spreadsheet: which columns each has, what a cell
 * of theirs may hold, and which member of form.json it becomes. All of it is tables; the words are
 * in texts.*.properties, understood in both languages at once, alternatives between bars.
 */
#ifndef TB_FORM_BUILD_COLUMNS_H
#define TB_FORM_BUILD_COLUMNS_H

#include "base/arena.h"
#include "base/status.h"

typedef enum tb_build_table_id {
    TB_BUILD_ABOUT,
    TB_BUILD_PARAMETERS,
    TB_BUILD_LISTS,
    TB_BUILD_FIELDS,
    TB_BUILD_BLOCKS,
    TB_BUILD_RULES,
    TB_BUILD_ACROSS,
    TB_BUILD_TABLE_COUNT
} tb_build_table_id;

#define TB_BUILD_COLUMNS_MAX 20

enum {
    TB_ABOUT_ID,
    TB_ABOUT_VERSION,
    TB_ABOUT_TITLE,
    TB_ABOUT_TITLE_EN,
    TB_ABOUT_LABELS,
    TB_ABOUT_FROM,
    TB_ABOUT_TO,
    TB_ABOUT_FILER,
    TB_ABOUT_YEAR,
    TB_ABOUT_DATE,
    TB_ABOUT_IDENTITY,
    TB_ABOUT_COUNT
};

enum {
    TB_PARAMETERS_ID,
    TB_PARAMETERS_VALUE,
    TB_PARAMETERS_NOTE,
    TB_PARAMETERS_NOTE_EN,
    TB_PARAMETERS_RULE,
    TB_PARAMETERS_COUNT
};

enum {
    TB_LISTS_ID,
    TB_LISTS_NAME,
    TB_LISTS_NAME_EN,
    TB_LISTS_CODE,
    TB_LISTS_PARENT,
    TB_LISTS_ALIASES,
    TB_LISTS_COUNT
};

enum {
    TB_FIELDS_IN,
    TB_FIELDS_LINE,
    TB_FIELDS_ID,
    TB_FIELDS_NAME,
    TB_FIELDS_NAME_EN,
    TB_FIELDS_TYPE,
    TB_FIELDS_REQUIRED,
    TB_FIELDS_LABELS,
    TB_FIELDS_PLACE,
    TB_FIELDS_LIST,
    TB_FIELDS_UNIT,
    TB_FIELDS_REPEATS,
    TB_FIELDS_UNDER,
    TB_FIELDS_NTH,
    TB_FIELDS_FILL_DOWN,
    TB_FIELDS_BESIDE,
    TB_FIELDS_COUNT
};

enum {
    TB_BLOCKS_KIND,
    TB_BLOCKS_IN,
    TB_BLOCKS_ID,
    TB_BLOCKS_NAME,
    TB_BLOCKS_NAME_EN,
    TB_BLOCKS_REQUIRED,
    TB_BLOCKS_LABELS,
    TB_BLOCKS_ROW_NAME,
    TB_BLOCKS_TOTALS,
    TB_BLOCKS_PLACE,
    TB_BLOCKS_ENTRY,
    TB_BLOCKS_PAIR,
    TB_BLOCKS_PAIR_BY,
    TB_BLOCKS_BY_COLUMN,
    TB_BLOCKS_BY_COLUMN_NAME,
    TB_BLOCKS_BY_COLUMN_NAME_EN,
    TB_BLOCKS_BY_ROW,
    TB_BLOCKS_BY_ROW_NAME,
    TB_BLOCKS_BY_ROW_NAME_EN,
    TB_BLOCKS_COUNT
};

enum {
    TB_ACROSS_ID,
    TB_ACROSS_SEVERITY,
    TB_ACROSS_FOR,
    TB_ACROSS_COMPARE,
    TB_ACROSS_AT,
    TB_ACROSS_BY,
    TB_ACROSS_MESSAGE,
    TB_ACROSS_MESSAGE_EN,
    TB_ACROSS_BASIS,
    TB_ACROSS_BASIS_NOTE,
    TB_ACROSS_BASIS_NOTE_EN,
    TB_ACROSS_COUNT
};

enum {
    TB_RULES_ID,
    TB_RULES_SEVERITY,
    TB_RULES_FOR,
    TB_RULES_ONLY,
    TB_RULES_EACH,
    TB_RULES_AT,
    TB_RULES_WHEN,
    TB_RULES_FORMULA,
    TB_RULES_CHECK,
    TB_RULES_RELATED,
    TB_RULES_MESSAGE,
    TB_RULES_MESSAGE_EN,
    TB_RULES_BASIS,
    TB_RULES_BASIS_NOTE,
    TB_RULES_BASIS_NOTE_EN,
    TB_RULES_EXPLAINABLE,
    TB_RULES_COUNT
};

typedef struct tb_build_layout {
    tb_message name; /* of the sheet */
    int column_count;
    const tb_message *headings;
} tb_build_layout;

extern const tb_build_layout tb_build_layouts[TB_BUILD_TABLE_COUNT];

/* A word of a cell and what it is in the JSON. */
typedef struct tb_build_word {
    const char *json;
    tb_message word;
} tb_build_word;

typedef enum tb_build_cell {
    TB_BUILD_TEXT,
    TB_BUILD_LINES,     /* an array of texts, one a line of the cell */
    TB_BUILD_NAMES,     /* ids, a line or a comma between them; one alone is a text */
    TB_BUILD_NAME_LIST, /* ids as above, always an array */
    TB_BUILD_FLAG,
    TB_BUILD_NUMBER,    /* a whole one */
    TB_BUILD_WORD,      /* one of `words` */
    TB_BUILD_LOCALIZED, /* this column and the next: zh and en */
    TB_BUILD_VIEW       /* this column an id, the next two its name */
} tb_build_cell;

/* A member of an object of the JSON. */
typedef struct tb_build_member {
    const char *key; /* NULL ends a table of members */
    int column;
    tb_build_cell kind;
    bool required;
    const tb_build_word *words;
} tb_build_member;

extern const tb_build_member tb_build_about[], tb_build_recognise[], tb_build_years[],
    tb_build_parameter[], tb_build_list[], tb_build_code[], tb_build_field[], tb_build_column[],
    tb_build_line[], tb_build_matrix[], tb_build_table_members[], tb_build_entries[],
    tb_build_block[], tb_build_rule[], tb_build_across[];

/* Words; each table ends with a NULL. */
extern const tb_build_word tb_build_kinds[];      /* matrix, table, entries, block */
extern const tb_build_word tb_build_line_kinds[]; /* column, row */
extern const tb_build_word tb_build_flags[];      /* true, false */
extern const tb_build_word tb_build_types[], tb_build_places[], tb_build_severities[],
    tb_build_bases[];

/* The word's place in its table, or -1. */
int tb_build_find_word(tb_arena *arena, const tb_build_word *words, tb_str text);
/* Whether the text is one of the alternatives that a message has between bars, in any language. */
bool tb_build_is_word(tb_arena *arena, tb_message message, tb_str text);
/* The first alternative in a language's message, for telling it. */
tb_str tb_build_first_word(const char *message);

#endif
