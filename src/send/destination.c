/*
 * Reads the settings, with line and column for whatever is wrong in them.
 */
#include "send/destination.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/limits.h"
#include "base/platform.h"
#include "send/destination_reader.h"
#include "send/encode.h"
#include "send/name.h"
#include "send/url.h"

#define SETTINGS_NAME          "/tianbao/destinations.json"
#define ADMINISTRATOR_SETTINGS "/etc" SETTINGS_NAME
#define MAX_MEMORY             ((size_t)16 << 20)
#define MAX_PATH_SIZE          4096
#define MAX_FILES              2 /* the administrator's and the user's */
#define DEFAULT_PARALLEL       8
#define DEFAULT_TIMEOUT        30
#define MAX_TIMEOUT            600

static const char *const kind_names[] = {
    [TB_DESTINATION_WEBDAV] = "webdav",
    [TB_DESTINATION_HTTPS] = "https",
    [TB_DESTINATION_S3] = "s3",
    [TB_DESTINATION_JSON] = "json",

};
#define KIND_COUNT (sizeof kind_names / sizeof kind_names[0])

struct tb_destinations {
    tb_arena arena;
    size_t tree_count;
    cJSON *trees[MAX_FILES]; /* of the files read: mappings lie in them */
    size_t count;
    tb_destination *destinations[TB_MAX_DESTINATIONS]; /* in the arena */
};

static bool fail(const tb_settings_reader *reader, const cJSON *node, tb_message message)
{
    return tb_source_fail(&reader->source, node, message, cJSON_GetStringValue(node), NULL);
}

bool tb_settings__text(tb_settings_reader *reader, const cJSON *node, const char **ret)
{
    if (node == NULL)
        return true;
    *ret = tb_arena_dup(reader->arena, tb_str_of(node->valuestring)).data;
    return *ret != NULL || tb_source_no_memory(&reader->source);
}

/* A file's name, relative to the settings. */
static bool read_path(tb_settings_reader *reader, const cJSON *node, const char **ret)
{
    if (node == NULL || node->valuestring[0] == '/')
        return tb_settings__text(reader, node, ret);
    size_t size = strlen(node->valuestring) + 1;
    char *path = tb_arena_array(reader->arena, reader->folder.size + size, 1);
    if (path == NULL)
        return tb_source_no_memory(&reader->source);
    if (reader->folder.size > 0)
        memcpy(path, reader->folder.data, reader->folder.size);
    memcpy(path + reader->folder.size, node->valuestring, size);
    *ret = path;
    return true;
}

static bool read_number(tb_settings_reader *reader, const cJSON *node, unsigned max, unsigned *ret)
{
    if (node == NULL)
        return true;
    if (node->valuedouble < 1 || node->valuedouble > max) {
        char text[16];
        snprintf(text, sizeof text, "%u", max);
        return tb_source_fail(&reader->source, node, TB_MSG_SEND_SETTINGS_NUMBER, text, NULL);
    }
    *ret = (unsigned)node->valuedouble;
    return true;
}

static bool read_secret(tb_settings_reader *reader, const cJSON *node, tb_secret_place *ret)
{
    enum { ENVIRONMENT, FILE_NAME, COUNT };
    static const tb_member table[COUNT] = {
        [ENVIRONMENT] = {"environment", TB_MEMBER_TEXT, false},
        [FILE_NAME] = {"file", TB_MEMBER_TEXT, false},
    };
    const cJSON *members[COUNT];
    if (node == NULL)
        return true;
    if (!tb_source_members(&reader->source, node, table, COUNT, members))
        return false;
    if ((members[ENVIRONMENT] == NULL) == (members[FILE_NAME] == NULL))
        return fail(reader, node, TB_MSG_SEND_SETTINGS_SECRET);
    return tb_settings__text(reader, members[ENVIRONMENT], &ret->environment) &&
           read_path(reader, members[FILE_NAME], &ret->file);
}

static bool read_certificate(tb_settings_reader *reader, const cJSON *node, tb_destination *ret)
{
    enum { CERTIFICATE, KEY, COUNT };
    static const tb_member table[COUNT] = {
        [CERTIFICATE] = {"file", TB_MEMBER_TEXT, true},
        [KEY] = {"key", TB_MEMBER_TEXT, true},
    };
    const cJSON *members[COUNT];
    if (node == NULL)
        return true;
    return tb_source_members(&reader->source, node, table, COUNT, members) &&
           read_path(reader, members[CERTIFICATE], &ret->certificate) &&
           read_path(reader, members[KEY], &ret->key);
}

