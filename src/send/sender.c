/*
 * The loop: fill the routes, work, look at replies, record. A job is one delivery with its memory;
 * jobs are kept for the next delivery.
 */
#include "send/sender.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/limits.h"
#include "base/platform.h"
#include "send/delivery.h"
#include "send/retry.h"
#include "send/route.h"

#define LOOK_TIME       200   /* milliseconds between two looks at whether it is cancelled */
#define RENEW_TIME      20000 /* milliseconds between two renewals of leases */
#define DIFFERENT_CLOCK 60000 /* milliseconds */
#define MAX_JOB_MEMORY  (TB_MAX_OUTPUT_SIZE + TB_MAX_QUEUE_MEMORY)

typedef struct job {
    struct job *next; /* in the list of idle, or of active ones */
    tb_arena arena;
    tb_buffer bytes;
    tb_outbox_item *item;
    tb_delivery delivery;
    tb_route *route;
} job;

struct tb_sender {
    tb_outbox *outbox;
    const tb_destinations *destinations;
    tb_transport *transport;
    tb_arena arena; /* of the routes of a run */
    size_t route_count;
    tb_route *routes;
    job *idle, *active;
    const tb_sender_options *options; /* of the run */
    int64_t started, renewed, filled; /* by tb_platform_ticks */
    bool is_waiting;                  /* this was told */
};

/* ---- telling ---- */

static void tell(tb_sender *self, const tb_sender_event *event)
{
    if (self->options->tell != NULL)
        self->options->tell(self->options->context, event);
}

static void stop_route(tb_sender *self, tb_route *route, tb_problem problem, const char *detail)
{
    if (route->stopped != TB_PROBLEM_NONE)
        return;
    route->stopped = problem;
    tb_sender_event event = {.kind = TB_SENDER_STOPPED,
                             .destination = route->name.data,
                             .problem = problem,
                             .detail = detail};
    tell(self, &event);
}

/* ---- jobs ---- */

static job *take_job(tb_sender *self)
{
    job *made = self->idle;
    if (made != NULL) {
        self->idle = made->next;
        return made;
    }
    made = calloc(1, sizeof *made);
    if (made == NULL)
        return NULL;
    tb_arena_init(&made->arena, MAX_JOB_MEMORY);
    tb_buffer_init(&made->bytes, TB_MAX_FILE_SIZE);
    return made;
}

static void free_jobs(job *list)
{
    while (list != NULL) {
        job *next = list->next;
        tb_arena_done(&list->arena);
        tb_buffer_done(&list->bytes);
        free(list);
        list = next;
    }
}

static void put_idle(tb_sender *self, job *done)
{
    tb_arena_reset(&done->arena);
    done->next = self->idle;
    self->idle = done;
}

static void unlink_active(tb_sender *self, const job *done)
{
    job **at = &self->active;
    while (*at != NULL && *at != done)
        at = &(*at)->next;
    if (*at != NULL)
        *at = done->next;
}

static void end_job(tb_sender *self, job *done)
{
    unlink_active(self, done);
    done->route->active--;
    tb_delivery_done(&done->delivery);
    put_idle(self, done);
}

/* ---- how deliveries end ---- */

static int64_t find_wait(const tb_delivery *delivery)
{
    uint64_t chance = 0;
    if (tb_problem_get(delivery->problem)->actor != TB_ACTOR_TIME ||
        delivery->problem == TB_PROBLEM_CANCELLED)
        return 0;
    tb_platform_random(&chance, sizeof chance);
    return tb_retry_wait(delivery->attempts, delivery->retry_after, chance);
}

/* What would hit all others too ends the route, or lets it rest where time helps. */
static void spread(tb_sender *self, job *failed, int64_t wait)
{
    const tb_problem_facts *facts = tb_problem_get(failed->delivery.problem);
    if (!facts->hits_all)
        return;
    if (facts->actor != TB_ACTOR_TIME) {
        stop_route(self, failed->route, failed->delivery.problem, failed->delivery.detail);
        return;
    }
    int64_t until = tb_platform_ticks() + wait;
    if (failed->route->paused_until < until)
        failed->route->paused_until = until;
    failed->route->is_probing = true;
}

