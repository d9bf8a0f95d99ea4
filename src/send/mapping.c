/*
 * Filling in JSON, and reading what came back.
 */
#include "send/mapping.h"

#include <stdio.h>
#include <string.h>

#include "base/json.h"
#include "base/limits.h"
#include "send/fill.h"

#define MAX_STEP_SIZE 256 /* bytes of one step of a JSON pointer */

/* ---- places ---- */

static void append_file(tb_buffer *out, const tb_mapping_values *values)
{
    tb_encode_base64(out, values->bytes);
}

static void append_file_name(tb_buffer *out, const tb_mapping_values *values)
{
    tb_buffer_text(out, values->submission->file_name);
}

static void append_meta(tb_buffer *out, const tb_mapping_values *values)
{
    tb_submission_append_meta(out, values->submission);
}

static const struct {
    const char *name;
    void (*append)(tb_buffer *out, const tb_mapping_values *values);
} places[] = {
    {"file", append_file},
    {"file_name", append_file_name},
    {"meta", append_meta},
};
#define PLACE_COUNT (sizeof places / sizeof places[0])

static size_t find_place(tb_str name)
{
    size_t i = 0;
    while (i < PLACE_COUNT && !tb_str_equal(name, tb_str_of(places[i].name)))
        i++;
    return i;
}

bool tb_mapping_check_text(tb_str text, char *unknown, size_t size)
{
    static const tb_submission nothing;
    char digest[TB_SHA256_TEXT_SIZE];
    tb_str piece, value;
    bool is_place;
    for (size_t at = 0; tb_fill_next(text, &at, &piece, &is_place);) {
        if (!is_place || find_place(piece) < PLACE_COUNT ||
            tb_fill_find(piece, &nothing, digest, &value))
            continue;
        tb_fill_copy(piece, unknown, size);
        return false;
    }
    return true;
}

/* The settings are not deeper than their reader allows. */
bool tb_mapping_check(const cJSON *node, char *unknown, size_t size)
{
    if (cJSON_IsString(node))
        return tb_mapping_check_text(tb_str_of(node->valuestring), unknown, size);
    bool good = true;
    for (const cJSON *child = node->child; child != NULL && good; child = child->next)
        good = tb_mapping_check(child, unknown, size);
    return good;
}

void tb_mapping_append_text(tb_buffer *out, tb_str text, const tb_mapping_values *values)
{
    char digest[TB_SHA256_TEXT_SIZE];
    tb_str piece, value;
    bool is_place;
    for (size_t at = 0; tb_fill_next(text, &at, &piece, &is_place);) {
        if (!is_place) {
            tb_buffer_text(out, piece);
            continue;
        }
        size_t place = find_place(piece);
        if (place < PLACE_COUNT)
            places[place].append(out, values);
        else if (tb_fill_find(piece, values->submission, digest, &value))
            tb_buffer_text(out, value);
    }
}

/* ---- JSON ---- */

static void append_string(tb_json *json, const char *text, const tb_mapping_values *values)
{
    tb_buffer filled;
    tb_buffer_init(&filled, TB_MAX_OUTPUT_SIZE);
    tb_mapping_append_text(&filled, tb_str_of(text), values);
    if (strcmp(text, "{meta}") == 0)
        tb_json_raw(json, tb_buffer_get(&filled));
    else
        tb_json_string(json, tb_buffer_get(&filled));
    json->out->failed |= filled.failed;
    tb_buffer_done(&filled);
}

static void append_number(tb_json *json, double number)
{
    char text[32];
    bool whole = number > -1e15 && number < 1e15 && (double)(int64_t)number == number;
    snprintf(text, sizeof text, whole ? "%.0f" : "%.17g", number);
    tb_json_raw(json, tb_str_of(text));
}

static void append_node(tb_json *json, const cJSON *node, const tb_mapping_values *values)
{
    if (cJSON_IsString(node)) {
        append_string(json, node->valuestring, values);
    } else if (cJSON_IsNumber(node)) {
        append_number(json, node->valuedouble);
    } else if (cJSON_IsBool(node)) {
        tb_json_bool(json, cJSON_IsTrue(node));
    } else if (cJSON_IsArray(node)) {
        tb_json_array(json);
        for (const cJSON *child = node->child; child != NULL; child = child->next)
            append_node(json, child, values);
        tb_json_array_end(json);
    } else if (cJSON_IsObject(node)) {
        tb_json_object(json);
        for (const cJSON *child = node->child; child != NULL; child = child->next) {
            tb_json_key_text(json, tb_str_of(child->string));
            append_node(json, child, values);
        }
        tb_json_object_end(json);
    } else {
        tb_json_null(json);
    }
}

void tb_mapping_append(tb_buffer *out, const cJSON *node, const tb_mapping_values *values)
{
    tb_json json;
    tb_json_init(&json, out);
    append_node(&json, node, values);
}

/* ---- pointers ---- */

/* One step of a pointer with ~1 and ~0 replaced; returns where the next one begins. */
static const char *read_step(const char *pointer, char out[MAX_STEP_SIZE])
{
    size_t size = 0;
    for (; *pointer != '\0' && *pointer != '/'; pointer++) {
        char c = *pointer;
        if (c == '~' && (pointer[1] == '0' || pointer[1] == '1'))
            c = *++pointer == '0' ? '~' : '/';
        if (size < MAX_STEP_SIZE - 1)
            out[size++] = c;
    }
    out[size] = '\0';
    return pointer;
}

static const cJSON *find_child(const cJSON *node, const char *step)
{
    if (cJSON_IsObject(node))
        return cJSON_GetObjectItemCaseSensitive(node, step);
    int index = 0;
    for (const char *p = step; *p >= '0' && *p <= '9' && index < 100000; p++)
        index = index * 10 + (*p - '0');
    return cJSON_IsArray(node) && *step != '\0' ? cJSON_GetArrayItem(node, index) : NULL;
}

bool tb_mapping_find(const cJSON *root, const char *pointer, tb_buffer *out)
{
    char step[MAX_STEP_SIZE];
    const cJSON *node = root;
    tb_buffer_reset(out);
    while (node != NULL && *pointer == '/') {
        pointer = read_step(pointer + 1, step);
        node = find_child(node, step);
    }
    if (cJSON_IsString(node)) {
        tb_buffer_cstr(out, node->valuestring);
    } else if (cJSON_IsNumber(node)) {
        tb_json json;
        tb_json_init(&json, out);
        append_number(&json, node->valuedouble);
    } else {
        return false;
    }
    return !out->failed;
}
