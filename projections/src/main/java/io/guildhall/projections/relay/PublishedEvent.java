package io.guildhall.projections.relay;

/**
 * An event for other systems: a record that is independent of the journal. It has no personal data except ids and
 * public names. A published component is never removed or renamed; a new one is optional. Each record has a JSON Schema
 * in the resources {@code schemas}.
 */
public sealed interface PublishedEvent
        permits PublishedUser, PublishedJob, PublishedContract, PublishedPayment, PublishedNotification {
    /** The id of the event's subject. Events with the same key are in the same partition. */
    String key();

    default Topic topic() {
        return switch (this) {
            case PublishedUser _ -> Topic.USERS;
            case PublishedJob _ -> Topic.JOBS;
            case PublishedContract _ -> Topic.CONTRACTS;
            case PublishedPayment _ -> Topic.PAYMENTS;
            case PublishedNotification _ -> Topic.NOTIFICATIONS;
        };
    }

    default String publishedName() {
        return getClass().getAnnotation(PublishedName.class).value();
    }
}
