package io.guildhall.projections.readmodel.admin;

import java.time.Instant;
import java.util.Optional;

/**
 * An action on an account, of an admin, an operator or its owner. It is never changed.
 *
 * @param id made of the account's id and the number of the event
 * @param by the account id of the admin or owner, or {@link #OPERATOR}
 * @param reason as the admin has stated it; absent for requests of owners, and for actions older than the log
 */
public record AdminLogEntry(
        String id, Instant at, String accountId, Action action, String by, Optional<String> reason) {
    /** Commands at the command line, which name no person. */
    public static final String OPERATOR = "operator";

    /** Stored by these names, which never change. */
    public enum Action {
        SUSPENDED,
        SUSPENSION_LIFTED,
        ADMIN_GRANTED,
        ADMIN_REVOKED,
        PREMIUM_GRANTED,
        PREMIUM_ENDED,
        /** By the owner. */
        DATA_EXPORT_REQUESTED
    }
}
