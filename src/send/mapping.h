/*
 * What a destination of the kind "json" wants: where a form goes, in which JSON, and by what its
 * answer is known to mean "stored". Read from the settings; texts in it have places such as {id},
 * {sha256} or {unit} that are filled in.
 */
#ifndef TB_SEND_MAPPING_H
#define TB_SEND_MAPPING_H

#include <cjson/cJSON.h>

#include "send/submission.h"

#define TB_MAX_MAPPING_HEADERS  16
#define TB_MAX_MAPPING_STATUSES 8

typedef struct tb_mapping_header {
    const char *name, *value;
} tb_mapping_header;

/* An answer that means "it is there already". */
typedef struct tb_mapping_answer {
    int status;
    const char *contains; /* what must stand in its body */
} tb_mapping_answer;

typedef struct tb_mapping {
    const char *method; /* "POST" or "PUT" */
    size_t header_count;
    tb_mapping_header headers[TB_MAX_MAPPING_HEADERS];
    const cJSON *body; /* a template: texts in it are filled in; borrowed */
    size_t stored_count;
    int stored[TB_MAX_MAPPING_STATUSES]; /* statuses that mean "stored" … */
    const char *confirm_at;    /* … if this place of the answer (a JSON pointer, RFC 6901) … */
    const char *confirm_value; /* … is this text, filled in */
    tb_mapping_answer known;   /* status 0: there is none */
    const char *receipt_at;    /* where the answer has a number to be kept, or NULL */
} tb_mapping;

/* What is filled in. */
typedef struct tb_mapping_values {
    const tb_submission *submission;
    tb_str bytes;
} tb_mapping_values;

/* Whether all places in a text are known ones; else copies the unknown one, cut to `size`. */
bool tb_mapping_check_text(tb_str text, char *unknown, size_t size);
/* The same for all texts in a template. */
bool tb_mapping_check(const cJSON *node, char *unknown, size_t size);

/* Appends the text filled in. Besides the places of send/name.h: {file}, the bytes in base64;
 * {file_name}; {meta}, the submission's JSON as a text. */
void tb_mapping_append_text(tb_buffer *out, tb_str text, const tb_mapping_values *values);
/* Appends the template as JSON. A text that is only {meta} becomes the object itself. */
void tb_mapping_append(tb_buffer *out, const cJSON *node, const tb_mapping_values *values);

/* The value at a JSON pointer as a text: a text as it is, a number as it prints. False where there
 * is none. */
bool tb_mapping_find(const cJSON *root, const char *pointer, tb_buffer *out);

#endif
