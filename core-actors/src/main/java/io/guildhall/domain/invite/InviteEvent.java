package io.guildhall.domain.invite;

import io.guildhall.kernel.JournalName;
import io.guildhall.kernel.Journalled;
import io.guildhall.kernel.Personal;
import java.time.Instant;
import java.util.Optional;

/** Events of an invite, stored permanently: add new ones, never change existing ones. */
public sealed interface InviteEvent extends Journalled {
    InviteDetails letter();

    Instant at();

    @JournalName("invite.sent")
    record Sent(InviteDetails letter, Instant at) implements InviteEvent {}

    /** @param feeBasisPoints the fee of the contract; the oldest events do not have it */
    @JournalName("invite.accepted")
    record Accepted(InviteDetails letter, String contractId, Optional<Integer> feeBasisPoints, Instant at)
            implements InviteEvent {}

    @JournalName("invite.declined")
    record Declined(
            InviteDetails letter,
            @Personal(of = "letter.freelancerId") String why,
            Instant at) implements InviteEvent {}

    @JournalName("invite.withdrawn")
    record Withdrawn(InviteDetails letter, Instant at) implements InviteEvent {}

    @JournalName("invite.reminded")
    record Reminded(InviteDetails letter, Instant at) implements InviteEvent {}

    @JournalName("invite.expired")
    record Expired(InviteDetails letter, Instant at) implements InviteEvent {}

    @JournalName("invite.refused")
    record Refused(InviteDetails letter, String contractId, AcceptanceFailure why, Instant at) implements InviteEvent {}
}
