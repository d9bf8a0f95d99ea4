/*
 * All forms of an aggregation, until it is known which count and in which order they stand. They
 * lie in a temporary SQLite database, which grows on the disk and not in memory, and goes away with
 * the process.
 */
#ifndef TB_SUM_COLLECTION_H
#define TB_SUM_COLLECTION_H

#include "base/sha256.h"
#include "base/status.h"
#include "base/text.h"

typedef struct tb_collection tb_collection;

#define TB_SUM_NO_YEAR 0
#define TB_SUM_NO_DAY  INT64_MIN

typedef enum tb_sum_state {
    TB_SUM_COUNTED,
    TB_SUM_SET_ASIDE, /* another form of the same unit and year counts instead */
    TB_SUM_UNREADABLE,
    TB_SUM_UNRECOGNISED, /* a workbook, but no known form */
    TB_SUM_NO_FORM       /* a file in a folder that is not called as workbooks are */
} tb_sum_state;
#define TB_SUM_STATES 5

/* Why one form counts and not another of the same unit and year. */
typedef enum tb_sum_choice {
    TB_SUM_CHOSEN_COPY, /* they are the same, byte by byte */
    TB_SUM_CHOSEN_DATE, /* by the date in the form */
    TB_SUM_CHOSEN_TIME, /* by the time of the file */
    TB_SUM_CHOSEN_NAME  /* by nothing but the file's name */
} tb_sum_choice;

/* One file. Texts given in are copied; those given out are borrowed until the next step. */
typedef struct tb_collected {
    tb_str file; /* for people, in UTF-8; a member of an archive stands behind its archive */
    tb_sum_state state;
    bool has_hash;
    unsigned char sha256[TB_SHA256_SIZE];
    int64_t modified; /* nanoseconds since 1970 */
    /* Of a form: */
    tb_str family, version; /* its definition's id and version */
    tb_str unit, identity;  /* sum/extract.h; without an identity it stands for itself */
    int year;               /* or TB_SUM_NO_YEAR */
    int64_t day;            /* its date, as a serial day, or TB_SUM_NO_DAY */
    uint64_t errors, warnings, notices, explained; /* that are open, and explained ones */
    tb_str sheaf;                                  /* sum/sheaf.h */
    /* Of anything else: */
    tb_str reason; /* one line */
    /* Of one that was set aside: */
    tb_str instead; /* the file that counts */
    tb_sum_choice choice;
} tb_collected;

tb_status tb_collection_new(tb_collection **ret_collection, tb_error *error); /* the caller frees */
void tb_collection_free(tb_collection *collection);                           /* NULL is fine */

tb_status tb_collection_add(tb_collection *collection, const tb_collected *form, tb_error *error);

/* Decides which forms count: of several of one unit, year and form the latest, by the date in the
 * form, then by the file's time, then by name. Nothing is added afterwards. */
tb_status tb_collection_settle(tb_collection *collection, tb_error *error);

typedef struct tb_sum_counts {
    size_t by_state[TB_SUM_STATES]; /* tb_sum_state */
    size_t with_errors;             /* of those that count */
} tb_sum_counts;

tb_status tb_collection_count(tb_collection *collection, tb_sum_counts *ret_counts,
                              tb_error *error);

/* Goes through all files: forms by family, year, unit and file, then the others by file. *ret_form
 * is borrowed until the next call; NULL at the end. */
tb_status tb_collection_begin(tb_collection *collection, tb_error *error);
tb_status tb_collection_next(tb_collection *collection, const tb_collected **ret_form,
                             tb_error *error);

#endif
