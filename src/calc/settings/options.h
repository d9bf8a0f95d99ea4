/*
 * The page Tianbao in Tools - Options.
 */
#ifndef TB_CALC_SETTINGS_OPTIONS_H
#define TB_CALC_SETTINGS_OPTIONS_H

#include "calc/uno/object.h"

extern tb_class tb_options_class; /* service org.tianbao.Options, named in OptionsDialog.xcu */

#endif
