/*
 * The process has a mutex for such uses; a thread may take it again while it holds it.
 */
#include "calc/uno/lock.h"

#include <osl/mutex.h>

void tb_lock(void)
{
    osl_acquireMutex(*osl_getGlobalMutex());
}

void tb_unlock(void)
{
    osl_releaseMutex(*osl_getGlobalMutex());
}
