package io.guildhall.projections.notify;

import io.guildhall.domain.contract.Deal;
import io.guildhall.projections.Recorded;
import io.guildhall.projections.readmodel.notification.Link;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** An event and its subject: the parts of a notification that do not depend on the recipient. */
record NotificationSubject(Recorded<?> recorded, Instant at, Optional<String> title, List<Link> links) {
    static NotificationSubject of(Recorded<?> recorded, Instant at, String title, Link... links) {
        return new NotificationSubject(recorded, at, Optional.of(title), List.of(links));
    }

    Notification to(String recipientId, NotificationKind kind) {
        return to(recipientId, kind, "");
    }

    Notification to(String recipientId, NotificationKind kind, String detail) {
        var id = Notification.id(recorded, recipientId, kind, at);
        return new Notification(id, recipientId, kind, title, detail, links, at);
    }

    List<Notification> toBoth(Deal deal, NotificationKind kind, String detail) {
        return List.of(to(deal.clientId(), kind, detail), to(deal.freelancerId(), kind, detail));
    }
}
