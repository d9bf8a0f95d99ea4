/*
 * Reads form.json: its head, parameters and code lists, and the texts and labels that all parts
 * use. Fields and tables are read in definition_scopes.c, rules in definition_rules.c.
 */
#include <stdio.h>
#include <string.h>

#include "base/limits.h"
#include "form/definition_reader.h"

void *tb_reader__array(tb_definition_reader *reader, size_t count, size_t size)
{
    void *array = tb_arena_array(reader->arena, count == 0 ? 1 : count, size);
    if (array == NULL)
        tb_source_no_memory(&reader->source);
    return array;
}

size_t tb_reader__count(const cJSON *list)
{
    return list == NULL ? 0 : (size_t)cJSON_GetArraySize(list);
}

bool tb_reader__text(tb_definition_reader *reader, const cJSON *node, tb_str *ret)
{
    *ret = TB_STR("");
    if (node == NULL)
        return true;
    tb_str text = tb_arena_dup(reader->arena, tb_str_of(node->valuestring));
    if (text.data == NULL)
        return tb_source_no_memory(&reader->source);
    *ret = text;
    return true;
}

bool tb_reader__key(tb_definition_reader *reader, tb_str text, tb_str *ret_key)
{
    *ret_key = tb_text_key(reader->arena, text);
    return ret_key->data != NULL || text.size == 0 || tb_source_no_memory(&reader->source);
}

static bool is_id_character(char c, bool first, bool dotted)
{
    if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'))
        return true;
    return !first && ((c >= '0' && c <= '9') || c == '_' || c == '-' || (dotted && c == '.'));
}

bool tb_reader__id(tb_definition_reader *reader, const cJSON *node, bool dotted, tb_str *ret)
{
    const char *text = node->valuestring;
    for (size_t i = 0; text[i] != '\0'; i++) {
        bool first = i == 0 || text[i - 1] == '.';
        if (!is_id_character(text[i], first, dotted))
            return tb_source_fail(&reader->source, node, TB_MSG_FORM_BAD_ID, text, NULL);
    }
    return tb_reader__text(reader, node, ret);
}

bool tb_reader__localized(tb_definition_reader *reader, const cJSON *node, tb_localized *ret)
{
    static const tb_member members[TB_LANGUAGE_COUNT] = {
        [TB_LANGUAGE_ZH] = {"zh", TB_MEMBER_TEXT, true},
        [TB_LANGUAGE_EN] = {"en", TB_MEMBER_TEXT, true},
    };
    const cJSON *texts[TB_LANGUAGE_COUNT];
    if (!tb_source_members(&reader->source, node, members, TB_LANGUAGE_COUNT, texts))
        return false;
    for (size_t i = 0; i < TB_LANGUAGE_COUNT; i++) {
        if (!tb_reader__text(reader, texts[i], &ret->in[i]))
            return false;
    }
    return true;
}

bool tb_reader__texts(tb_definition_reader *reader, const cJSON *node, size_t *ret_count,
                      const tb_str **ret)
{
    *ret_count = 0;
    *ret = NULL;
    if (node == NULL)
        return true;
    bool single = cJSON_IsString(node);
    size_t count = single ? 1 : tb_reader__count(node);
    tb_str *texts = tb_reader__array(reader, count, sizeof *texts);
    if (texts == NULL)
        return false;
    const cJSON *child = single ? node : node->child;
    for (size_t i = 0; i < count; i++, child = child->next) {
        if (!tb_reader__text(reader, child, &texts[i]))
            return false;
    }
    *ret_count = count;
    *ret = texts;
    return true;
}

bool tb_reader__choice(tb_definition_reader *reader, const cJSON *node, const char *const *names,
                       int *ret)
{
    char allowed[256];
    size_t used = 0;
    for (int i = 0; names[i] != NULL; i++) {
        if (strcmp(names[i], node->valuestring) == 0) {
            *ret = i;
            return true;
        }
        if (used < sizeof allowed)
            used += (size_t)snprintf(allowed + used, sizeof allowed - used, "%s%s",
                                     i == 0 ? "" : ", ", names[i]);
    }
    return tb_source_fail(&reader->source, node, TB_MSG_FORM_UNKNOWN_CHOICE, node->valuestring,
                          allowed);
}

/* Parameters */

static bool read_parameter(tb_definition_reader *reader, const cJSON *node, tb_parameter *ret)
{
    enum { ID, VALUE, NOTE, COUNT };
    static const tb_member table[COUNT] = {
        [ID] = {"id", TB_MEMBER_TEXT, true},
        [VALUE] = {"value", TB_MEMBER_TEXT, true},
        [NOTE] = {"note", TB_MEMBER_OBJECT, true},
    };
    const cJSON *members[COUNT];
    if (!tb_source_members(&reader->source, node, table, COUNT, members) ||
        !tb_reader__id(reader, members[ID], false, &ret->id) ||
        !tb_reader__text(reader, members[VALUE], &ret->value) ||
        !tb_reader__localized(reader, members[NOTE], &ret->note))
        return false;
    ret->is_number = tb_decimal_parse(ret->value, &ret->number);
    return true;
}

