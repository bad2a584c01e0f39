package io.guildhall.domain.handle;

/** Commands that a handle accepts. */
public sealed interface HandleCommand {
    record Claim(String accountId) implements HandleCommand {}
}
