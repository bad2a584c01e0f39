package io.guildhall.domain.review;

import io.guildhall.kernel.JournalName;
import io.guildhall.kernel.Journalled;
import java.time.Instant;

/** Everything that can have happened to a review. Journalled for ever: change only by adding. */
public sealed interface ReviewEvent extends Journalled {
    Subject subject();

    Instant at();

    @JournalName("review.opened")
    record Opened(Subject subject, Instant at) implements ReviewEvent {}

    /** Written, and not yet to be shown to anybody but its author. */
    @JournalName("review.written")
    record Written(Subject subject, Ratings ratings, String text, Instant at) implements ReviewEvent {}

    @JournalName("review.revealed")
    record Revealed(Subject subject, Ratings ratings, String text, Instant at) implements ReviewEvent {}

    @JournalName("review.lapsed")
    record Lapsed(Subject subject, Instant at) implements ReviewEvent {}
}
