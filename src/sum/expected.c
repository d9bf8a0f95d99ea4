/*
 * Lists come from editors of all kinds: with a byte order mark, with line ends of Windows, in the
 * encoding of Chinese systems.
 */
#include "sum/expected.h"

#include <stdlib.h>
#include <string.h>

#include "base/limits.h"
#include "base/platform.h"
#include "sum/archive.h"

#define BYTE_ORDER_MARK TB_STR("\xEF\xBB\xBF")
#define REPLACEMENT     TB_STR("\xEF\xBF\xBD") /* of what is in neither encoding, U+FFFD */

/* Without what stands before the end of a line and is seen by nobody. */
static tb_str trim_end(tb_str line)
{
    while (line.size > 0 && strchr("\r\t ", line.data[line.size - 1]) != NULL)
        line.size--;
    return line;
}

/* *at moves behind the line that begins there. */
static tb_str next_line(tb_str text, size_t *at)
{
    const char *end = memchr(text.data + *at, '\n', text.size - *at);
    tb_str line = tb_str_slice(text, *at, end != NULL ? (size_t)(end - text.data) : text.size);
    *at += line.size + 1;
    return line;
}

/* Line by line, as line ends are not what names are made of; in both encodings they are a byte that
 * stands for nothing else. */
static tb_status decode(tb_expected *expected, tb_str bytes, tb_error *error)
{
    bool is_utf8 = tb_text_is_utf8(bytes);
    if (tb_str_starts(bytes, BYTE_ORDER_MARK))
        bytes = tb_str_slice(bytes, BYTE_ORDER_MARK.size, bytes.size);
    for (size_t at = 0; at < bytes.size;) {
        tb_archive_decode_name(&expected->text, trim_end(next_line(bytes, &at)), is_utf8);
        tb_buffer_char(&expected->text, '\n');
    }
    if (expected->text.failed)
        return tb_error_memory(error);
    return tb_str_find(tb_buffer_get(&expected->text), REPLACEMENT) < 0
               ? TB_OK
               : tb_error_set(error, TB_IO, TB_MSG_SUM_LIST_IS_NO_TEXT, NULL);
}

static size_t count_lines(tb_str text)
{
    size_t count = 1;
    for (size_t i = 0; i < text.size; i++)
        count += text.data[i] == '\n';
    return count;
}

static void split(tb_expected *expected, tb_str text)
{
    for (size_t at = 0; at < text.size;) {
        tb_str name = tb_str_trim(next_line(text, &at));
        if (name.size > 0)
            expected->names[expected->count++] = name;
    }
}

static tb_status find_names(tb_expected *expected, tb_error *error)
{
    tb_str text = tb_buffer_get(&expected->text);
    expected->names = calloc(count_lines(text), sizeof *expected->names);
    if (expected->names == NULL)
        return tb_error_memory(error);
    split(expected, text);
    return expected->count > 0 ? TB_OK : tb_error_set(error, TB_IO, TB_MSG_SUM_LIST_IS_EMPTY, NULL);
}

tb_status tb_expected_read(tb_expected *expected, const char *path, tb_error *error)
{
    tb_buffer bytes;
    *expected = (tb_expected){0};
    tb_buffer_init(&bytes, TB_MAX_FILE_SIZE);
    tb_buffer_init(&expected->text, 2 * TB_MAX_FILE_SIZE); /* UTF-8 takes more than GB18030 */
    tb_status status = tb_platform_read_file(path, &bytes, error);
    if (status == TB_OK)
        status = decode(expected, tb_buffer_get(&bytes), error);
    if (status == TB_OK)
        status = find_names(expected, error);
    tb_buffer_done(&bytes);
    if (status != TB_OK)
        tb_expected_done(expected);
    return status;
}

void tb_expected_done(tb_expected *expected)
{
    tb_buffer_done(&expected->text);
    free(expected->names);
    *expected = (tb_expected){0};
}
