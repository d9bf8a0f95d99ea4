/*
 * Asks curl's parser part by part.
 */
#include "send/url.h"

#include <curl/curl.h>
#include <string.h>

static bool has_part(CURLU *url, CURLUPart part)
{
    char *text = NULL;
    bool found = curl_url_get(url, part, &text, 0) == CURLUE_OK;
    curl_free(text);
    return found;
}

static bool part_is(CURLU *url, CURLUPart part, const char *wanted)
{
    char *text = NULL;
    bool same = curl_url_get(url, part, &text, 0) == CURLUE_OK && strcmp(text, wanted) == 0;
    curl_free(text);
    return same;
}

/* By name or number only: what a name means is for the name service to say, which may lie. */
static bool is_this_machine(CURLU *url)
{
    return part_is(url, CURLUPART_HOST, "localhost") || part_is(url, CURLUPART_HOST, "127.0.0.1") ||
           part_is(url, CURLUPART_HOST, "[::1]");
}

static tb_url_verdict judge(CURLU *url)
{
    bool plain = part_is(url, CURLUPART_SCHEME, "http");
    if (!plain && !part_is(url, CURLUPART_SCHEME, "https"))
        return TB_URL_NOT_SECURE;
    if (has_part(url, CURLUPART_USER) || has_part(url, CURLUPART_PASSWORD))
        return TB_URL_HAS_SECRET;
    if (has_part(url, CURLUPART_QUERY) || has_part(url, CURLUPART_FRAGMENT))
        return TB_URL_HAS_QUERY;
    return plain && !is_this_machine(url) ? TB_URL_NOT_SECURE : TB_URL_GOOD;
}

tb_url_verdict tb_url_check(const char *text)
{
    CURLU *url = curl_url();
    tb_url_verdict verdict = TB_URL_ILL_FORMED;
    if (url != NULL &&
        curl_url_set(url, CURLUPART_URL, text, CURLU_NON_SUPPORT_SCHEME) == CURLUE_OK)
        verdict = judge(url);
    curl_url_cleanup(url);
    return verdict;
}

bool tb_url_is_plain(const char *text)
{
    return strncmp(text, "http:", 5) == 0;
}
