package io.guildhall.domain.review;

/** Commands that a review accepts. */
public sealed interface ReviewCommand {
    record Open(Subject subject) implements ReviewCommand {}

    record Write(String by, Ratings ratings, String text) implements ReviewCommand {}

    /** Both parties have written their reviews. */
    record Reveal() implements ReviewCommand {}

    /** Sent when the review period is due to end. */
    record EndPeriod() implements ReviewCommand {}
}
