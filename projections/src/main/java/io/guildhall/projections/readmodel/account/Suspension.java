package io.guildhall.projections.readmodel.account;

import java.time.Instant;

/**
 * A suspension that was not lifted.
 *
 * @param reason as the admin has stated it
 * @param by the account id of the admin
 */
public record Suspension(String accountId, String reason, String by, Instant since) {}
