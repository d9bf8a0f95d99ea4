/*
 * Places of JSON values. The text is scanned once for where values begin, in document order; the
 * tree that cJSON made of it has its nodes in the same order.
 */
#include "form/source.h"

#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "base/excerpt.h"
#include "base/limits.h"

/* Line and column, from 1 and in characters. Before the lines are known all is one line. */
static void find_position(const tb_source *source, size_t offset, size_t *ret_line,
                          size_t *ret_column)
{
    size_t low = 0, high = source->line_count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (source->lines[middle] <= offset)
            low = middle + 1;
        else
            high = middle;
    }
    size_t start = low == 0 ? 0 : source->lines[low - 1];
    *ret_line = low == 0 ? 1 : low;
    *ret_column = 1 + tb_text_length(tb_str_slice(source->text, start, offset));
}

/* Moves to where the next line begins. */
static bool next_line(tb_str text, size_t *at)
{
    const char *end = *at < text.size ? memchr(text.data + *at, '\n', text.size - *at) : NULL;
    if (end != NULL)
        *at = (size_t)(end - text.data) + 1;
    return end != NULL;
}

static bool find_lines(tb_source *source, tb_arena *arena)
{
    size_t count = 1;
    for (size_t at = 0; next_line(source->text, &at);)
        count++;
    source->lines = tb_arena_array(arena, count, sizeof *source->lines);
    if (source->lines == NULL)
        return tb_source_no_memory(source);
    source->line_count = 1;
    for (size_t at = 0; next_line(source->text, &at);)
        source->lines[source->line_count++] = at;
    return true;
}

/* The offset behind the text that begins with the quote at `at`. */
static size_t skip_text(tb_str text, size_t at)
{
    for (at++; at < text.size && text.data[at] != '"'; at++) {
        if (text.data[at] == '\\')
            at++;
    }
    return at < text.size ? at + 1 : text.size;
}

/* Adds to the error where it is, and the line. */
static void show_place(const tb_source *source, size_t offset, size_t size)
{
    char where[TB_ERROR_WHERE_SIZE];
    tb_buffer excerpt;
    size_t line, column;
    find_position(source, offset, &line, &column);
    snprintf(where, sizeof where, "%s:%zu:%zu", source->name, line, column);
    tb_buffer_init(&excerpt, TB_ERROR_EXCERPT_SIZE - 1);
    tb_excerpt_append(&excerpt, source->text, offset, size);
    if (!excerpt.failed)
        excerpt.data[excerpt.size - 1] = '\0'; /* the last line feed */
    tb_error_locate(source->error, where, excerpt.failed ? NULL : excerpt.data);
    tb_buffer_done(&excerpt);
}

/* The bytes of the value at the offset as far as they tell it: a text or a word, else 1. */
static size_t shown_size(tb_str text, size_t offset)
{
    if (offset >= text.size)
        return 1;
    size_t end = offset + 1;
    if (text.data[offset] == '"')
        end = skip_text(text, offset);
    return end - offset;
}

static bool fail_at(const tb_source *source, size_t offset, tb_message message,
                    const char *argument, const char *second)
{
    tb_error_set(source->error, TB_INVALID, message, argument, argument == NULL ? NULL : second,
                 NULL);
    show_place(source, offset, shown_size(source->text, offset));
    return false;
}

/* The node's place in the table, or the free one where it belongs. */
static tb_source_place *slot_of(const tb_source *source, const cJSON *node)
{
    size_t mask = source->place_room - 1;
    size_t at = (size_t)((uint64_t)(uintptr_t)node * 0x9E3779B97F4A7C15u >> 32) & mask;
    while (source->places[at].node != NULL && source->places[at].node != node)
        at = (at + 1) & mask;
    return &source->places[at];
}

static const tb_source_place *find_place(const tb_source *source, const cJSON *node)
{
    const tb_source_place *place = source->places == NULL ? NULL : slot_of(source, node);
    return place == NULL || place->node == NULL ? NULL : place;
}

bool tb_source_fail(const tb_source *source, const cJSON *node, tb_message message,
                    const char *argument, const char *second)
{
    const tb_source_place *place = find_place(source, node);
    return fail_at(source, place == NULL ? 0 : place->offset, message, argument, second);
}

bool tb_source_no_memory(const tb_source *source)
{
    tb_error_memory(source->error);
    return false;
}