static tb_status record_failure(tb_sender *self, job *failed, tb_error *error)
{
    tb_delivery *delivery = &failed->delivery;
    int64_t wait = find_wait(delivery);
    tb_status status =
        tb_outbox_failed(self->outbox, failed->item->submission.id, delivery->problem,
                         tb_str_of(delivery->detail), wait, error);
    if (status != TB_OK)
        return status;
    failed->item->problem = delivery->problem;
    failed->item->state = tb_outbox_state_after(delivery->problem);
    tb_sender_event event = {.kind = TB_SENDER_FAILED,
                             .item = failed->item,
                             .destination = failed->route->name.data,
                             .problem = delivery->problem,
                             .detail = delivery->detail,
                             .wait = wait};
    tell(self, &event);
    spread(self, failed, wait);
    return TB_OK;
}

static tb_status record_receipt(tb_sender *self, job *done, tb_error *error)
{
    tb_str receipt = tb_buffer_get(&done->delivery.receipt);
    tb_status status = tb_outbox_delivered(self->outbox, done->item->submission.id, receipt, error);
    if (status != TB_OK)
        return status;
    done->item->state = TB_OUTBOX_DELIVERED;
    done->item->receipt = receipt;
    done->route->is_probing = false;
    tb_sender_event event = {
        .kind = TB_SENDER_DELIVERED, .item = done->item, .destination = done->route->name.data};
    tell(self, &event);
    return TB_OK;
}

/* Goes on with a job, and ends it where that was the last step. */
static tb_status go_on(tb_sender *self, job *current, tb_step step, tb_error *error)
{
    tb_status status = TB_OK;
    if (step == TB_STEP_ASK) {
        status = tb_transport_start(self->transport, &current->route->access,
                                    &current->delivery.request, current, error);
        if (status == TB_OK)
            return TB_OK;
        step = tb_delivery__fail(&current->delivery, TB_PROBLEM_LOCAL, "");
    }
    status = step == TB_STEP_DELIVERED ? record_receipt(self, current, error)
                                       : record_failure(self, current, error);
    end_job(self, current);
    return status;
}

/* ---- how they begin ---- */

static tb_step begin(tb_sender *self, job *current)
{
    tb_delivery *delivery = &current->delivery;
    tb_error error = {0};
    if (current->route->unusable != TB_PROBLEM_NONE)
        return tb_delivery__fail(delivery, current->route->unusable, current->route->detail);
    tb_status status =
        tb_outbox_read(self->outbox, &current->item->submission, &current->bytes, &error);
    if (status == TB_NO_MEMORY)
        return tb_delivery__fail(delivery, TB_PROBLEM_LOCAL, "");
    if (status != TB_OK)
        return tb_delivery__fail(delivery, TB_PROBLEM_COPY_DAMAGED, "");
    delivery->bytes = tb_buffer_get(&current->bytes);
    delivery->attempts = current->item->attempts;
    return tb_delivery_begin(delivery);
}

/* Without its destination a delivery can only fail, but it needs one to be made. */
static tb_status start_job(tb_sender *self, tb_route *route, job *current, tb_error *error)
{
    static const tb_destination nowhere = {.name = "", .url = "", .path = ""};
    const tb_destination *destination = route->destination != NULL ? route->destination : &nowhere;
    tb_status status = tb_delivery_init(&current->delivery, destination, &current->item->submission,
                                        &route->folders, error);
    current->route = route;
    current->next = self->active;
    self->active = current;
    route->active++;
    if (status == TB_OK)
        return go_on(self, current, begin(self, current), error);
    end_job(self, current);
    return status;
}

/* *ret_started is false when nothing is due on this route. */
static tb_status start_next(tb_sender *self, tb_route *route, bool *ret_started, tb_error *error)
{
    tb_outbox_item *item = NULL;
    job *current = take_job(self);
    *ret_started = false;
    if (current == NULL)
        return tb_error_memory(error);
    tb_status status =
        tb_outbox_lease(self->outbox, route->name.data, &current->arena, &item, error);
    if (status != TB_OK || item == NULL) {
        put_idle(self, current);
        return status;
    }
    current->item = item;
    *ret_started = true;
    self->is_waiting = false;
    return start_job(self, route, current, error);
}

static tb_status fill_routes(tb_sender *self, tb_error *error)
{
    tb_status status = TB_OK;
    for (size_t i = 0; i < self->route_count; i++) {
        bool started = true;
        while (started && status == TB_OK && tb_route_room(&self->routes[i]) > 0)
            status = start_next(self, &self->routes[i], &started, error);
    }
    return status;
}

