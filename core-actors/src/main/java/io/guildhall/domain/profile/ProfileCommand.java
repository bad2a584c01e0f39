package io.guildhall.domain.profile;

/** Everything one may ask of a profile, whose entity has its account's identity. */
public sealed interface ProfileCommand {
    record Create(String handle, String name, String country) implements ProfileCommand {}

    /** @param revision that was seen when the edit began */
    record Edit(long revision, ProfileDetails details) implements ProfileCommand {}
}
