package io.guildhall.domain.handle;

/** Everything one may ask of a handle. */
public sealed interface HandleCommand {
    record Claim(String accountId) implements HandleCommand {}
}
