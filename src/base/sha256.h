/*
 * SHA-256 (FIPS 180-4), to tell whether data is still what it was.
 */
#ifndef TB_BASE_SHA256_H
#define TB_BASE_SHA256_H

#include "base/text.h"

#define TB_SHA256_SIZE 32

void tb_sha256(tb_str data, unsigned char out[TB_SHA256_SIZE]);

#endif
