package io.guildhall.projections.readmodel.account;

import java.time.Instant;
import java.util.List;

/**
 * An account in a list.
 *
 * @param email in canonical form
 */
public record AccountRow(
        String id,
        String email,
        String name,
        String country,
        List<String> roles,
        AccountStatus status,
        boolean isPremium,
        Instant registeredAt) {}
