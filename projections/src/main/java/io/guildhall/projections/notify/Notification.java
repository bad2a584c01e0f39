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
 * @param separateMailId the id of the e-mail that another process sends about the same event; empty if there is none
 * @param topic what equal notifications have in common: while they are unread, they are one entry of the list
 */
public record Notification(
        String id,
        String recipientId,
        NotificationKind kind,
        Optional<String> title,
        String detail,
        List<Link> links,
        Instant at,
        Optional<String> separateMailId,
        String topic) {
    public Notification {
        links = List.copyOf(links);
    }

    public Notification(
            String id,
            String recipientId,
            NotificationKind kind,
            Optional<String> title,
            String detail,
            List<Link> links,
            Instant at) {
        this(id, recipientId, kind, title, detail, links, at, Optional.empty(), topic(id, kind, links));
    }

    private static String topic(String id, NotificationKind kind, List<Link> links) {
        return kind.groupedBy()
                .flatMap(grouping ->
                        links.stream().filter(it -> it.kind() == grouping).findFirst())
                .map(Notification::topic)
                .orElse(id);
    }

    private static String topic(Link link) {
        return link.kind() + "/" + link.id();
    }

    /** A notification about a contract, for an e-mail only. */
    public static Notification ofContract(
            String id,
            String recipientId,
            NotificationKind kind,
            String title,
            String detail,
            String contractId,
            Instant at) {
        return new Notification(
                id, recipientId, kind, Optional.of(title), detail, List.of(Link.Kind.CONTRACT.link(contractId)), at);
    }

    /**
     * Unread messages of a room.
     *
     * @param number of the newest message
     * @param author the name of its author
     */
    public static Notification ofMessages(
            String recipientId, String roomId, long number, Optional<String> author, Instant at) {
        var kind = NotificationKind.MESSAGE_RECEIVED;
        return new Notification(
                id(roomId + "/" + number + "/" + recipientId + "/" + kind, at),
                recipientId,
                kind,
                author,
                "",
                List.of(Link.Kind.ROOM.link(roomId)),
                at);
    }

    /** The same notification, of which another process sends the e-mail with this id. */
    Notification mailedAs(String mailId) {
        return new Notification(id, recipientId, kind, title, detail, links, at, Optional.of(mailId), topic);
    }

    /** The same notification, which has this in common with equal ones, if its kind is grouped. */
    Notification groupedWith(Link subject) {
        return kind.groupedBy().isEmpty() ? this : withTopic(topic(subject));
    }

    public Notification withTopic(String newTopic) {
        return new Notification(id, recipientId, kind, title, detail, links, at, separateMailId, newTopic);
    }

    /** The first link of this kind. */
    public Optional<Link> link(Link.Kind linkKind) {
        return links.stream().filter(it -> it.kind() == linkKind).findFirst();
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
