/*
 * Addresses of servers: what may be sent to. Parsed by curl, so that what is checked is what is
 * called.
 */
#ifndef TB_SEND_URL_H
#define TB_SEND_URL_H

#include "base/text.h"

typedef enum tb_url_verdict {
    TB_URL_GOOD,
    TB_URL_ILL_FORMED,
    TB_URL_NOT_SECURE, /* not https; http is good for this machine only */
    TB_URL_HAS_SECRET, /* a user or a password in it */
    TB_URL_HAS_QUERY   /* something behind ? or # */
} tb_url_verdict;

tb_url_verdict tb_url_check(const char *url);
/* Whether it is http, and so to this machine. */
bool tb_url_is_plain(const char *url);

#endif
