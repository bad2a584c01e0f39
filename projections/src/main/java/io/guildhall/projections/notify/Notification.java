package io.guildhall.projections.notify;

import io.guildhall.kernel.Ids;
import io.guildhall.kernel.Sha256;
import io.guildhall.projections.Recorded;
import io.guildhall.projections.readmodel.notification.Link;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A notification to one user about one event.
 *
 * @param id derived from the event and the recipient, and sortable by time: the same notification always has the same
 *     id
 * @param title of the job, contract or milestone; empty if the event does not carry it
 * @param detail a reason, a note, a code or the name of a saved search; empty if there is none
 * @param links to what it is about, the most specific last
 */
public record Notification(
        String id,
        String recipientId,
        NotificationKind kind,
        Optional<String> title,
        String detail,
        List<Link> links,
        Instant at) {
    public Notification {
        links = List.copyOf(links);
    }

    /** The contract that it is about, if it is about one. */
    public Optional<String> contractId() {
        return links.stream()
                .filter(it -> it.kind() == Link.Kind.CONTRACT)
                .map(Link::id)
                .findFirst();
    }

    /** The id of the notification of this kind that this event causes for this recipient. */
    static String id(Recorded<?> recorded, String recipientId, NotificationKind kind, Instant at) {
        return id(recorded.entityId() + "/" + recorded.sequence() + "/" + recipientId + "/" + kind, at);
    }

    /** @param identity what makes the notification unique: the same identity at the same time gives the same id */
    static String id(String identity, Instant at) {
        return Ids.generate("ntf", at, ByteBuffer.wrap(Sha256.digest(identity))::getLong);
    }
}
