package io.guildhall.domain.profile;

import java.time.Instant;

/** Commands that a profile accepts. Its entity has the identity of its account. */
public sealed interface ProfileCommand {
    record Create(String handle, String name, String country) implements ProfileCommand {}

    /** @param revision the revision that the caller has read */
    record Edit(long revision, ProfileDetails details) implements ProfileCommand {}

    /** @param reservedAt when the handle was reserved for the account */
    record ChangeHandle(String handle, Instant reservedAt) implements ProfileCommand {}
}
