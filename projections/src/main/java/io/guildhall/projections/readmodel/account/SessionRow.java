package io.guildhall.projections.readmodel.account;

import java.time.Instant;
import java.util.Optional;

/**
 * A session that has not ended.
 *
 * @param device the user's name for it; empty if it has none
 * @param application the kind of program, such as “Firefox on Linux”
 * @param network where it was used last, such as {@code 203.0.113.0/24}
 */
public record SessionRow(
        String id,
        String accountId,
        Optional<String> device,
        String application,
        String network,
        Instant startedAt,
        Instant lastUsedAt,
        Instant expiresAt) {}
