package io.guildhall.domain.review;

import io.guildhall.kernel.JournalName;
import io.guildhall.kernel.Journalled;
import io.guildhall.kernel.Personal;
import java.time.Instant;

/** Events of a review, stored permanently: add new ones, never change existing ones. */
public sealed interface ReviewEvent extends Journalled {
    Subject subject();

    Instant at();

    @JournalName("review.opened")
    record Opened(Subject subject, Instant at) implements ReviewEvent {}

    /** Written and sealed: only its author can read it. */
    @JournalName("review.written")
    record Written(
            Subject subject,
            Ratings ratings,
            @Personal(of = "subject.subjectId") String text,
            Instant at) implements ReviewEvent {}

    @JournalName("review.revealed")
    record Revealed(
            Subject subject,
            Ratings ratings,
            @Personal(of = "subject.subjectId") String text,
            Instant at) implements ReviewEvent {}

    @JournalName("review.lapsed")
    record Lapsed(Subject subject, Instant at) implements ReviewEvent {}
}
