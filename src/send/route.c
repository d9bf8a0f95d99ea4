/*
 * Opening a destination and counting what goes there.
 */
#include "send/route.h"

#include <stdio.h>

#include "base/limits.h"
#include "base/platform.h"
#include "send/secret.h"

static tb_problem lack_secret(tb_route *route, const char *place)
{
    tb_detail_set(route->detail, place);
    return TB_PROBLEM_NO_SECRET;
}

static const char *text_or_null(const tb_buffer *secret)
{
    return secret->size > 0 ? secret->data : NULL;
}

/* Names the variable or the file that could not be read; never what is in it. */
static tb_problem read_secrets(tb_route *route)
{
    tb_error error = {0};
    const tb_destination *destination = route->destination;
    if (tb_secret_read(&destination->password, &route->password, &error) != TB_OK ||
        tb_secret_read(&destination->token, &route->token, &error) != TB_OK)
        return lack_secret(route, error.where[0] != '\0' ? error.where : error.args);
    route->access =
        (tb_access){destination, text_or_null(&route->password), text_or_null(&route->token)};
    return TB_PROBLEM_NONE;
}

/* curl says little of a file that it can't read. */
static tb_problem look_for_files(tb_route *route)
{
    const tb_destination *destination = route->destination;
    const char *const files[] = {destination->ca, destination->certificate, destination->key};
    for (size_t i = 0; i < sizeof files / sizeof files[0]; i++) {
        if (files[i] != NULL && tb_platform_path_kind(files[i]) != TB_PATH_FILE)
            return lack_secret(route, files[i]);
    }
    if (destination->key != NULL && !tb_platform_is_private(destination->key))
        return lack_secret(route, destination->key);
    return TB_PROBLEM_NONE;
}

void tb_route_open(tb_route *route, tb_str name, const tb_destination *destination)
{
    *route = (tb_route){.name = name, .destination = destination};
    tb_buffer_init(&route->password, TB_MAX_SECRET_SIZE);
    tb_buffer_init(&route->token, TB_MAX_SECRET_SIZE);
    tb_buffer_init(&route->folders, TB_MAX_TEXT_SIZE);
    if (destination == NULL) {
        route->unusable = TB_PROBLEM_NO_DESTINATION;
        return;
    }
    route->unusable = read_secrets(route);
    if (route->unusable == TB_PROBLEM_NONE)
        route->unusable = look_for_files(route);
}

void tb_route_done(tb_route *route)
{
    tb_secret_done(&route->password);
    tb_secret_done(&route->token);
    tb_buffer_done(&route->folders);
}

size_t tb_route_room(const tb_route *route)
{
    if (route->stopped != TB_PROBLEM_NONE || route->paused_until > tb_platform_ticks())
        return 0;
    bool alone = route->unusable != TB_PROBLEM_NONE || route->is_probing;
    size_t most = alone ? 1 : route->destination->parallel;
    return most > route->active ? most - route->active : 0;
}