bool tb_reader__parameters(tb_definition_reader *reader, const cJSON *list, size_t *ret_count,
                           const tb_parameter **ret)
{
    size_t count = tb_reader__count(list);
    if (count > TB_MAX_FIELDS)
        return tb_source_fail(&reader->source, list, TB_MSG_FORM_TOO_MANY, NULL, NULL);
    tb_parameter *parameters = tb_reader__array(reader, count, sizeof *parameters);
    if (parameters == NULL)
        return false;
    const cJSON *node = list == NULL ? NULL : list->child;
    for (size_t i = 0; i < count; i++, node = node->next) {
        if (!read_parameter(reader, node, &parameters[i]))
            return false;
        for (size_t j = 0; j < i; j++) {
            if (tb_str_equal(parameters[i].id, parameters[j].id))
                return tb_source_fail(&reader->source, node, TB_MSG_FORM_DOUBLE_ID,
                                      parameters[i].id.data, NULL);
        }
    }
    *ret_count = count;
    *ret = parameters;
    return true;
}

static bool read_years(tb_definition_reader *reader, const cJSON *node, tb_recognition *ret)
{
    enum { FROM, TO, COUNT };
    static const tb_member table[COUNT] = {
        [FROM] = {"from", TB_MEMBER_COUNT, true},
        [TO] = {"to", TB_MEMBER_COUNT, true},
    };
    const cJSON *members[COUNT];
    if (node == NULL)
        return true;
    if (!tb_source_members(&reader->source, node, table, COUNT, members))
        return false;
    ret->from_year = (size_t)members[FROM]->valueint;
    ret->to_year = (size_t)members[TO]->valueint;
    if (ret->from_year > ret->to_year)
        return tb_source_fail(&reader->source, node, TB_MSG_FORM_YEARS_REVERSED, NULL, NULL);
    return true;
}

static bool read_recognition(tb_definition_reader *reader, const cJSON *node)
{
    enum { LABELS, YEARS, COUNT };
    static const tb_member table[COUNT] = {
        [LABELS] = {"labels", TB_MEMBER_TEXTS, true},
        [YEARS] = {"budget_years", TB_MEMBER_OBJECT, false},
    };
    const cJSON *members[COUNT];
    tb_recognition *recognition = tb_reader__array(reader, 1, sizeof *recognition);
    reader->definition->recognition = recognition;
    return recognition != NULL && tb_source_members(&reader->source, node, table, COUNT, members) &&
           tb_reader__labels(reader, members[LABELS], NULL, &recognition->labels) &&
           read_years(reader, members[YEARS], recognition);
}

static const tb_member top_members[TB_TOP_COUNT] = {
    [TB_TOP_SCHEMA] = {"$schema", TB_MEMBER_TEXT, false},
    [TB_TOP_ID] = {"id", TB_MEMBER_TEXT, true},
    [TB_TOP_VERSION] = {"version", TB_MEMBER_TEXT, true},
    [TB_TOP_TITLE] = {"title", TB_MEMBER_OBJECT, true},
    [TB_TOP_RECOGNISE] = {"recognise", TB_MEMBER_OBJECT, true},
    [TB_TOP_PARAMETERS] = {"parameters", TB_MEMBER_LIST, false},
    [TB_TOP_LISTS] = {"lists", TB_MEMBER_LIST, false},
    [TB_TOP_FIELDS] = {"fields", TB_MEMBER_LIST, false},
    [TB_TOP_MATRICES] = {"matrices", TB_MEMBER_LIST, false},
    [TB_TOP_TABLES] = {"tables", TB_MEMBER_LIST, false},
    [TB_TOP_ENTRIES] = {"entries", TB_MEMBER_LIST, false},
    [TB_TOP_BLOCKS] = {"blocks", TB_MEMBER_LIST, false},
    [TB_TOP_FILER] = {"filer", TB_MEMBER_TEXT, false},
    [TB_TOP_YEAR] = {"year", TB_MEMBER_TEXT, false},
    [TB_TOP_DATE] = {"date", TB_MEMBER_TEXT, false},
    [TB_TOP_IDENTITY] = {"identity", TB_MEMBER_TEXTS, false},
    [TB_TOP_RULES] = {"rules", TB_MEMBER_LIST, true},
    [TB_TOP_ACROSS] = {"across", TB_MEMBER_LIST, false},
};

/* The folder of a file's name; none where the name has no slash. */
static bool read_folder(tb_definition_reader *reader)
{
    tb_str name = tb_str_of(reader->source.name);
    while (name.size > 0 && name.data[name.size - 1] != '/')
        name.size--;
    tb_str folder = tb_arena_dup(reader->arena, tb_str_slice(name, 0, name.size - (name.size > 1)));
    if (folder.data == NULL)
        return tb_source_no_memory(&reader->source);
    reader->definition->folder = folder;
    return true;
}

