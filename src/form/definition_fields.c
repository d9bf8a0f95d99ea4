/*
 * Reads the fields of a definition: single ones with the places where they stand, and the columns
 * of tables.
 */
#include "base/limits.h"
#include "form/definition_reader.h"

static const char *const type_names[] = {
    [TB_FIELD_TEXT] = "text",           [TB_FIELD_AMOUNT] = "amount",
    [TB_FIELD_NUMBER] = "number",       [TB_FIELD_SHARE] = "share",
    [TB_FIELD_DATE] = "date",           [TB_FIELD_YEAR] = "year",
    [TB_FIELD_PHONE] = "phone",         [TB_FIELD_CODE] = "code",
    [TB_FIELD_INDICATOR] = "indicator", NULL,
};

const char *const tb_reader__place_names[] = {
    [TB_PLACE_RIGHT] = "right",
    [TB_PLACE_INSIDE] = "inside",
    [TB_PLACE_BELOW] = "below",
    [TB_PLACE_CAPTURED] = "captured",
    NULL,
};

/* The members that fields, columns and rows have; each kind of line allows some of them. */
enum {
    LINE_ID,
    LINE_NAME,
    LINE_TYPE,
    LINE_REQUIRED,
    LINE_LIST,
    LINE_UNIT,
    LINE_LABELS,
    LINE_VALUE,
    LINE_REPEATS,
    LINE_BESIDE,
    LINE_COUNT
};

static const tb_member field_members[LINE_COUNT] = {
    [LINE_ID] = {"id", TB_MEMBER_TEXT, true},
    [LINE_NAME] = {"name", TB_MEMBER_OBJECT, true},
    [LINE_TYPE] = {"type", TB_MEMBER_TEXT, true},
    [LINE_REQUIRED] = {"required", TB_MEMBER_FLAG, false},
    [LINE_LIST] = {"list", TB_MEMBER_TEXT, false},
    [LINE_UNIT] = {"unit", TB_MEMBER_TEXT, false},
    [LINE_LABELS] = {"labels", TB_MEMBER_TEXTS, false},
    [LINE_VALUE] = {"value", TB_MEMBER_TEXT, false},
    [LINE_REPEATS] = {"repeats", TB_MEMBER_FLAG, false},
    [LINE_BESIDE] = {"beside", TB_MEMBER_TEXT, false},
};

/* A column has `under` and what follows in place of a field's `value`. */
enum { COLUMN_UNDER = LINE_VALUE, COLUMN_NTH, COLUMN_FILL_DOWN, COLUMN_COUNT };

static const tb_member column_members[COLUMN_COUNT] = {
    [LINE_ID] = {"id", TB_MEMBER_TEXT, true},
    [LINE_NAME] = {"name", TB_MEMBER_OBJECT, true},
    [LINE_TYPE] = {"type", TB_MEMBER_TEXT, true},
    [LINE_REQUIRED] = {"required", TB_MEMBER_FLAG, false},
    [LINE_LIST] = {"list", TB_MEMBER_TEXT, false},
    [LINE_UNIT] = {"unit", TB_MEMBER_TEXT, false},
    [LINE_LABELS] = {"labels", TB_MEMBER_TEXTS, true},
    [COLUMN_UNDER] = {"under", TB_MEMBER_TEXTS, false},
    [COLUMN_NTH] = {"nth", TB_MEMBER_COUNT, false},
    [COLUMN_FILL_DOWN] = {"fill_down", TB_MEMBER_FLAG, false},
};

static bool find_list(tb_definition_reader *reader, const cJSON *node, const tb_code_list **ret)
{
    const tb_definition *definition = reader->definition;
    for (size_t i = 0; i < definition->list_count; i++) {
        if (tb_str_equal(definition->lists[i].id, tb_str_of(node->valuestring))) {
            *ret = &definition->lists[i];
            return true;
        }
    }
    return tb_source_fail(&reader->source, node, TB_MSG_FORM_UNKNOWN_LIST, node->valuestring, NULL);
}

/* What fields and columns have in common. */
static bool read_field(tb_definition_reader *reader, const cJSON *node, const cJSON *const *members,
                       tb_field *ret)
{
    int type;
    if (!tb_reader__id(reader, members[LINE_ID], false, &ret->id) ||
        !tb_reader__localized(reader, members[LINE_NAME], &ret->name) ||
        !tb_reader__choice(reader, members[LINE_TYPE], type_names, &type) ||
        !tb_reader__text(reader, members[LINE_UNIT], &ret->unit))
        return false;
    ret->type = (tb_field_type)type;
    ret->required = cJSON_IsTrue(members[LINE_REQUIRED]);
    if (members[LINE_LIST] != NULL)
        return find_list(reader, members[LINE_LIST], &ret->list);
    if (type == TB_FIELD_CODE)
        return tb_source_fail(&reader->source, node, TB_MSG_FORM_MISSING_KEY, "list", NULL);
    return true;
}

/* Field ids are unique in their scope. `node` is the array's element of the last field. */
bool tb_reader__unique(tb_definition_reader *reader, const cJSON *node, const tb_field *fields,
                       size_t last)
{
    for (size_t i = 0; i < last; i++) {
        if (tb_str_equal(fields[i].id, fields[last].id))
            return tb_source_fail(&reader->source, node, TB_MSG_FORM_DOUBLE_ID,
                                  fields[last].id.data, NULL);
    }
    return true;
}

