/*
 * Reads the labels of a definition: texts with captures in braces, cut into pieces.
 */
#include <string.h>

#include "base/limits.h"
#include "form/definition_reader.h"

static tb_piece_kind capture_kind(const tb_field *field)
{
    if (field == NULL || field->type == TB_FIELD_YEAR)
        return TB_PIECE_YEAR;
    return field->type == TB_FIELD_NUMBER ? TB_PIECE_NUMBER : TB_PIECE_TEXT;
}

/* The label of a title may name the budget year, which is no field. */
static const char budget_year[] = "budget_year";

static bool find_capture(tb_definition_reader *reader, const tb_scope *scope, tb_str name,
                         const tb_field **ret_field)
{
    *ret_field = scope == NULL ? NULL : tb_scope_find_field(scope, name);
    if (*ret_field == NULL && reader->root != NULL)
        *ret_field = tb_scope_find_field(reader->root, name);
    return *ret_field != NULL || (scope == NULL && tb_str_equal(name, TB_STR(budget_year)));
}

typedef struct label_parts {
    tb_piece pieces[TB_PIECES_MAX];
    size_t piece_count;
    const tb_field *captures[TB_CAPTURES_MAX];
    size_t capture_count;
} label_parts;

static bool add_piece(label_parts *parts, tb_piece piece)
{
    if (parts->piece_count == TB_PIECES_MAX)
        return false;
    parts->pieces[parts->piece_count++] = piece;
    return true;
}

static bool add_literal(label_parts *parts, tb_str key, bool last)
{
    if (last && key.size > 0 && key.data[key.size - 1] == ':')
        key.size--;
    return key.size == 0 || add_piece(parts, (tb_piece){TB_PIECE_LITERAL, key});
}

/* label = { text | '{' capture '}' } */
static bool parse_label(tb_definition_reader *reader, const cJSON *node, tb_str text,
                        const tb_scope *scope, label_parts *parts)
{
    const tb_source *source = &reader->source;
    while (text.size > 0) {
        ptrdiff_t open = tb_str_find(text, TB_STR("{"));
        tb_str literal = open < 0 ? text : tb_str_slice(text, 0, (size_t)open);
        tb_str key;
        if (!tb_reader__key(reader, literal, &key))
            return false;
        if (!add_literal(parts, key, open < 0))
            return tb_source_fail(source, node, TB_MSG_FORM_LABEL_LONG, node->valuestring, NULL);
        if (open < 0)
            break;
        text = tb_str_slice(text, (size_t)open + 1, text.size);
        ptrdiff_t close = tb_str_find(text, TB_STR("}"));
        if (close < 0)
            return tb_source_fail(source, node, TB_MSG_FORM_LABEL_OPEN, node->valuestring, NULL);
        const tb_field *field;
        if (!find_capture(reader, scope, tb_str_slice(text, 0, (size_t)close), &field))
            return tb_source_fail(source, node, TB_MSG_FORM_LABEL_CAPTURE, node->valuestring, NULL);
        if (parts->capture_count == TB_CAPTURES_MAX ||
            !add_piece(parts, (tb_piece){capture_kind(field), TB_STR("")}))
            return tb_source_fail(source, node, TB_MSG_FORM_LABEL_LONG, node->valuestring, NULL);
        parts->captures[parts->capture_count++] = field;
        text = tb_str_slice(text, (size_t)close + 1, text.size);
    }
    return true;
}

static bool read_label(tb_definition_reader *reader, const cJSON *node, const tb_scope *scope,
                       tb_label *ret)
{
    tb_str text;
    label_parts parts = {0};
    if (strlen(node->valuestring) > TB_MAX_LABEL_SIZE)
        return tb_source_fail(&reader->source, node, TB_MSG_FORM_LABEL_LONG, node->valuestring,
                              NULL);
    if (!tb_reader__text(reader, node, &text) || !parse_label(reader, node, text, scope, &parts))
        return false;
    size_t literals = 0;
    for (size_t i = 0; i < parts.piece_count; i++)
        literals += parts.pieces[i].kind == TB_PIECE_LITERAL;
    if (literals == 0)
        return tb_source_fail(&reader->source, node, TB_MSG_FORM_LABEL_EMPTY, node->valuestring,
                              NULL);
    ret->shape = tb_shape_set_add(reader->shapes, reader->arena, parts.pieces, parts.piece_count);
    memcpy(ret->captures, parts.captures, sizeof parts.captures);
    return ret->shape != NULL || tb_source_no_memory(&reader->source);
}

bool tb_reader__labels(tb_definition_reader *reader, const cJSON *node, const tb_scope *scope,
                       tb_labels *ret)
{
    *ret = (tb_labels){0};
    if (node == NULL)
        return true;
    bool single = cJSON_IsString(node);
    size_t count = single ? 1 : tb_reader__count(node);
    tb_label *labels = tb_reader__array(reader, count, sizeof *labels);
    if (labels == NULL)
        return false;
    const cJSON *child = single ? node : node->child;
    for (size_t i = 0; i < count; i++, child = child->next) {
        if (!read_label(reader, child, scope, &labels[i]))
            return false;
    }
    *ret = (tb_labels){count, labels};
    return true;
}
