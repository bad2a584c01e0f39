package io.guildhall.http.route.notification;

import io.guildhall.http.endpoint.Problem;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** Marks notifications as read, and shows the counters to all connections of the account. */
public interface NotificationMarkUpdates {
    /**
     * Marks one entry.
     *
     * @param through the newest notification that the account has seen; an entry with a newer one stays unread
     * @throws Problem (in the stage) 404 if the account has no such entry
     */
    CompletionStage<Void> markRead(String accountId, String entryId, Optional<String> through);

    /** Marks all entries that have no newer notification than {@code through}. */
    CompletionStage<Void> markAllRead(String accountId, Optional<String> through);
}
