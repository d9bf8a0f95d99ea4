/*
 * What the readers of the parts of an .xlsx share. One file per part: xlsx.c (relationships and
 * the order of things), xlsx_workbook.c, xlsx_styles.c, xlsx_strings.c, xlsx_sheet.c, and for
 * validities in a worksheet xlsx_validity.c.
 */
#ifndef TB_SHEET_XLSX_H
#define TB_SHEET_XLSX_H

#include "sheet/package.h"

/* Names the readers know. Elements and attributes that are called the same share a token. */
enum {
    X_NONE,
    X_WORKBOOK,
    X_WORKBOOK_PR,
    X_DATE1904,
    X_SHEETS,
    X_SHEET,
    X_NAME,
    X_STATE,
    X_RELATION,
    X_RELATIONSHIPS,
    X_RELATIONSHIP,
    X_ID,
    X_TYPE,
    X_TARGET,
    X_TARGET_MODE,
    X_STYLE_SHEET,
    X_NUM_FMTS,
    X_NUM_FMT,
    X_NUM_FMT_ID,
    X_FORMAT_CODE,
    X_CELL_XFS,
    X_XF,
    X_SST,
    X_SI,
    X_T,
    X_R,
    X_WORKSHEET,
    X_SHEET_FORMAT_PR,
    X_ZERO_HEIGHT,
    X_SHEET_DATA,
    X_ROW,
    X_HIDDEN,
    X_C,
    X_S,
    X_V,
    X_F,
    X_IS,
    X_REF,
    X_MERGE_CELLS,
    X_MERGE_CELL,
    X_VALIDITIES,
    X_VALIDITY,
    X_VALIDITY_TYPE,
    X_EXTENSIONS,
    X_RANGES,
    X_SHARED_INDEX,
    X_CHARTSHEET,
    X_DIALOGSHEET
};

extern const tb_xml_vocabulary tb_xlsx_vocabulary;

typedef struct tb_xlsx_relation {
    tb_str id;
    tb_str type;   /* the last word of its address: "worksheet" */
    tb_str target; /* the name of the part in the package */
} tb_xlsx_relation;

typedef struct tb_xlsx_relations {
    tb_xlsx_relation *items;
    size_t count, capacity;
} tb_xlsx_relations;

/* One cell format (xf); its number format is worked out when a cell first uses it. */
typedef struct tb_xlsx_format {
    uint32_t id; /* of its number format */
    bool resolved;
    tb_number_format format;
} tb_xlsx_format;

typedef struct tb_xlsx_code {
    uint32_t id;
    tb_number_format format;
} tb_xlsx_code;

typedef struct tb_xlsx_sheet {
    tb_str name, relation;
    bool hidden;
} tb_xlsx_sheet;

/* Everything lives in the package's arena. */
typedef struct tb_xlsx {
    tb_package *package;
    tb_xlsx_relations relations; /* of the workbook */
    tb_str properties;           /* the part with those that users define; empty: none */
    tb_xlsx_sheet *sheets;
    size_t sheet_count, sheet_capacity;
    bool date1904;
    tb_xlsx_format *formats;
    size_t format_count, format_capacity;
    tb_xlsx_code *codes;
    size_t code_count, code_capacity;
    tb_str *strings;
    size_t string_count, string_capacity;
} tb_xlsx;

/* Each reads one part that package->xml has just begun, up to its end. */
tb_status tb_xlsx_read_workbook(tb_xlsx *xlsx);
tb_status tb_xlsx_read_styles(tb_xlsx *xlsx);
tb_status tb_xlsx_read_strings(tb_xlsx *xlsx);
tb_status tb_xlsx_read_sheet(tb_xlsx *xlsx);
/* Reads the <dataValidations>, or the list of extensions, just started. */
void tb_xlsx_read_validities(tb_xlsx *xlsx);

/* Reads a part with properties, if it is there. */
void tb_xlsx_read_properties(tb_package *package, tb_str part, tb_package_facts *facts);

/* The number format of a cell format, by its index in cellXfs. */
tb_number_format tb_xlsx_find_format(tb_xlsx *xlsx, uint32_t index);

/* The text of the <si> or <is> just started: its runs put together, phonetics left out, escapes
 * like _x000D_ replaced. Borrowed from the part where nothing changes. */
tb_str tb_xlsx_rich_text(tb_xlsx *xlsx);
/* Replaces escapes like _x000D_; the text itself where there are none. */
tb_str tb_xlsx_unescape(tb_xlsx *xlsx, tb_str text);

/* Makes room for one more element of an array in the arena. NULL: stopped. */
void *tb_xlsx_room(tb_xlsx *xlsx, void *array, size_t count, size_t *capacity, size_t size);

/* `1`, `true`, `on` */
bool tb_xlsx_bool(tb_str value);
/* A whole number below 2^32; false when it is none. */
bool tb_xlsx_uint(tb_str value, uint32_t *ret);

#endif
