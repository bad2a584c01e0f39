package io.guildhall.adapter.postgres;

import io.guildhall.port.IdempotencyStore.Request;
import io.guildhall.port.IdempotencyStore.StoredResponse;
import java.util.Optional;

/**
 * A claim of an idempotency key, or the response to its request.
 *
 * @param response empty for a claim
 */
record IdempotencyWrite(Request request, Optional<StoredResponse> response) {}