/* ---- the run ---- */

static tb_status open_routes(tb_sender *self, tb_error *error)
{
    tb_str *names = NULL;
    size_t count = 0;
    tb_arena_reset(&self->arena);
    tb_status status = tb_outbox_destinations(self->outbox, &self->arena, &names, &count, error);
    if (status != TB_OK)
        return status;
    self->routes = tb_arena_array(&self->arena, count + 1, sizeof *self->routes);
    if (self->routes == NULL)
        return tb_error_memory(error);
    for (size_t i = 0; i < count; i++) {
        tb_route *route = &self->routes[self->route_count++];
        tb_route_open(route, names[i], tb_destinations_find(self->destinations, names[i]));
    }
    return TB_OK;
}

static void close_routes(tb_sender *self)
{
    for (size_t i = 0; i < self->route_count; i++)
        tb_route_done(&self->routes[i]);
    self->route_count = 0;
}

/* Milliseconds until something can be done on the route; -1: never. What another process is
 * sending is looked at again in a while. */
static tb_status find_route_wait(tb_sender *self, const tb_route *route, int64_t *ret,
                                 tb_error *error)
{
    tb_outbox_batch batch;
    *ret = -1;
    if (route->stopped != TB_PROBLEM_NONE)
        return TB_OK;
    tb_status status = tb_outbox_look(self->outbox, route->name.data, &batch, error);
    if (status != TB_OK)
        return status;
    int64_t pause = route->paused_until - tb_platform_ticks();
    if (batch.wait >= 0)
        *ret = batch.wait > pause ? batch.wait : pause;
    else if (batch.by_state[TB_OUTBOX_SENDING] > 0)
        *ret = LOOK_TIME;
    return TB_OK;
}

static tb_status find_wait_of_all(tb_sender *self, int64_t *ret, tb_error *error)
{
    tb_status status = TB_OK;
    *ret = -1;
    for (size_t i = 0; i < self->route_count && status == TB_OK; i++) {
        int64_t wait = -1;
        status = find_route_wait(self, &self->routes[i], &wait, error);
        if (wait >= 0 && (*ret < 0 || wait < *ret))
            *ret = wait;
    }
    return status;
}

/* Nothing is under way: is it worth waiting? */
static tb_status rest(tb_sender *self, bool *ret_over, tb_error *error)
{
    int64_t wait = -1;
    tb_status status = find_wait_of_all(self, &wait, error);
    int64_t left = self->started + self->options->patience - tb_platform_ticks();
    *ret_over = status != TB_OK || wait < 0 || wait > left;
    if (*ret_over)
        return status;
    if (!self->is_waiting) {
        tb_sender_event event = {.kind = TB_SENDER_WAITING, .wait = wait};
        tell(self, &event);
        self->is_waiting = true;
    }
    tb_transport_work(self->transport, wait < LOOK_TIME ? wait : LOOK_TIME);
    return TB_OK;
}

/* Replies that are there, and what can be begun since: one step of the outbox. */
static tb_status settle(tb_sender *self, job *first, const tb_reply *reply, tb_error *error)
{
    job *current = first;
    tb_status status = tb_outbox_begin(self->outbox, error);
    if (status != TB_OK)
        return status;
    while (status == TB_OK && current != NULL) {
        status = go_on(self, current, tb_delivery_proceed(&current->delivery, reply), error);
        if (status == TB_OK)
            current = tb_transport_take(self->transport, &reply);
    }
    if (status == TB_OK)
        status = fill_routes(self, error);
    self->filled = tb_platform_ticks();
    return tb_outbox_end(self->outbox, status, error);
}

static tb_status work(tb_sender *self, tb_error *error)
{
    const tb_reply *reply = NULL;
    tb_status status = TB_OK;
    tb_transport_work(self->transport, LOOK_TIME);
    job *first = tb_transport_take(self->transport, &reply);
    if (first != NULL || tb_platform_ticks() - self->filled > LOOK_TIME)
        status = settle(self, first, reply, error);
    if (status == TB_OK && tb_platform_ticks() - self->renewed > RENEW_TIME) {
        self->renewed = tb_platform_ticks();
        status = tb_outbox_renew(self->outbox, error);
    }
    return status;
}

