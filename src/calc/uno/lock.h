/*
 * The lock of lists that several threads of the office share. Held for moments only: never while
 * the office is called, which has a lock of its own.
 */
#ifndef TB_CALC_UNO_LOCK_H
#define TB_CALC_UNO_LOCK_H

void tb_lock(void);
void tb_unlock(void);

#endif
