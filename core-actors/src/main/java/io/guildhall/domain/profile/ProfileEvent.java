package io.guildhall.domain.profile;

import io.guildhall.kernel.JournalName;
import io.guildhall.kernel.Journalled;
import io.guildhall.kernel.Personal;
import java.time.Instant;

/** Events of a profile, stored permanently: add new ones, never change existing ones. */
public sealed interface ProfileEvent extends Journalled {
    Instant at();

    @JournalName("profile.created")
    record Created(@Personal String handle, @Personal String name, String country, Instant at)
            implements ProfileEvent {}

    @JournalName("profile.edited")
    record Edited(ProfileDetails details, Instant at) implements ProfileEvent {}

    /** @param reservedAt when the new handle was reserved for the account */
    @JournalName("profile.handle-changed")
    record HandleChanged(@Personal String from, @Personal String to, Instant reservedAt, Instant at)
            implements ProfileEvent {}
}