bool tb_reader__check_count(tb_definition_reader *reader, const cJSON *node, size_t count)
{
    return count <= TB_MAX_FIELDS ||
           tb_source_fail(&reader->source, node, TB_MSG_FORM_TOO_MANY, NULL, NULL);
}

bool tb_reader__fields(tb_definition_reader *reader, const cJSON *list, const tb_scope *scope,
                       tb_field *fields)
{
    size_t i = 0;
    const cJSON *node;
    cJSON_ArrayForEach(node, list)
    {
        const cJSON *members[LINE_COUNT];
        if (!tb_source_members(&reader->source, node, field_members, LINE_COUNT, members) ||
            !read_field(reader, node, members, &fields[i]))
            return false;
        fields[i].scope = scope;
        fields[i].slot = i;
        if (!tb_reader__unique(reader, node, fields, i))
            return false;
        i++;
    }
    return true;
}

/* The slot of the single field that `node` (NULL: none) names. */
static bool find_beside(tb_definition_reader *reader, const cJSON *node, size_t count, size_t *ret)
{
    *ret = TB_NO_SLOT;
    for (size_t i = 0; i < count && node != NULL; i++) {
        if (tb_str_equal(reader->root->fields[i].id, tb_str_of(node->valuestring)))
            *ret = i;
    }
    return node == NULL || *ret != TB_NO_SLOT ||
           tb_source_fail(&reader->source, node, TB_MSG_FORM_UNKNOWN_FIELD, node->valuestring,
                          "fields");
}

/* Where the single fields stand; read after all of them, as their labels may capture others. */
bool tb_reader__field_layouts(tb_definition_reader *reader, const cJSON *list)
{
    size_t count = tb_reader__count(list), i = 0;
    tb_field_layout *layouts = tb_reader__array(reader, count, sizeof *layouts);
    if (layouts == NULL)
        return false;
    const cJSON *node;
    cJSON_ArrayForEach(node, list)
    {
        const cJSON *members[LINE_COUNT];
        int place = TB_PLACE_RIGHT;
        if (!tb_source_members(&reader->source, node, field_members, LINE_COUNT, members) ||
            !tb_reader__labels(reader, members[LINE_LABELS], reader->root, &layouts[i].labels) ||
            (members[LINE_VALUE] != NULL &&
             !tb_reader__choice(reader, members[LINE_VALUE], tb_reader__place_names, &place)) ||
            !find_beside(reader, members[LINE_BESIDE], count, &layouts[i].beside))
            return false;
        if (layouts[i].labels.count == 0 && place != TB_PLACE_CAPTURED)
            return tb_source_fail(&reader->source, node, TB_MSG_FORM_MISSING_KEY, "labels", NULL);
        layouts[i].place = (tb_place)place;
        layouts[i++].repeats = cJSON_IsTrue(members[LINE_REPEATS]);
    }
    reader->layout->single_count = count;
    reader->layout->singles = layouts;
    return true;
}

void tb_reader__begin_scope(tb_scope *scope, tb_scope_kind kind, const tb_scope *parent,
                            size_t slot)
{
    scope->kind = kind;
    scope->parent = parent;
    scope->slot = slot;
}

static bool read_line(tb_definition_reader *reader, const cJSON *const *members,
                      const tb_scope *scope, tb_line *ret)
{
    ret->nth = members[COLUMN_NTH] == NULL ? 0 : (size_t)members[COLUMN_NTH]->valueint;
    return tb_reader__labels(reader, members[LINE_LABELS], scope, &ret->labels) &&
           tb_reader__labels(reader, members[COLUMN_UNDER], scope, &ret->under);
}

/* The columns of a table: its scope's fields, and how each is found. */
bool tb_reader__columns(tb_definition_reader *reader, const cJSON *list, tb_scope *scope,
                        const tb_line **ret_lines)
{
    size_t count = tb_reader__count(list), i = 0;
    if (!tb_reader__check_count(reader, list, count))
        return false;
    tb_field *fields = tb_reader__array(reader, count, sizeof *fields);
    tb_line *lines = tb_reader__array(reader, count, sizeof *lines);
    if (fields == NULL || lines == NULL)
        return false;
    const cJSON *node;
    cJSON_ArrayForEach(node, list)
    {
        const cJSON *members[COLUMN_COUNT];
        if (!tb_source_members(&reader->source, node, column_members, COLUMN_COUNT, members) ||
            !read_field(reader, node, members, &fields[i]) ||
            !read_line(reader, members, scope, &lines[i]))
            return false;
        lines[i].id = fields[i].id;
        lines[i].name = fields[i].name;
        lines[i].fill_down = cJSON_IsTrue(members[COLUMN_FILL_DOWN]);
        fields[i].scope = scope;
        fields[i].slot = i;
        if (!tb_reader__unique(reader, node, fields, i))
            return false;
        i++;
    }
    scope->fields = fields;
    scope->field_count = count;
    *ret_lines = lines;
    return true;
}
