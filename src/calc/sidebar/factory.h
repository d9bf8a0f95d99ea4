/*
 * Makes the sidebar's panel when the office asks for it (registry/Factories.xcu).
 */
#ifndef TB_CALC_SIDEBAR_FACTORY_H
#define TB_CALC_SIDEBAR_FACTORY_H

#include "calc/uno/object.h"

extern tb_class tb_panel_factory_class;

#endif
