package io.guildhall.projections.relay;

import java.util.List;

/** Published events of notifications, without their texts. */
public sealed interface PublishedNotification extends PublishedEvent {

    /**
     * A resource that a notification is about.
     *
     * @param id of the resource; for a milestone, its number within the linked contract
     */
    record Link(String kind, String id) {}

    /**
     * @param kind a constant such as {@code PROPOSAL_RECEIVED}
     * @param links the most specific last
     */
    @PublishedName("notification.created")
    record Created(String notificationId, String recipientId, String kind, List<Link> links)
            implements PublishedNotification {
        @Override
        public String key() {
            return recipientId;
        }
    }
}
