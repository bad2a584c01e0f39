package io.guildhall.domain.handle;

import java.time.Instant;

/** Commands that a handle accepts. */
public sealed interface HandleCommand {
    String accountId();

    /** Gives a new account its first handle. */
    record Claim(String accountId, String handle) implements HandleCommand {}

    /** Reserves the handle for an account that wants to change its handle. */
    record Reserve(String accountId, String handle) implements HandleCommand {}

    /** The profile of the account has the reserved handle. */
    record Confirm(String accountId, Instant reservedAt) implements HandleCommand {}

    /** The profile of the account did not get the reserved handle. */
    record Cancel(String accountId, Instant reservedAt) implements HandleCommand {}

    /**
     * The profile of the account has another handle.
     *
     * @param reservedAt when the other handle was reserved
     * @param until when the redirect ends
     */
    record Redirect(String accountId, Instant reservedAt, Instant until) implements HandleCommand {}
}
