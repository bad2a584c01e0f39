package io.guildhall.domain.review;

/** Everything one may ask of a review. */
public sealed interface ReviewCommand {
    record Open(Subject subject) implements ReviewCommand {}

    record Write(String by, Ratings ratings, String text) implements ReviewCommand {}

    /** Both sides have written. */
    record Reveal() implements ReviewCommand {}

    /** The time for writing may be over. */
    record CloseWindow() implements ReviewCommand {}
}
