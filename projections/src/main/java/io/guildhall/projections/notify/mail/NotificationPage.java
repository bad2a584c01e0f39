package io.guildhall.projections.notify.mail;

import io.guildhall.projections.notify.Notification;
import io.guildhall.projections.readmodel.notification.Link;
import java.util.List;

/**
 * The page that a notification leads to.
 *
 * @param titleOfUnknown what the notification is about, if its event does not contain the title
 */
record NotificationPage(String path, String label, String titleOfUnknown) {
    /** The first of these links decides. A milestone has no page. */
    private static final List<Link.Kind> ORDER = List.of(
            Link.Kind.CONTRACT, Link.Kind.ROOM, Link.Kind.INVITE, Link.Kind.JOB, Link.Kind.GIG, Link.Kind.FREELANCER);

    private static final NotificationPage LIST =
            new NotificationPage(Link.NOTIFICATIONS.path(), "Open your notifications", "your account");

    static NotificationPage of(Notification notification) {
        return ORDER.stream()
                .flatMap(it -> notification.link(it).stream())
                .findFirst()
                .flatMap(link -> link.kind().page().map(page -> of(link, page.path() + link.id())))
                .orElse(LIST);
    }

    private static NotificationPage of(Link link, String path) {
        return switch (link.kind()) {
            case CONTRACT -> new NotificationPage(path, "Open the contract", "a contract");
            case ROOM -> new NotificationPage(path, "Open the room", "the other party");
            case INVITE -> new NotificationPage(path, "Open the invite", "a job");
            case JOB -> new NotificationPage(path, "Open the job", "a job");
            case GIG -> new NotificationPage(path, "Open the gig", "a gig");
            case FREELANCER -> new NotificationPage(path, "Open the profile", "a freelancer");
            case PROPOSAL, MILESTONE, MESSAGE, SAVED_SEARCH -> LIST;
        };
    }
}
