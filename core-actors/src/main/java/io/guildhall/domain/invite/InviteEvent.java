package io.guildhall.domain.invite;

import io.guildhall.kernel.JournalName;
import io.guildhall.kernel.Journalled;
import java.time.Instant;

/** Everything that can have happened to an invite. Journalled for ever: change only by adding. */
public sealed interface InviteEvent extends Journalled {
    Letter letter();

    Instant at();

    @JournalName("invite.sent")
    record Sent(Letter letter, Instant at) implements InviteEvent {}

    @JournalName("invite.accepted")
    record Accepted(Letter letter, String contractId, Instant at) implements InviteEvent {}

    @JournalName("invite.declined")
    record Declined(Letter letter, String why, Instant at) implements InviteEvent {}

    @JournalName("invite.withdrawn")
    record Withdrawn(Letter letter, Instant at) implements InviteEvent {}

    @JournalName("invite.reminded")
    record Reminded(Letter letter, Instant at) implements InviteEvent {}

    @JournalName("invite.expired")
    record Expired(Letter letter, Instant at) implements InviteEvent {}

    @JournalName("invite.refused")
    record Refused(Letter letter, String contractId, Refusal why, Instant at) implements InviteEvent {}
}
