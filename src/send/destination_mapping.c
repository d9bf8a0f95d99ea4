/*
 * Reads the mapping of a destination of the kind "json".
 */
#include <string.h>

#include "send/destination_reader.h"
#include "send/mapping.h"

static bool check_places(tb_settings_reader *reader, const cJSON *node)
{
    char unknown[32];
    if (node == NULL || tb_mapping_check(node, unknown, sizeof unknown))
        return true;
    return tb_source_fail(&reader->source, node, TB_MSG_SEND_SETTINGS_PLACE, unknown, NULL);
}

static bool read_method(tb_settings_reader *reader, const cJSON *node, tb_mapping *ret)
{
    ret->method = "POST";
    if (node == NULL || strcmp(node->valuestring, "POST") == 0)
        return true;
    ret->method = "PUT";
    return strcmp(node->valuestring, "PUT") == 0 ||
           tb_source_fail(&reader->source, node, TB_MSG_SEND_SETTINGS_METHOD, NULL, NULL);
}

/* Letters, digits and '-', and none that is for us to send. */
static bool is_header_name(const char *name)
{
    for (const char *p = name; *p != '\0'; p++) {
        bool letter = (*p >= 'a' && *p <= 'z') || (*p >= 'A' && *p <= 'Z');
        if (!letter && *p != '-' && (*p < '0' || *p > '9'))
            return false;
    }
    return *name != '\0' && strcmp(name, "Authorization") != 0 && strcmp(name, "Host") != 0 &&
           strcmp(name, "Content-Length") != 0 && strcmp(name, "Transfer-Encoding") != 0;
}

static bool read_headers(tb_settings_reader *reader, const cJSON *list, tb_mapping *ret)
{
    const cJSON *node;
    cJSON_ArrayForEach(node, list)
    {
        if (ret->header_count == TB_MAX_MAPPING_HEADERS || !cJSON_IsString(node) ||
            !is_header_name(node->string))
            return tb_source_fail(&reader->source, node, TB_MSG_SEND_SETTINGS_HEADER, node->string,
                                  NULL);
        tb_mapping_header *next = &ret->headers[ret->header_count++];
        next->name = tb_arena_dup(reader->arena, tb_str_of(node->string)).data;
        if (next->name == NULL)
            return tb_source_no_memory(&reader->source);
        if (!check_places(reader, node) || !tb_settings__text(reader, node, &next->value))
            return false;
    }
    return true;
}

static bool is_status(const cJSON *node)
{
    return cJSON_IsNumber(node) && node->valuedouble >= 200 && node->valuedouble < 500 &&
           node->valuedouble == (int)node->valuedouble;
}

static bool read_stored(tb_settings_reader *reader, const cJSON *list, tb_mapping *ret)
{
    const cJSON *node;
    cJSON_ArrayForEach(node, list)
    {
        if (ret->stored_count == TB_MAX_MAPPING_STATUSES || !is_status(node))
            return tb_source_fail(&reader->source, node, TB_MSG_SEND_SETTINGS_STATUS, NULL, NULL);
        ret->stored[ret->stored_count++] = (int)node->valuedouble;
    }
    return ret->stored_count > 0 ||
           tb_source_fail(&reader->source, list, TB_MSG_SEND_SETTINGS_STATUS, NULL, NULL);
}

static bool check_pointer(tb_settings_reader *reader, const cJSON *node)
{
    return node == NULL || node->valuestring[0] == '/' ||
           tb_source_fail(&reader->source, node, TB_MSG_SEND_SETTINGS_POINTER, NULL, NULL);
}

static bool read_confirm(tb_settings_reader *reader, const cJSON *node, tb_mapping *ret)
{
    enum { AT, EQUALS, COUNT };
    static const tb_member table[COUNT] = {
        [AT] = {"at", TB_MEMBER_TEXT, true},
        [EQUALS] = {"equals", TB_MEMBER_TEXT, true},
    };
    const cJSON *members[COUNT];
    return tb_source_members(&reader->source, node, table, COUNT, members) &&
           check_pointer(reader, members[AT]) && check_places(reader, members[EQUALS]) &&
           tb_settings__text(reader, members[AT], &ret->confirm_at) &&
           tb_settings__text(reader, members[EQUALS], &ret->confirm_value);
}

static bool read_known(tb_settings_reader *reader, const cJSON *node, tb_mapping *ret)
{
    enum { STATUS, CONTAINS, COUNT };
    static const tb_member table[COUNT] = {
        [STATUS] = {"status", TB_MEMBER_COUNT, true},
        [CONTAINS] = {"contains", TB_MEMBER_TEXT, true},
    };
    const cJSON *members[COUNT];
    if (node == NULL)
        return true;
    if (!tb_source_members(&reader->source, node, table, COUNT, members))
        return false;
    if (!is_status(members[STATUS]))
        return tb_source_fail(&reader->source, members[STATUS], TB_MSG_SEND_SETTINGS_STATUS, NULL,
                              NULL);
    ret->known.status = (int)members[STATUS]->valuedouble;
    return tb_settings__text(reader, members[CONTAINS], &ret->known.contains);
}

enum { METHOD, HEADERS, BODY, STORED, CONFIRM, KNOWN, RECEIPT, MEMBER_COUNT };

static const tb_member mapping_members[MEMBER_COUNT] = {
    [METHOD] = {"method", TB_MEMBER_TEXT, false},
    [HEADERS] = {"headers", TB_MEMBER_OBJECT, false},
    [BODY] = {"body", TB_MEMBER_OBJECT, true},
    [STORED] = {"stored", TB_MEMBER_LIST, true},
    [CONFIRM] = {"confirm", TB_MEMBER_OBJECT, true},
    [KNOWN] = {"known", TB_MEMBER_OBJECT, false},
    [RECEIPT] = {"receipt", TB_MEMBER_TEXT, false},
};

static bool read_members(tb_settings_reader *reader, const cJSON *const *members, tb_mapping *ret)
{
    return read_method(reader, members[METHOD], ret) &&
           read_headers(reader, members[HEADERS], ret) && check_places(reader, members[BODY]) &&
           read_stored(reader, members[STORED], ret) &&
           read_confirm(reader, members[CONFIRM], ret) && read_known(reader, members[KNOWN], ret) &&
           check_pointer(reader, members[RECEIPT]) &&
           tb_settings__text(reader, members[RECEIPT], &ret->receipt_at);
}

bool tb_settings__mapping(tb_settings_reader *reader, const cJSON *node, tb_destination *ret)
{
    const cJSON *members[MEMBER_COUNT];
    if (node == NULL)
        return true;
    tb_mapping *mapping = tb_arena_alloc(reader->arena, sizeof *mapping);
    if (mapping == NULL)
        return tb_source_no_memory(&reader->source);
    if (!tb_source_members(&reader->source, node, mapping_members, MEMBER_COUNT, members) ||
        !read_members(reader, members, mapping))
        return false;
    mapping->body = members[BODY];
    ret->mapping = mapping;
    return true;
}
