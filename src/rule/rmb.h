/*
 * Amounts of money in the numerals of contracts and vouchers (人民币大写): 壹仟零伍元叁角整.
 * After the basic rules for filling in bills and vouchers (正确填写票据和结算凭证的基本规定): 整
 * after 元 and 角 but not after 分, one 零 for zeros between digits. Where these leave a choice (零
 * for a 0 in the place of 元 or 万 before a digit), the shorter way is taken.
 */
#ifndef TB_RULE_RMB_H
#define TB_RULE_RMB_H

#include "base/buffer.h"
#include "base/decimal.h"

/* Appends the amount in 元, rounded half up to 分; a negative one begins with 负. False when it
 * is 10^16 元 or more. */
bool tb_rmb_append(tb_buffer *out, tb_decimal amount);

#endif