/* Breaks off what is under way; it stays queued. */
static void break_off(tb_sender *self)
{
    tb_transport_free(self->transport);
    self->transport = NULL;
    while (self->active != NULL) {
        job *current = self->active;
        tb_outbox_failed(self->outbox, current->item->submission.id, TB_PROBLEM_CANCELLED,
                         TB_STR(""), 0, NULL);
        end_job(self, current);
    }
}

static bool is_cancelled(const tb_sender *self)
{
    return self->options->is_cancelled != NULL &&
           self->options->is_cancelled(self->options->context);
}

static tb_status run_routes(tb_sender *self, tb_error *error)
{
    bool over = false;
    tb_status status = tb_outbox_take_over(self->outbox, error);
    if (status == TB_OK)
        status = open_routes(self, error);
    while (status == TB_OK && !over && !is_cancelled(self)) {
        if (self->active == NULL)
            status = settle(self, NULL, NULL, error);
        if (status == TB_OK)
            status = self->active != NULL ? work(self, error) : rest(self, &over, error);
    }
    return status;
}

tb_status tb_sender_run(tb_sender *self, const tb_sender_options *options, tb_error *error)
{
    tb_status status = TB_OK;
    self->options = options;
    self->started = self->renewed = tb_platform_ticks();
    self->is_waiting = false;
    if (self->transport == NULL)
        status = tb_transport_new(&self->transport, error);
    if (status == TB_OK)
        status = run_routes(self, error);
    if (self->active != NULL)
        break_off(self);
    close_routes(self);
    return status;
}

/* ---- trying out ---- */

static void note_reply(tb_trial *trial, const tb_reply *reply)
{
    if (!reply->has_clock)
        return;
    trial->clock_ahead = reply->clock_ahead;
    trial->clock_differs =
        reply->clock_ahead > DIFFERENT_CLOCK || reply->clock_ahead < -DIFFERENT_CLOCK;
}

static tb_status run_trial(tb_sender *self, const tb_route *route, tb_delivery *delivery,
                           tb_trial *trial, tb_error *error)
{
    tb_status status = TB_OK;
    tb_step step = tb_delivery_begin(delivery);
    while (step == TB_STEP_ASK && status == TB_OK) {
        const tb_reply *reply = NULL;
        status = tb_transport_start(self->transport, &route->access, &delivery->request, delivery,
                                    error);
        while (status == TB_OK && tb_transport_take(self->transport, &reply) == NULL)
            tb_transport_work(self->transport, LOOK_TIME);
        if (status == TB_OK) {
            note_reply(trial, reply);
            step = tb_delivery_proceed(delivery, reply);
        }
    }
    trial->problem = step == TB_STEP_DELIVERED ? TB_PROBLEM_NONE : delivery->problem;
    tb_detail_set(trial->detail, delivery->detail);
    return status;
}

tb_status tb_sender_try(tb_sender *self, const tb_destination *destination, tb_trial *ret_trial,
                        tb_error *error)
{
    tb_route route;
    tb_delivery delivery;
    tb_trial trial = {0};
    tb_status status = TB_OK;
    if (self->transport == NULL)
        status = tb_transport_new(&self->transport, error);
    if (status != TB_OK)
        return status;
    tb_route_open(&route, tb_str_of(destination->name), destination);
    trial.problem = route.unusable;
    tb_detail_set(trial.detail, route.detail);
    status = tb_delivery_init(&delivery, destination, NULL, &route.folders, error);
    if (status == TB_OK && trial.problem == TB_PROBLEM_NONE)
        status = run_trial(self, &route, &delivery, &trial, error);
    tb_delivery_done(&delivery);
    tb_route_done(&route);
    if (status == TB_OK)
        *ret_trial = trial;
    return status;
}

/* ---- the sender ---- */

tb_status tb_sender_new(tb_outbox *outbox, const tb_destinations *destinations,
                        tb_sender **ret_sender, tb_error *error)
{
    tb_sender *self = calloc(1, sizeof *self);
    if (self == NULL)
        return tb_error_memory(error);
    self->outbox = outbox;
    self->destinations = destinations;
    tb_arena_init(&self->arena, TB_MAX_QUEUE_MEMORY);
    *ret_sender = self;
    return TB_OK;
}

void tb_sender_free(tb_sender *self)
{
    if (self == NULL)
        return;
    tb_transport_free(self->transport);
    free_jobs(self->idle);
    tb_arena_done(&self->arena);
    free(self);
}
