/*
 * What the office knows about itself and about us: the language of its user interface, where our
 * package was put.
 */
#ifndef TB_CALC_OFFICE_H
#define TB_CALC_OFFICE_H

#include "base/message.h"
#include "calc/uno/calls.h"

#define TB_EXTENSION_ID "org.tianbao.calc"

/* The language of the user interface; English where it is neither Chinese nor English. */
tb_language tb_office_language(uno_Interface *context);

/* The configuration below a path, for reading or also for changing it; borrowed from the calls. */
uno_Interface *tb_office_configuration(tb_calls *calls, uno_Interface *context, const char *path,
                                       bool for_update);

/* The URL of a file in our package; .data is NULL after a failure, which calls remembers. */
tb_str tb_office_package_url(tb_calls *calls, uno_Interface *context, const char *file,
                             tb_arena *arena);

/* The system's path of a file URL; .data is NULL when it is none. */
tb_str tb_office_system_path(const rtl_uString *url, tb_arena *arena);

/* Opens a folder or a page by the system's program for it. */
tb_status tb_office_show(uno_Interface *context, tb_str url, tb_error *error);

/* The user's name as the office knows it (Tools - Options - User Data), or the empty text. */
tb_str tb_office_user_name(uno_Interface *context, tb_arena *arena);

#define TB_DATE_SIZE 16
/* Today where the user is: 2025-11-18. */
tb_str tb_office_today(char out[TB_DATE_SIZE]);

#endif
