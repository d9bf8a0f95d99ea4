/*
 * Why a submission is not delivered: a closed list. A problem has a name for programs and for the
 * outbox, says who must act, and whether it would hit every other submission to the same place too.
 */
#ifndef TB_SEND_PROBLEM_H
#define TB_SEND_PROBLEM_H

#include "base/message.h"

typedef enum tb_problem {
    TB_PROBLEM_NONE,
    /* passes by itself */
    TB_PROBLEM_NO_CONNECTION, /* no such host, nobody answers */
    TB_PROBLEM_TIMEOUT,       /* nothing moved for too long */
    TB_PROBLEM_CUT,           /* the connection broke off */
    TB_PROBLEM_BUSY,          /* 408, 425, 429, 503 */
    TB_PROBLEM_SERVER_ERROR,  /* 500, 502, 504 */
    TB_PROBLEM_STORED_WRONG,  /* what the server has is not what was sent */
    TB_PROBLEM_CANCELLED,     /* the user stopped it; nothing is wrong */
    TB_PROBLEM_LOCAL,         /* memory or disk of this machine */
    /* the user */
    TB_PROBLEM_NO_DESTINATION, /* the settings don't have it any more */
    TB_PROBLEM_NO_SECRET,      /* a password or a key can't be read */
    TB_PROBLEM_PASSWORD,       /* 401 */
    TB_PROBLEM_NAME_TAKEN,     /* another file has the name */
    TB_PROBLEM_COPY_DAMAGED,   /* the outbox' copy is not what was queued */
    /* the office that receives, or whoever runs its server */
    TB_PROBLEM_FORBIDDEN,   /* 403 */
    TB_PROBLEM_NO_FOLDER,   /* 404 of the address itself */
    TB_PROBLEM_TOO_LARGE,   /* 413 */
    TB_PROBLEM_NO_ROOM,     /* 507 */
    TB_PROBLEM_REFUSED,     /* 400, 415, 422 and other 4xx */
    TB_PROBLEM_ID_TAKEN,    /* another file was sent under this id */
    TB_PROBLEM_REDIRECT,    /* 3xx: never followed with a form */
    TB_PROBLEM_PROTOCOL,    /* an answer that no such server gives: a portal's page */
    TB_PROBLEM_CERTIFICATE, /* expired, for another host, not trusted, TLS too old */
    TB_PROBLEM_RECEIPT,     /* digest or signature of the receipt is wrong */
    TB_PROBLEM_COUNT
} tb_problem;

/* Who must act. */
typedef enum tb_actor { TB_ACTOR_TIME, TB_ACTOR_USER, TB_ACTOR_OFFICE } tb_actor;

typedef struct tb_problem_facts {
    const char *name; /* stable: for the outbox and for programs */
    tb_actor actor;
    bool hits_all; /* the batch to this destination stops */
    bool refusal;  /* it is this submission that the server does not want */
    tb_message message;
} tb_problem_facts;

/* What else is known of a problem: a status, curl's words, a file's name; never a secret. */
#define TB_DETAIL_SIZE 256
/* Copies a text, cut at a whole character. */
void tb_detail_set(char out[TB_DETAIL_SIZE], const char *text);

const tb_problem_facts *tb_problem_get(tb_problem problem);
/* By its name; TB_PROBLEM_LOCAL for a name of a later version. */
tb_problem tb_problem_find(tb_str name);
/* What a status of HTTP means; NONE for 2xx. */
tb_problem tb_problem_of_status(int status);

#endif
