/*
 * Where copies of mailed documents are kept: the folder 填报邮件 ("Tianbao Mail") among the user's
 * documents, in it a folder for each copy, named by its time, so that a copy can have the name that
 * the message gives it. A mail program may read the copy long after it was handed on, so copies
 * stay for TB_COPY_DAYS days; older ones are removed when the next copy is made.
 */
#ifndef TB_CALC_MAIL_COPY_FOLDER_H
#define TB_CALC_MAIL_COPY_FOLDER_H

#include "base/message.h"
#include "calc/uno/calls.h"

#define TB_COPY_DAYS 90

/* Makes a new folder for one copy and removes old ones. *ret_url lies in the arena. The error
 * names the folder that could not be made. */
tb_status tb_copy_folder_make(uno_Interface *context, tb_language language, tb_arena *arena,
                              tb_str *ret_url, tb_error *error);

/* The URL of a file in the folder, in the arena; .data is NULL when memory ran out. */
tb_str tb_copy_folder_file(tb_str folder_url, tb_str name, tb_arena *arena);

#endif
