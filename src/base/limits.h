/*
 * Every maximum that input can run into, in one place. Passing one is TB_LIMIT with a message
 * that says which, how much, and where. Sizes are bytes unless their name says otherwise.
 */
#ifndef TB_BASE_LIMITS_H
#define TB_BASE_LIMITS_H

#include <stddef.h>

/* Files and packages */
#define TB_MAX_FILE_SIZE      ((size_t)64 << 20)  /* a workbook on disk */
#define TB_MAX_ARCHIVE_SIZE   ((size_t)512 << 20) /* an archive of workbooks on disk */
#define TB_MAX_PART_SIZE      ((size_t)192 << 20) /* one part of a package, inflated */
#define TB_MAX_PACKAGE_SIZE   ((size_t)208 << 20) /* all parts that are read, inflated */
#define TB_MAX_INFLATE_RATIO  1032                /* deflate can't do more */
#define TB_MAX_ZIP_ENTRIES    10000
#define TB_MAX_XML_DEPTH      256
#define TB_MAX_XML_ATTRIBUTES 512

/* The grid */
#define TB_MAX_SHEETS          1024
#define TB_MAX_ROWS            1048576
#define TB_MAX_COLUMNS         16384
#define TB_MAX_CELLS           2000000 /* stored cells of one workbook; repeated ones count once */
#define TB_MAX_MERGES          100000
#define TB_MAX_VALIDITIES      100000 /* ranges of cells that restrict what is entered */
#define TB_MAX_STRINGS         1000000
#define TB_MAX_TEXT_SIZE       ((size_t)256 << 10) /* the text of one cell */
#define TB_MAX_WORKBOOK_MEMORY ((size_t)224 << 20)

/* Definitions and formulas */
#define TB_MAX_DEFINITION_SIZE   ((size_t)4 << 20)
#define TB_MAX_DEFINITION_MEMORY ((size_t)64 << 20)
#define TB_MAX_DEFINITION_DEPTH  32
#define TB_MAX_DEFINITION_VALUES 100000 /* JSON values of a definition */
#define TB_MAX_FIELDS            4096   /* of one scope */
#define TB_MAX_RULES             4096
#define TB_MAX_ACROSS_RULES      64
#define TB_MAX_LABEL_SIZE        256
#define TB_MAX_FORMULA_SIZE      ((size_t)8 << 10)
#define TB_MAX_FORMULA_DEPTH     64
#define TB_MAX_FORMULA_STEPS     1000000            /* of one evaluation */
#define TB_MAX_VALUE_SIZE        ((size_t)64 << 10) /* a text made by a formula */
#define TB_MAX_REGEX_SIZE        1024
#define TB_MAX_REGEX_STEPS       100000

/* Forms and findings */
#define TB_MAX_RECORDS          20000   /* rows and blocks of one form */
#define TB_MAX_FINDINGS         10000   /* of one form */
#define TB_MAX_WHAT_IF_VALUES   2000000 /* read while looking for one form's causes and slips */
#define TB_MAX_CONTENT_MEMORY   ((size_t)1 << 20) /* contents kept from form to form */
#define TB_MAX_RESULT_MEMORY    ((size_t)256 << 20)
#define TB_MAX_EXCEPTION_MEMORY ((size_t)64 << 10) /* the text of an exception of the office */
#define TB_MAX_OUTPUT_SIZE      ((size_t)256 << 20)

/* Sending */
#define TB_MAX_SETTINGS_SIZE ((size_t)1 << 20) /* a file of destinations */
#define TB_MAX_DESTINATIONS  256
#define TB_MAX_SECRET_SIZE   ((size_t)8 << 10) /* a password, a token */
#define TB_MAX_URL_SIZE      ((size_t)8 << 10)
#define TB_MAX_REPLY_SIZE    ((size_t)1 << 20)  /* a server's reply that is read, not only hashed */
#define TB_MAX_PARALLEL      32                 /* deliveries to one destination at a time */
#define TB_MAX_QUEUE_MEMORY  ((size_t)64 << 20) /* what is known of submissions at a time */

#endif
