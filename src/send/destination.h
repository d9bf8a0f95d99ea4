/*
 * Where forms are sent: named destinations from a settings file (send.schema.json) of the user or
 * the administrator, never from a document. A secret is no part of them: only where it is kept.
 */
#ifndef TB_SEND_DESTINATION_H
#define TB_SEND_DESTINATION_H

#include "base/status.h"
#include "base/text.h"

typedef enum tb_destination_kind {
    TB_DESTINATION_WEBDAV,
    TB_DESTINATION_HTTPS, /* the HTTPS profile: SENDING.md */
    TB_DESTINATION_S3,
    TB_DESTINATION_JSON /* as a mapping says: send/mapping.h */
} tb_destination_kind;

/* Where a secret is read from when it is needed. Both NULL: there is none. */
typedef struct tb_secret_place {
    const char *environment; /* the name of a variable */
    const char *file;        /* that only its owner can read */
} tb_secret_place;

#define TB_RECEIPT_KEY_SIZE 32 /* a public key of Ed25519 */

typedef struct tb_destination {
    const char *name;
    tb_destination_kind kind;
    const char *url;                  /* ends with '/' */
    const char *region;               /* of S3 */
    const struct tb_mapping *mapping; /* of JSON; else NULL */
    const char *path;                 /* below it: a template of names (send/name.h) */
    const char *user;                 /* NULL: none */
    tb_secret_place password;         /* of the user */
    tb_secret_place token;            /* instead of user and password */
    const char *ca; /* PEM file of authorities to trust instead of the system's, or NULL */
    const char *certificate, *key; /* PEM files that tell the server who we are, or NULL */
    bool accept_errors;            /* forms with open errors are sent too */
    unsigned parallel;             /* deliveries at a time */
    unsigned timeout;              /* seconds in which nothing moves */
    bool has_receipt_key;          /* receipts must be signed with it */
    unsigned char receipt_key[TB_RECEIPT_KEY_SIZE];
} tb_destination;

typedef struct tb_destinations tb_destinations;

/* The settings of the administrator and the user; without any the list is empty.
 * TIANBAO_DESTINATIONS in the environment names the one file to read instead. The caller frees the
 * list. */
tb_status tb_destinations_load(tb_destinations **ret_list, tb_error *error);
/* From the text of a settings file; `path` is for messages, and files that it names are relative to
 * its folder. */
tb_status tb_destinations_parse(tb_str text, const char *path, tb_destinations **ret_list,
                                tb_error *error);
void tb_destinations_free(tb_destinations *list); /* NULL is fine */

size_t tb_destinations_get(const tb_destinations *list, const tb_destination *const **ret);
const tb_destination *tb_destinations_find(const tb_destinations *list, tb_str name);

const char *tb_destination_kind_name(tb_destination_kind kind);

#endif
