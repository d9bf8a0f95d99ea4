/*
 * Nettle's SHA-256 in one call. Nettle is what GnuTLS computes with; linked statically, it brings
 * 10 KiB and no start-up of its own.
 */
#include "base/sha256.h"

#include <nettle/sha2.h>

void tb_sha256(tb_str data, unsigned char out[TB_SHA256_SIZE])
{
    struct sha256_ctx context;
    sha256_init(&context);
    sha256_update(&context, data.size, (const uint8_t *)data.data);
    sha256_digest(&context, TB_SHA256_SIZE, out);
}