static bool fail_field(tb_definition_reader *reader, const cJSON *node)
{
    return tb_source_fail(&reader->source, node, TB_MSG_FORM_UNKNOWN_FIELD, node->valuestring,
                          reader->definition->id.data);
}

static bool read_filer(tb_definition_reader *reader, const cJSON *node)
{
    if (node == NULL)
        return true;
    tb_definition *definition = reader->definition;
    definition->filer = tb_scope_find_field(definition->root, tb_str_of(node->valuestring));
    return definition->filer != NULL || fail_field(reader, node);
}

/* A field's id, or that and how many years are to be added: "last_year + 1". */
static bool read_year(tb_definition_reader *reader, const cJSON *node)
{
    if (node == NULL)
        return true;
    tb_definition *definition = reader->definition;
    tb_str text = tb_str_of(node->valuestring);
    ptrdiff_t plus = tb_str_find(text, TB_STR("+"));
    tb_str name = plus < 0 ? text : tb_str_slice(text, 0, (size_t)plus);
    tb_str added = plus < 0 ? TB_STR("0") : tb_str_slice(text, (size_t)plus + 1, text.size);
    added = tb_str_trim(added);
    definition->year = tb_scope_find_field(definition->root, tb_str_trim(name));
    if (definition->year == NULL || definition->year->type != TB_FIELD_YEAR || added.size != 1 ||
        added.data[0] < '0' || added.data[0] > '9')
        return fail_field(reader, node);
    definition->years_later = added.data[0] - '0';
    return true;
}

static bool read_date(tb_definition_reader *reader, const cJSON *node)
{
    if (node == NULL)
        return true;
    tb_definition *definition = reader->definition;
    definition->date = tb_scope_find_field(definition->root, tb_str_of(node->valuestring));
    return (definition->date != NULL && definition->date->type == TB_FIELD_DATE) ||
           fail_field(reader, node);
}

static bool read_identity(tb_definition_reader *reader, const cJSON *list)
{
    size_t count;
    const tb_str *names;
    if (!tb_reader__texts(reader, list, &count, &names))
        return false;
    const tb_field **fields = tb_reader__array(reader, count, sizeof *fields);
    if (fields == NULL)
        return false;
    for (size_t i = 0; i < count; i++) {
        fields[i] = tb_scope_find_field(reader->definition->root, names[i]);
        if (fields[i] == NULL)
            return tb_source_fail(&reader->source, list, TB_MSG_FORM_UNKNOWN_FIELD, names[i].data,
                                  reader->definition->id.data);
    }
    reader->definition->identity = fields;
    reader->definition->identity_count = count;
    return true;
}

static bool read_definition(tb_definition_reader *reader)
{
    const cJSON *members[TB_TOP_COUNT];
    tb_definition *definition = reader->definition;
    return tb_source_members(&reader->source, reader->source.root, top_members, TB_TOP_COUNT,
                             members) &&
           read_folder(reader) &&
           tb_reader__id(reader, members[TB_TOP_ID], false, &definition->id) &&
           tb_reader__text(reader, members[TB_TOP_VERSION], &definition->version) &&
           tb_reader__localized(reader, members[TB_TOP_TITLE], &definition->title) &&
           read_recognition(reader, members[TB_TOP_RECOGNISE]) &&
           tb_reader__parameters(reader, members[TB_TOP_PARAMETERS], &definition->parameter_count,
                                 &definition->parameters) &&
           tb_reader__lists(reader, members[TB_TOP_LISTS]) && tb_reader__scopes(reader, members) &&
           read_filer(reader, members[TB_TOP_FILER]) && read_year(reader, members[TB_TOP_YEAR]) &&
           read_date(reader, members[TB_TOP_DATE]) &&
           read_identity(reader, members[TB_TOP_IDENTITY]) &&
           tb_reader__rules(reader, members[TB_TOP_RULES]) &&
           tb_reader__across(reader, members[TB_TOP_ACROSS]);
}

tb_status tb_definition_read(tb_arena *arena, tb_str json, const char *name,
                             const tb_definition **ret_definition, tb_error *error)
{
    tb_error own;
    tb_definition_reader reader = {.arena = arena};
    tb_status status =
        tb_source_open(&reader.source, arena, json, name, error == NULL ? &own : error);
    if (status != TB_OK)
        return status;
    reader.source.error->status = TB_OK;
    reader.definition = tb_reader__array(&reader, 1, sizeof *reader.definition);
    reader.layout = tb_reader__array(&reader, 1, sizeof *reader.layout);
    if (reader.layout != NULL)
        reader.shapes = &reader.layout->shapes;
    bool read = reader.definition != NULL && reader.layout != NULL && read_definition(&reader);
    tb_source_close(&reader.source);
    if (!read)
        return reader.source.error->status;
    *ret_definition = reader.definition;
    return TB_OK;
}
