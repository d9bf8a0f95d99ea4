/*
 * Something to be done in the office's main loop after a pause. Setting an alarm again moves it,
 * so that it rings once things have been quiet for that long. A thread waits only while an alarm
 * is set.
 */
#ifndef TB_CALC_ALARM_H
#define TB_CALC_ALARM_H

#include "calc/uno/object.h"

typedef struct tb_alarm tb_alarm;

typedef void (*tb_alarm_ring)(void *self);

tb_status tb_alarm_new(uno_Interface *context, void *self, tb_alarm_ring ring, tb_alarm **ret_alarm,
                       tb_error *error); /* the caller frees it */
/* It never rings after this. NULL is fine. */
void tb_alarm_free(tb_alarm *alarm);

void tb_alarm_set(tb_alarm *alarm, uint32_t milliseconds);
void tb_alarm_cancel(tb_alarm *alarm);

extern tb_class tb_alarm_class;

#endif
