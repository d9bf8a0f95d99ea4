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
#include "sum/expected.h"
#include "sum/fact.h"

typedef struct tb_collection tb_collection;

#define TB_SUM_SHEET_END '\x1f'
#define TB_SUM_NO_YEAR   0
#define TB_SUM_NO_DAY    INT64_MIN

typedef enum tb_sum_state {
    TB_SUM_COUNTED,
    TB_SUM_SET_ASIDE, /* another form of the same unit and year counts instead */
    TB_SUM_UNREADABLE,
    TB_SUM_UNRECOGNISED, /* a workbook, but no known form */
    TB_SUM_NO_FORM,      /* a file in a folder that is not called as workbooks are */
    TB_SUM_MISSING       /* no file: a unit that should have sent a form */
} tb_sum_state;
#define TB_SUM_STATES 6

/* Whether the unit of a form is one of those that were expected. */
typedef enum tb_sum_listing { TB_SUM_NO_LIST, TB_SUM_LISTED, TB_SUM_UNLISTED } tb_sum_listing;

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
    tb_str sheets;                                 /* names, each ended by TB_SUM_SHEET_END */
    tb_str link;  /* the full path that a link to it has, or empty: no link reaches it */
    tb_str sheaf; /* sum/sheaf.h */
    tb_str facts; /* sum/fact.h; given in only */
    uint32_t id;  /* given out only, as is: */
    tb_sum_listing listing;
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

/* Compares with a list, once, after settling: units of which there is no form get an entry of their
 * own. */
tb_status tb_collection_expect(tb_collection *collection, const tb_expected *expected,
                               tb_error *error);

typedef struct tb_sum_counts {
    size_t by_state[TB_SUM_STATES]; /* tb_sum_state */
    size_t with_errors, unlisted;   /* of those that count */
    size_t expected;                /* different units on the list; 0 where there is none */
} tb_sum_counts;

tb_status tb_collection_count(tb_collection *collection, tb_sum_counts *ret_counts,
                              tb_error *error);

/* Goes through all files: forms by family, year, unit and file, then the others by file. *ret_form
 * is borrowed until the next call; NULL at the end. */
tb_status tb_collection_begin(tb_collection *collection, tb_error *error);
tb_status tb_collection_next(tb_collection *collection, const tb_collected **ret_form,
                             tb_error *error);

/* ---- rules across forms ---- */

/* What one of them found: at the record of a fact. Texts are copied. */
typedef struct tb_sum_flag {
    tb_fact fact;
    size_t entry; /* in outline->across */
    tb_severity severity;
    uint64_t count;  /* of units or forms that were compared */
    tb_str expected; /* what most have, or empty */
    tb_str others;   /* some units or files that it has to do with, a line each */
} tb_sum_flag;

/* Gives `take` the facts of every form that counts, with a hash of what its unit is known by. */
typedef struct tb_fact_taker {
    void *context;
    bool (*take)(void *context, uint32_t form, uint64_t unit, tb_str facts); /* false: no memory */
} tb_fact_taker;
tb_status tb_collection_take_facts(tb_collection *collection, const tb_fact_taker *taker,
                                   tb_error *error);

/* What is kept of a form that counts; borrowed until the next call. */
typedef struct tb_kept_form {
    tb_str name; /* its unit, or its file where it has none */
    tb_str sheaf, facts;
} tb_kept_form;
tb_status tb_collection_find_form(tb_collection *collection, uint32_t form, tb_kept_form *ret,
                                  tb_error *error);

/* A form that counts although others of its unit and year, of the same date, have other contents.
 */
typedef struct tb_rivalry {
    uint32_t form;
    uint64_t count; /* of different contents, its own among them */
    tb_str others;  /* their files, a line each; borrowed until the next call */
} tb_rivalry;
/* The next one; ret->form is 0 behind the last. */
tb_status tb_collection_next_rivalry(tb_collection *collection, tb_rivalry *ret, tb_error *error);

tb_status tb_collection_flag(tb_collection *collection, const tb_sum_flag *flag, tb_error *error);
/* Counts the flags among the open findings of their forms. */
tb_status tb_collection_count_flags(tb_collection *collection, tb_error *error);

/* Goes through the flags of a form in the order of rules and rows. *ret_flag is NULL at the end. */
tb_status tb_collection_begin_flags(tb_collection *collection, uint32_t form, tb_error *error);
tb_status tb_collection_next_flag(tb_collection *collection, const tb_sum_flag **ret_flag,
                                  tb_error *error);

#endif