static bool read_kind(tb_settings_reader *reader, const cJSON *node, tb_destination *ret)
{
    for (size_t i = 0; i < KIND_COUNT; i++) {
        if (strcmp(kind_names[i], node->valuestring) == 0) {
            ret->kind = (tb_destination_kind)i;
            return true;
        }
    }
    return fail(reader, node, TB_MSG_SEND_SETTINGS_KIND);
}

/* Kept with '/' at the end, so that names can be appended. */
static bool read_url(tb_settings_reader *reader, const cJSON *node, tb_destination *ret)
{
    static const tb_message problems[] = {
        [TB_URL_ILL_FORMED] = TB_MSG_SEND_SETTINGS_URL,
        [TB_URL_NOT_SECURE] = TB_MSG_SEND_SETTINGS_URL_PLAIN,
        [TB_URL_HAS_SECRET] = TB_MSG_SEND_SETTINGS_URL_SECRET,
        [TB_URL_HAS_QUERY] = TB_MSG_SEND_SETTINGS_URL_QUERY,
    };
    tb_url_verdict verdict = tb_url_check(node->valuestring);
    if (verdict != TB_URL_GOOD) /* never the address itself: it may have a password in it */
        return tb_source_fail(&reader->source, node, problems[verdict], NULL, NULL);
    size_t size = strlen(node->valuestring);
    char *url = tb_arena_array(reader->arena, size + 2, 1);
    if (url == NULL)
        return tb_source_no_memory(&reader->source);
    memcpy(url, node->valuestring, size);
    if (url[size - 1] != '/')
        url[size] = '/';
    ret->url = url;
    return true;
}

static bool read_path_template(tb_settings_reader *reader, const cJSON *node, tb_destination *ret)
{
    ret->path = TB_NAME_DEFAULT;
    if (node == NULL)
        return true;
    char unknown[32];
    if (!tb_name_check(tb_str_of(node->valuestring), unknown, sizeof unknown))
        return tb_source_fail(&reader->source, node, TB_MSG_SEND_SETTINGS_PATH, unknown, NULL);
    return tb_settings__text(reader, node, &ret->path);
}

static bool read_receipt_key(tb_settings_reader *reader, const cJSON *node, tb_destination *ret)
{
    if (node == NULL)
        return true;
    tb_buffer key;
    tb_buffer_init(&key, 2 * TB_RECEIPT_KEY_SIZE);
    ret->has_receipt_key =
        tb_decode_base64(tb_str_of(node->valuestring), &key) && key.size == TB_RECEIPT_KEY_SIZE;
    if (ret->has_receipt_key)
        memcpy(ret->receipt_key, key.data, TB_RECEIPT_KEY_SIZE);
    tb_buffer_done(&key);
    return ret->has_receipt_key || fail(reader, node, TB_MSG_SEND_SETTINGS_RECEIPT_KEY);
}

enum {
    NAME,
    KIND,
    URL,
    PATH,
    USER,
    PASSWORD,
    TOKEN,
    CA,
    CERTIFICATE,
    ACCEPT_ERRORS,
    PARALLEL,
    TIMEOUT,
    RECEIPT_KEY,
    REGION,
    MAPPING,
    MEMBER_COUNT
};

static const tb_member destination_members[MEMBER_COUNT] = {
    [NAME] = {"name", TB_MEMBER_TEXT, true},
    [KIND] = {"kind", TB_MEMBER_TEXT, true},
    [URL] = {"url", TB_MEMBER_TEXT, true},
    [PATH] = {"path", TB_MEMBER_TEXT, false},
    [USER] = {"user", TB_MEMBER_TEXT, false},
    [PASSWORD] = {"password", TB_MEMBER_OBJECT, false},
    [TOKEN] = {"token", TB_MEMBER_OBJECT, false},
    [CA] = {"ca", TB_MEMBER_TEXT, false},
    [CERTIFICATE] = {"certificate", TB_MEMBER_OBJECT, false},
    [ACCEPT_ERRORS] = {"accept_errors", TB_MEMBER_FLAG, false},
    [PARALLEL] = {"parallel", TB_MEMBER_COUNT, false},
    [TIMEOUT] = {"timeout", TB_MEMBER_COUNT, false},
    [RECEIPT_KEY] = {"receipt_key", TB_MEMBER_TEXT, false},
    [REGION] = {"region", TB_MEMBER_TEXT, false},
    [MAPPING] = {"mapping", TB_MEMBER_OBJECT, false},
};

