package io.guildhall.domain.gig;

/** Everything one may ask of a gig. Only its freelancer may ask anything, and says so. */
public sealed interface GigCommand {
    String by();

    /** @param publish whether clients may order at once */
    record Post(String by, GigDetails details, boolean publish) implements GigCommand {}

    /** @param revision that was seen when the edit began */
    record Edit(String by, long revision, GigDetails details) implements GigCommand {}

    record Publish(String by) implements GigCommand {}

    record Pause(String by) implements GigCommand {}

    record Archive(String by) implements GigCommand {}
}
