/*
 * Texts that a user sees. They live in the texts.zh-CN.properties and texts.en-US.properties of
 * each folder; the build turns them into one table (messages.gen.h, messages.gen.c). The key
 * `zip_truncated` in src/sheet is TB_MSG_SHEET_ZIP_TRUNCATED. {0}, {1} … stand for arguments.
 */
#ifndef TB_BASE_MESSAGE_H
#define TB_BASE_MESSAGE_H

#include "base/buffer.h"
#include "base/status.h"

typedef enum tb_language { TB_LANGUAGE_ZH, TB_LANGUAGE_EN } tb_language;
#define TB_LANGUAGE_COUNT 2

/* The text with its placeholders, NUL-ended, static. */
const char *tb_message_get(tb_language language, tb_message message);

/* Appends the text with {0} … {9} replaced by args; a placeholder without an argument vanishes. */
void tb_message_append(tb_buffer *out, tb_language language, tb_message message, const tb_str *args,
                       size_t arg_count);

/* Appends the error: where it stands, its line, and below it the excerpt where there is one. */
void tb_error_format(tb_buffer *out, tb_language language, const tb_error *error);

#endif