static bool read_access(tb_settings_reader *reader, const cJSON *node, const cJSON *const *members,
                        tb_destination *ret)
{
    if ((members[USER] == NULL) != (members[PASSWORD] == NULL))
        return fail(reader, node, TB_MSG_SEND_SETTINGS_USER);
    if (members[USER] != NULL && members[TOKEN] != NULL)
        return fail(reader, node, TB_MSG_SEND_SETTINGS_TWO_WAYS);
    return tb_settings__text(reader, members[USER], &ret->user) &&
           read_secret(reader, members[PASSWORD], &ret->password) &&
           read_secret(reader, members[TOKEN], &ret->token) &&
           read_path(reader, members[CA], &ret->ca) &&
           read_certificate(reader, members[CERTIFICATE], ret);
}

/* What a kind needs, and what others have no use for. */
static bool check_kind(tb_settings_reader *reader, const cJSON *node, const cJSON *const *members,
                       tb_destination_kind kind)
{
    bool is_s3 = kind == TB_DESTINATION_S3, is_json = kind == TB_DESTINATION_JSON;
    if (is_s3 != (members[REGION] != NULL) || (is_s3 && members[USER] == NULL))
        return fail(reader, node, TB_MSG_SEND_SETTINGS_S3);
    if (is_json != (members[MAPPING] != NULL) || (is_json && members[PATH] == NULL))
        return fail(reader, node, TB_MSG_SEND_SETTINGS_JSON);
    return true;
}

static bool read_destination(tb_settings_reader *reader, const cJSON *node, tb_destination *ret)
{
    const cJSON *members[MEMBER_COUNT];
    if (!tb_source_members(&reader->source, node, destination_members, MEMBER_COUNT, members))
        return false;
    ret->accept_errors = cJSON_IsTrue(members[ACCEPT_ERRORS]);
    ret->parallel = DEFAULT_PARALLEL;
    ret->timeout = DEFAULT_TIMEOUT;
    return tb_settings__text(reader, members[NAME], &ret->name) &&
           read_kind(reader, members[KIND], ret) && read_url(reader, members[URL], ret) &&
           read_path_template(reader, members[PATH], ret) &&
           read_access(reader, node, members, ret) &&
           read_number(reader, members[PARALLEL], TB_MAX_PARALLEL, &ret->parallel) &&
           read_number(reader, members[TIMEOUT], MAX_TIMEOUT, &ret->timeout) &&
           read_receipt_key(reader, members[RECEIPT_KEY], ret) &&
           tb_settings__text(reader, members[REGION], &ret->region) &&
           tb_settings__mapping(reader, members[MAPPING], ret) &&
           check_kind(reader, node, members, ret->kind);
}

static bool add_destination(tb_settings_reader *reader, const cJSON *node, tb_destinations *list)
{
    tb_destination *next = tb_arena_alloc(reader->arena, sizeof *next);
    if (next == NULL)
        return tb_source_no_memory(&reader->source);
    if (list->count == TB_MAX_DESTINATIONS)
        return fail(reader, node, TB_MSG_SEND_SETTINGS_MANY);
    if (!read_destination(reader, node, next))
        return false;
    if (tb_destinations_find(list, tb_str_of(next->name)) != NULL)
        return tb_source_fail(&reader->source, node, TB_MSG_SEND_SETTINGS_TWICE, next->name, NULL);
    list->destinations[list->count++] = next;
    return true;
}

static bool read_settings(tb_settings_reader *reader, tb_destinations *list)
{
    enum { SCHEMA, DESTINATIONS, COUNT };
    static const tb_member table[COUNT] = {
        [SCHEMA] = {"$schema", TB_MEMBER_TEXT, false},
        [DESTINATIONS] = {"destinations", TB_MEMBER_LIST, true},
    };
    const cJSON *members[COUNT];
    if (!tb_source_members(&reader->source, reader->source.root, table, COUNT, members))
        return false;
    const cJSON *node;
    cJSON_ArrayForEach(node, members[DESTINATIONS])
    {
        if (!add_destination(reader, node, list))
            return false;
    }
    return true;
}

