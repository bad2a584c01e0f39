package io.guildhall.domain.gig;

/** Commands that a gig accepts, from its freelancer only. */
public sealed interface GigCommand {
    /** The caller. */
    String by();

    /** @param publish whether the gig is published immediately; otherwise it stays a draft */
    record Post(String by, GigDetails details, boolean publish) implements GigCommand {}

    /** @param revision the revision that the caller has read */
    record Edit(String by, long revision, GigDetails details) implements GigCommand {}

    record Publish(String by) implements GigCommand {}

    record Pause(String by) implements GigCommand {}

    record Archive(String by) implements GigCommand {}
}
