/*
 * File ▸ Send: the office's own commands for mailing a document go through our check, where the
 * document is a form that we know and the setting CheckFileSend is on. A job adds an interceptor to
 * each frame that shows a spreadsheet; it is asked about these commands only, and whether there is
 * a form is looked at when one is run, so that other workbooks cost nothing.
 */
#ifndef TB_CALC_MAIL_FILE_SEND_H
#define TB_CALC_MAIL_FILE_SEND_H

#include "calc/uno/object.h"

/* The job, run for each new view of a spreadsheet: registry/Jobs.xcu. */
extern tb_class tb_file_send_job_class;

extern tb_class tb_send_interceptor_class;

#endif
