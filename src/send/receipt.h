/*
 * Receipts: what is kept of a delivery and can be checked years later without a network. A receipt
 * is one JSON object (receipt.schema.json): what was sent where, the digest, how it was verified,
 * and, where the server gave one, its own receipt with its signature.
 */
#ifndef TB_SEND_RECEIPT_H
#define TB_SEND_RECEIPT_H

#include "send/destination.h"
#include "send/submission.h"

typedef struct tb_receipt_facts {
    bool was_there; /* an earlier try or another sender had delivered it */
    tb_str path;    /* at the server, below the address; empty: by the submission's id */
    tb_str number;  /* that the server gave to it; empty: none */
} tb_receipt_facts;

/* For servers that give none: the file was read back and had our digest. */
void tb_receipt_write_own(tb_buffer *out, const tb_destination *destination,
                          const tb_submission *submission, const tb_receipt_facts *facts);

typedef enum tb_receipt_verdict {
    TB_RECEIPT_SIGNED,      /* the digest is that of the file, and the signature is good */
    TB_RECEIPT_DIGEST_ONLY, /* the digest is that of the file; there is no signature or no key */
    TB_RECEIPT_OTHER_FILE,  /* it is for other bytes */
    TB_RECEIPT_FORGED,      /* the signature is wrong, or missing though there is a key */
    TB_RECEIPT_ILL_FORMED   /* no receipt at all */
} tb_receipt_verdict;

/* `key`: the destination's public key of Ed25519, or NULL. */
tb_receipt_verdict tb_receipt_verify(tb_str receipt, tb_str bytes,
                                     const unsigned char key[TB_RECEIPT_KEY_SIZE]);

/* The name of the destination that a receipt is of, copied and cut to `size`; false when it is
 * none. */
bool tb_receipt_find_destination(tb_str receipt, char *out, size_t size);

/*
 * A server's receipt of the HTTPS profile, as it came, for this submission. On success what is kept
 * is appended to `out`. With a key in the destination it must be signed.
 */
tb_receipt_verdict tb_receipt_write_server(tb_buffer *out, const tb_destination *destination,
                                           const tb_submission *submission, tb_str reply,
                                           const tb_receipt_facts *facts);

#endif
