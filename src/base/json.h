/*
 * Writes JSON piece by piece into a buffer. Puts in commas, quotes and escapes; that objects and
 * arrays are closed and every member has a key is the caller's part. Ill-formed UTF-8 becomes
 * U+FFFD, so that the output is always valid. Failure is the buffer's: ask it once at the end.
 */
#ifndef TB_BASE_JSON_H
#define TB_BASE_JSON_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buffer.h"
#include "base/decimal.h"

typedef struct tb_json {
    tb_buffer *out;  /* borrowed */
    bool need_comma; /* something stands before in this object or array */
} tb_json;

void tb_json_init(tb_json *json, tb_buffer *out);

void tb_json_object(tb_json *json);
void tb_json_object_end(tb_json *json);
void tb_json_array(tb_json *json);
void tb_json_array_end(tb_json *json);
/* The name of the member whose value follows. */
void tb_json_key(tb_json *json, const char *key);
void tb_json_key_text(tb_json *json, tb_str key);
/* The same for an id: letters, digits, dots and underscores, nothing to escape. */
void tb_json_key_id(tb_json *json, tb_str id);

/* Whether the text could stand there as it is: then tb_json_plain writes the same, sooner. */
bool tb_json_string(tb_json *json, tb_str text);
void tb_json_plain(tb_json *json, tb_str text);
void tb_json_cstr(tb_json *json, const char *text);
/* As a string in plain notation: JSON's numbers lose digits in most readers. */
void tb_json_decimal(tb_json *json, tb_decimal number);
/* As a JSON number: counts and indices only. */
void tb_json_int(tb_json *json, int64_t number);
void tb_json_bool(tb_json *json, bool value);
void tb_json_null(tb_json *json);
/* A value that is JSON already. */
void tb_json_raw(tb_json *json, tb_str value);

/* A key with its value, the most common pairs. */
void tb_json_member_string(tb_json *json, const char *key, tb_str text);
void tb_json_member_cstr(tb_json *json, const char *key, const char *text);
void tb_json_member_decimal(tb_json *json, const char *key, tb_decimal number);
void tb_json_member_int(tb_json *json, const char *key, int64_t number);
void tb_json_member_bool(tb_json *json, const char *key, bool value);

#endif
