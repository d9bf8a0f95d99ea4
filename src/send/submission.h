/*
 * One form on its way: the exact bytes of a workbook and what our own reader and check found in
 * these bytes. What was checked is what is sent, since nothing is read from the file again.
 */
#ifndef TB_SEND_SUBMISSION_H
#define TB_SEND_SUBMISSION_H

#include "base/arena.h"
#include "base/sha256.h"
#include "rule/check.h"
#include "send/encode.h"
#include "sheet/reader.h"

/* All texts are borrowed: they live in an arena that the function names which fills them. */
typedef struct tb_submission {
    char id[TB_UUID_SIZE];       /* made once and kept for ever */
    char replaces[TB_UUID_SIZE]; /* the id of the one that this is a new version of, or empty */
    tb_str destination;          /* its name in the settings */
    tb_str source;               /* the file that it was made of, from the root */
    tb_str file_name;            /* of the source, without its folder */
    tb_str name;                 /* unit, form and year as a file's name, without a suffix */
    tb_str suffix;               /* .ods: with its dot */
    tb_str form, version;
    unsigned char definition[TB_SHA256_SIZE]; /* of the form.json that it was checked with */
    tb_str unit, year;                        /* empty where the form does not say */
    unsigned char sha256[TB_SHA256_SIZE];     /* of the bytes */
    uint64_t size;                            /* of the bytes */
    tb_str report; /* the JSON of the check, as `tianbao check --format json` has it */
} tb_submission;

/*
 * Makes a submission of a file: reads its bytes into `bytes`, once, checks those and describes
 * them. The result is borrowed from `check`: a form with open errors is no failure here, the caller
 * decides. Texts live in `arena`, which is not emptied. Fails with what the reader fails with, and
 * with TB_UNRECOGNISED where the workbook is no known form.
 */
typedef struct tb_submission_source {
    const char *path;
    tb_reader *reader;
    tb_check *check;
    tb_language language; /* of the messages in the report */
} tb_submission_source;

tb_status tb_submission_read(const tb_submission_source *source, tb_buffer *bytes, tb_arena *arena,
                             tb_submission *ret_submission, const tb_result **ret_result,
                             tb_error *error);

/* The JSON that goes with the bytes (submission.schema.json): ids, form, unit, year, file, check.
 */
void tb_submission_append_meta(tb_buffer *out, const tb_submission *submission);

#endif