void tb_source_find(const tb_source *source, const cJSON *node, size_t *ret_line,
                    size_t *ret_column)
{
    const tb_source_place *place = find_place(source, node);
    size_t offset = place == NULL ? 0 : place->offset;
    find_position(source, cJSON_IsString(node) ? offset + 1 : offset, ret_line, ret_column);
}

static bool is_space(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

/* What may stand between two values. */
static bool is_between(char c)
{
    return is_space(c) || c == ',' || c == ':' || c == ']' || c == '}';
}

/* Refuses what is too deep or has too many values before cJSON builds a tree of it. */
static bool check_size(const tb_source *source)
{
    tb_str text = source->text;
    size_t depth = 0, values = 1;
    for (size_t at = 0; at < text.size;) {
        char c = text.data[at];
        if (c == '"') {
            at = skip_text(text, at);
            continue;
        }
        if (c == '{' || c == '[')
            depth++;
        else if ((c == '}' || c == ']') && depth > 0)
            depth--;
        values += c == ',' || c == '{' || c == '[';
        if (depth > TB_MAX_DEFINITION_DEPTH)
            return fail_at(source, at, TB_MSG_FORM_JSON_DEEP, NULL, NULL);
        if (values > TB_MAX_DEFINITION_VALUES)
            return fail_at(source, at, TB_MSG_FORM_JSON_MANY, NULL, NULL);
        at++;
    }
    return true;
}

/* Moves to where the next value begins, past keys and punctuation. */
static bool next_value(tb_str text, size_t *at, tb_source_place *place)
{
    size_t key = SIZE_MAX;
    while (*at < text.size) {
        char c = text.data[*at];
        if (is_between(c)) {
            *at += 1;
            continue;
        }
        size_t begin = *at;
        if (c == '"')
            *at = skip_text(text, begin);
        else if (c == '{' || c == '[')
            *at += 1;
        else
            while (*at < text.size && !is_between(text.data[*at]))
                *at += 1;
        size_t colon = *at;
        while (colon < text.size && is_space(text.data[colon]))
            colon++;
        if (c == '"' && colon < text.size && text.data[colon] == ':') {
            key = begin;
            continue;
        }
        place->offset = begin;
        place->key_offset = key == SIZE_MAX ? begin : key;
        return true;
    }
    return false;
}

static size_t count_nodes(const cJSON *node)
{
    size_t count = 1;
    for (const cJSON *child = node->child; child != NULL; child = child->next)
        count += count_nodes(child);
    return count;
}

static void place_nodes(tb_source *source, const cJSON *node, size_t *at)
{
    tb_source_place place = {.node = node};
    if (!next_value(source->text, at, &place))
        return;
    *slot_of(source, node) = place;
    for (const cJSON *child = node->child; child != NULL; child = child->next)
        place_nodes(source, child, at);
}

static bool parse(tb_source *source)
{
    const char *end = NULL;
    source->root = cJSON_ParseWithLengthOpts(source->text.data, source->text.size, &end, 0);
    size_t offset = end == NULL ? 0 : (size_t)(end - source->text.data);
    if (source->root == NULL)
        return fail_at(source, offset, TB_MSG_FORM_JSON_SYNTAX, NULL, NULL);
    while (offset < source->text.size && is_space(source->text.data[offset]))
        offset++;
    if (offset < source->text.size)
        return fail_at(source, offset, TB_MSG_FORM_JSON_SYNTAX, NULL, NULL);
    return true;
}

static bool open_text(tb_source *source, tb_arena *arena)
{
    if (source->text.size == 0 || source->text.size > TB_MAX_DEFINITION_SIZE)
        return fail_at(source, 0, TB_MSG_FORM_JSON_SIZE, NULL, NULL);
    if (!tb_text_is_utf8(source->text) || memchr(source->text.data, 0, source->text.size) != NULL)
        return fail_at(source, 0, TB_MSG_FORM_JSON_UTF8, NULL, NULL);
    if (!find_lines(source, arena) || !check_size(source) || !parse(source))
        return false;
    size_t count = count_nodes(source->root), at = 0;
    source->place_room = 2;
    while (source->place_room < 2 * count)
        source->place_room *= 2;
    source->places = tb_arena_array(arena, source->place_room, sizeof *source->places);
    if (source->places == NULL)
        return tb_source_no_memory(source);
    place_nodes(source, source->root, &at);
    return true;
}

tb_status tb_source_open(tb_source *source, tb_arena *arena, tb_str text, const char *name,
                         tb_error *error)
{
    static const char byte_order_mark[] = "\xEF\xBB\xBF";
    if (tb_str_starts(text, TB_STR(byte_order_mark)))
        text = tb_str_slice(text, sizeof byte_order_mark - 1, text.size);
    tb_error own;
    *source = (tb_source){.name = name, .text = text, .error = error == NULL ? &own : error};
    bool opened = open_text(source, arena);
    tb_status status = opened ? TB_OK : source->error->status;
    source->error = error;
    if (!opened)
        tb_source_close(source);
    return status;
}

void tb_source_close(tb_source *source)
{
    cJSON_Delete(source->root);
    source->root = NULL;
}

static bool is_text(const cJSON *node)
{
    return cJSON_IsString(node) && node->valuestring[0] != '\0';
}

static bool is_texts(const cJSON *node)
{
    if (!cJSON_IsArray(node) || node->child == NULL)
        return false;
    for (const cJSON *child = node->child; child != NULL; child = child->next) {
        if (!is_text(child))
            return false;
    }
    return true;
}

static bool is_count(const cJSON *node)
{
    return cJSON_IsNumber(node) && node->valuedouble >= 0 && node->valuedouble <= 1e6 &&
           node->valuedouble == (double)node->valueint;
}

static bool has_type(const cJSON *node, tb_member_type type)
{
    switch (type) {
    case TB_MEMBER_TEXT:
        return is_text(node);
    case TB_MEMBER_FLAG:
        return cJSON_IsBool(node);
    case TB_MEMBER_COUNT:
        return is_count(node);
    case TB_MEMBER_OBJECT:
        return cJSON_IsObject(node);
    case TB_MEMBER_LIST:
        return cJSON_IsArray(node);
    case TB_MEMBER_TEXTS:
        return is_texts(node);
    case TB_MEMBER_TEXT_OR_TEXTS:
        return is_text(node) || is_texts(node);
    }
    return false;
}

static const tb_message type_messages[] = {
    [TB_MEMBER_TEXT] = TB_MSG_FORM_WANTS_TEXT,
    [TB_MEMBER_FLAG] = TB_MSG_FORM_WANTS_FLAG,
    [TB_MEMBER_COUNT] = TB_MSG_FORM_WANTS_COUNT,
    [TB_MEMBER_OBJECT] = TB_MSG_FORM_WANTS_OBJECT,
    [TB_MEMBER_LIST] = TB_MSG_FORM_WANTS_LIST,
    [TB_MEMBER_TEXTS] = TB_MSG_FORM_WANTS_TEXTS,
    [TB_MEMBER_TEXT_OR_TEXTS] = TB_MSG_FORM_WANTS_TEXT_OR_TEXTS,
};

static bool fail_unknown(const tb_source *source, const cJSON *node, const tb_member *table,
                         size_t count)
{
    char allowed[512];
    size_t used = 0;
    allowed[0] = '\0';
    for (size_t i = 0; i < count && used < sizeof allowed; i++)
        used += (size_t)snprintf(allowed + used, sizeof allowed - used, "%s%s", i == 0 ? "" : ", ",
                                 table[i].name);
    const tb_source_place *place = find_place(source, node);
    return fail_at(source, place == NULL ? 0 : place->key_offset, TB_MSG_FORM_UNKNOWN_KEY,
                   node->string, allowed);
}

static size_t find_member(const tb_member *table, size_t count, const char *name)
{
    size_t i = 0;
    while (i < count && strcmp(table[i].name, name) != 0)
        i++;
    return i;
}

bool tb_source_members(const tb_source *source, const cJSON *object, const tb_member *table,
                       size_t count, const cJSON **ret_members)
{
    for (size_t i = 0; i < count; i++)
        ret_members[i] = NULL;
    if (!cJSON_IsObject(object))
        return tb_source_fail(source, object, TB_MSG_FORM_ELEMENT_WANTS_OBJECT, NULL, NULL);
    for (const cJSON *node = object->child; node != NULL; node = node->next) {
        size_t i = find_member(table, count, node->string);
        if (i == count)
            return fail_unknown(source, node, table, count);
        if (ret_members[i] != NULL)
            return tb_source_fail(source, node, TB_MSG_FORM_DOUBLE_KEY, node->string, NULL);
        if (!has_type(node, table[i].type))
            return tb_source_fail(source, node, type_messages[table[i].type], node->string, NULL);
        ret_members[i] = node;
    }
    for (size_t i = 0; i < count; i++) {
        if (table[i].required && ret_members[i] == NULL)
            return tb_source_fail(source, object, TB_MSG_FORM_MISSING_KEY, table[i].name, NULL);
    }
    return true;
}
