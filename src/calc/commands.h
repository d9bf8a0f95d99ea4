/*
 * The commands of the menu, the toolbar and the ribbon: URLs of our own scheme, org.tianbao:…
 */
#ifndef TB_CALC_COMMANDS_H
#define TB_CALC_COMMANDS_H

#include "calc/uno/object.h"

/* What decides about a command has changed, other than the documents themselves: whoever shows one
 * is told whether it can run now. From any thread. */
void tb_commands_tell(void);

extern tb_class tb_commands_class;

#endif