static tb_status parse(tb_destinations *list, tb_str text, const char *path, tb_error *error)
{
    const char *slash = strrchr(path, '/');
    tb_settings_reader reader = {.arena = &list->arena};
    reader.folder = (tb_str){path, slash != NULL ? (size_t)(slash - path) + 1 : 0};
    tb_error own;
    tb_error *told = error != NULL ? error : &own;
    tb_status status = tb_source_open(&reader.source, &list->arena, text, path, told);
    if (status != TB_OK)
        return status;
    status = read_settings(&reader, list) ? TB_OK : told->status;
    if (status != TB_OK) /* the lines may have a secret that does not belong there */
        told->excerpt[0] = '\0';
    list->trees[list->tree_count++] = reader.source.root;
    return status;
}

static tb_status new_list(tb_destinations **ret_list, tb_error *error)
{
    tb_destinations *list = calloc(1, sizeof *list);
    if (list == NULL)
        return tb_error_memory(error);
    tb_arena_init(&list->arena, MAX_MEMORY);
    *ret_list = list;
    return TB_OK;
}

tb_status tb_destinations_parse(tb_str text, const char *path, tb_destinations **ret_list,
                                tb_error *error)
{
    tb_destinations *list = NULL;
    tb_status status = new_list(&list, error);
    if (status != TB_OK)
        return status;
    status = parse(list, text, path, error);
    if (status == TB_OK)
        *ret_list = list;
    else
        tb_destinations_free(list);
    return status;
}

/* A file that is not there is none of the user's concern unless he named it. */
static tb_status read_file(tb_destinations *list, const char *path, bool named, tb_error *error)
{
    if (!named && tb_platform_path_kind(path) == TB_PATH_MISSING)
        return TB_OK;
    tb_buffer text;
    tb_buffer_init(&text, TB_MAX_SETTINGS_SIZE);
    tb_status status = tb_platform_read_file(path, &text, error);
    if (status != TB_OK)
        tb_error_locate(error, path, NULL);
    else
        status = parse(list, tb_buffer_get(&text), path, error);
    tb_buffer_done(&text);
    return status;
}

static bool user_settings(char out[MAX_PATH_SIZE])
{
    const char *base = getenv("XDG_CONFIG_HOME"), *tail = SETTINGS_NAME;
    if (base == NULL || *base != '/') {
        base = getenv("HOME");
        tail = "/.config" SETTINGS_NAME;
    }
    int size = base != NULL ? snprintf(out, MAX_PATH_SIZE, "%s%s", base, tail) : -1;
    return size > 0 && size < MAX_PATH_SIZE;
}

/* The administrator's come first: a user's can't take the name of one of them. */
static tb_status read_all(tb_destinations *list, tb_error *error)
{
    char path[MAX_PATH_SIZE];
    const char *named = getenv("TIANBAO_DESTINATIONS");
    if (named != NULL && *named != '\0')
        return read_file(list, named, true, error);
    tb_status status = read_file(list, ADMINISTRATOR_SETTINGS, false, error);
    if (status == TB_OK && user_settings(path))
        status = read_file(list, path, false, error);
    return status;
}

tb_status tb_destinations_load(tb_destinations **ret_list, tb_error *error)
{
    tb_destinations *list = NULL;
    tb_status status = new_list(&list, error);
    if (status != TB_OK)
        return status;
    status = read_all(list, error);
    if (status == TB_OK)
        *ret_list = list;
    else
        tb_destinations_free(list);
    return status;
}

void tb_destinations_free(tb_destinations *list)
{
    if (list == NULL)
        return;
    for (size_t i = 0; i < list->tree_count; i++)
        cJSON_Delete(list->trees[i]);
    tb_arena_done(&list->arena);
    free(list);
}

size_t tb_destinations_get(const tb_destinations *list, const tb_destination *const **ret)
{
    *ret = (const tb_destination *const *)list->destinations;
    return list->count;
}

const tb_destination *tb_destinations_find(const tb_destinations *list, tb_str name)
{
    for (size_t i = 0; i < list->count; i++) {
        if (tb_str_equal(name, tb_str_of(list->destinations[i]->name)))
            return list->destinations[i];
    }
    return NULL;
}

const char *tb_destination_kind_name(tb_destination_kind kind)
{
    return kind_names[kind];
}
