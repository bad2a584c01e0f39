package io.guildhall.domain.gig;

import io.guildhall.kernel.JournalName;
import io.guildhall.kernel.Journalled;
import java.time.Instant;

/** Events of a gig, stored permanently: add new ones, never change existing ones. */
public sealed interface GigEvent extends Journalled {
    Instant at();

    @JournalName("gig.posted")
    record Posted(String freelancerId, GigDetails details, Instant at) implements GigEvent {}

    @JournalName("gig.edited")
    record Edited(GigDetails details, Instant at) implements GigEvent {}

    /** Published for the first time, or again after a pause. */
    @JournalName("gig.published")
    record Published(Instant at) implements GigEvent {}

    @JournalName("gig.paused")
    record Paused(Instant at) implements GigEvent {}

    @JournalName("gig.archived")
    record Archived(Instant at) implements GigEvent {}
}
