/*
 * The JSON writer. One flag is enough to place commas: after a value one is needed, after an
 * opening bracket or a key none.
 */
#include "base/json.h"

#include "base/json_text.h"

#define REPLACEMENT "\xEF\xBF\xBD" /* U+FFFD */

void tb_json_init(tb_json *json, tb_buffer *out)
{
    *json = (tb_json){.out = out};
}

/* What stands before every value and every key. */
static void separate(tb_json *json)
{
    if (json->need_comma)
        tb_buffer_char(json->out, ',');
    json->need_comma = true;
}

static void open_bracket(tb_json *json, char bracket)
{
    separate(json);
    tb_buffer_char(json->out, bracket);
    json->need_comma = false;
}

static void close_bracket(tb_json *json, char bracket)
{
    tb_buffer_char(json->out, bracket);
    json->need_comma = true;
}

void tb_json_object(tb_json *json)
{
    open_bracket(json, '{');
}

void tb_json_object_end(tb_json *json)
{
    close_bracket(json, '}');
}

void tb_json_array(tb_json *json)
{
    open_bracket(json, '[');
}

void tb_json_array_end(tb_json *json)
{
    close_bracket(json, ']');
}

static void append_escaped_byte(tb_buffer *out, unsigned char c)
{
    static const char short_escapes[] = "b\bf\fn\nr\rt\t\"\"\\\\"; /* pairs: letter, character */
    for (const char *pair = short_escapes; *pair != '\0'; pair += 2) {
        if ((unsigned char)pair[1] == c) {
            tb_buffer_char(out, '\\');
            tb_buffer_char(out, pair[0]);
            return;
        }
    }
    static const char digits[] = "0123456789abcdef";
    const char escape[] = {'\\', 'u', '0', '0', digits[c >> 4], digits[c & 15]};
    tb_buffer_append(out, escape, sizeof escape);
}

static bool needs_escape(unsigned char c)
{
    return c < 0x20 || c == '"' || c == '\\';
}

#define MARKS 3 /* a comma, a quote, and what else stands around a text */
#define SLACK (TB_JSON_SLACK + MARKS)

static void append_special(tb_buffer *out, unsigned char c)
{
    if (needs_escape(c))
        append_escaped_byte(out, c);
    else
        tb_buffer_text(out, TB_STR(REPLACEMENT));
}

/* What follows the first character that can't stand as it is, at `from`. */
static void append_behind(tb_buffer *out, tb_str text, size_t from)
{
    const unsigned char *bytes = (const unsigned char *)text.data;
    for (size_t at = from; at < text.size;) {
        append_special(out, bytes[at++]);
        char *place = tb_buffer_reserve(out, text.size - at + SLACK);
        if (place == NULL)
            return;
        size_t plain = tb_json__copy_plain(place, bytes + at, text.size - at);
        out->size += plain;
        at += plain;
    }
}

/* A text with the comma before it; `end` is its quote and what follows it. Whether nothing had to
 * be escaped. */
static bool append_quoted(tb_json *json, tb_str text, const char end[2])
{
    tb_buffer *out = json->out;
    char *place = tb_buffer_reserve(out, text.size + SLACK);
    if (place == NULL)
        return false;
    place[0] = ',';
    place += json->need_comma;
    *place++ = '"';
    size_t plain = tb_json__copy_plain(place, (const unsigned char *)text.data, text.size);
    out->size += json->need_comma + 1 + plain;
    if (plain < text.size) {
        append_behind(out, text, plain);
        place = tb_buffer_reserve(out, 2);
        if (place == NULL)
            return false;
    } else {
        place += plain;
    }
    memcpy(place, end, 2);
    out->size += end[1] == '\0' ? 1 : 2;
    out->data[out->size] = '\0';
    return plain == text.size;
}

void tb_json_key(tb_json *json, const char *key)
{
    tb_json_key_text(json, tb_str_of(key));
}

void tb_json_key_text(tb_json *json, tb_str key)
{
    append_quoted(json, key, "\":");
    json->need_comma = false;
}

/* memcpy for what is mostly four to seven bytes: the two copies overlap. */
static void copy_short(char *to, tb_str text)
{
    if (text.size < 4 || text.size > 8) {
        memcpy(to, text.data, text.size);
        return;
    }
    memcpy(to, text.data, 4);
    memcpy(to + text.size - 4, text.data + text.size - 4, 4);
}

void tb_json_key_id(tb_json *json, tb_str id)
{
    char *place = tb_buffer_reserve(json->out, id.size + SLACK);
    if (place == NULL)
        return;
    place[0] = ',';
    place += json->need_comma;
    *place++ = '"';
    copy_short(place, id);
    memcpy(place + id.size, "\":", 3);
    json->out->size += json->need_comma + 1 + id.size + 2;
    json->need_comma = false;
}

bool tb_json_string(tb_json *json, tb_str text)
{
    bool plain = append_quoted(json, text, "\"");
    json->need_comma = true;
    return plain;
}

void tb_json_plain(tb_json *json, tb_str text)
{
    char *place = tb_buffer_reserve(json->out, text.size + SLACK);
    if (place == NULL)
        return;
    place[0] = ',';
    place += json->need_comma;
    *place++ = '"';
    memcpy(place, text.data, text.size);
    memcpy(place + text.size, "\"", 2);
    json->out->size += json->need_comma + 1 + text.size + 1;
    json->need_comma = true;
}

void tb_json_cstr(tb_json *json, const char *text)
{
    tb_json_string(json, tb_str_of(text));
}

void tb_json_decimal(tb_json *json, tb_decimal number)
{
    char digits[TB_DECIMAL_TEXT_SIZE];
    tb_json_string(json, tb_decimal_format(number, digits));
}

void tb_json_int(tb_json *json, int64_t number)
{
    separate(json);
    uint64_t magnitude = (uint64_t)number;
    if (number < 0) {
        tb_buffer_char(json->out, '-');
        magnitude = 0 - magnitude;
    }
    tb_buffer_uint(json->out, magnitude);
}

static void append_word(tb_json *json, tb_str word)
{
    char *place = tb_buffer_reserve(json->out, word.size + MARKS);
    if (place == NULL)
        return;
    place[0] = ',';
    place += json->need_comma;
    copy_short(place, word);
    place[word.size] = '\0';
    json->out->size += json->need_comma + word.size;
    json->need_comma = true;
}

void tb_json_bool(tb_json *json, bool value)
{
    append_word(json, value ? TB_STR("true") : TB_STR("false"));
}

void tb_json_null(tb_json *json)
{
    append_word(json, TB_STR("null"));
}

void tb_json_raw(tb_json *json, tb_str value)
{
    separate(json);
    tb_buffer_text(json->out, value);
}

void tb_json_member_string(tb_json *json, const char *key, tb_str text)
{
    tb_json_key(json, key);
    tb_json_string(json, text);
}

void tb_json_member_cstr(tb_json *json, const char *key, const char *text)
{
    tb_json_key(json, key);
    tb_json_cstr(json, text);
}

void tb_json_member_decimal(tb_json *json, const char *key, tb_decimal number)
{
    tb_json_key(json, key);
    tb_json_decimal(json, number);
}

void tb_json_member_int(tb_json *json, const char *key, int64_t number)
{
    tb_json_key(json, key);
    tb_json_int(json, number);
}

void tb_json_member_bool(tb_json *json, const char *key, bool value)
{
    tb_json_key(json, key);
    tb_json_bool(json, value);
}
