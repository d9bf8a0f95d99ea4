/*
 * The commands of the menu, the toolbar and the ribbon: URLs of our own scheme, org.tianbao:…
 */
#ifndef TB_CALC_COMMANDS_H
#define TB_CALC_COMMANDS_H

#include "calc/uno/object.h"

extern tb_class tb_commands_class;

#endif
