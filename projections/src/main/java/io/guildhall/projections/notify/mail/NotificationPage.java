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
            new NotificationPage("/notifications", "Open your notifications", "your account");

    static NotificationPage of(Notification notification) {
        return ORDER.stream()
                .flatMap(it -> notification.link(it).stream())
                .findFirst()
                .map(NotificationPage::of)
                .orElse(LIST);
    }

    private static NotificationPage of(Link link) {
        return switch (link.kind()) {
            case CONTRACT -> new NotificationPage("/contracts/" + link.id(), "Open the contract", "a contract");
            case ROOM -> new NotificationPage("/rooms/" + link.id(), "Open the room", "the other party");
            case INVITE -> new NotificationPage("/invites/" + link.id(), "Open the invite", "a job");
            case JOB -> new NotificationPage("/jobs/" + link.id(), "Open the job", "a job");
            case GIG -> new NotificationPage("/gigs/" + link.id(), "Open the gig", "a gig");
            case FREELANCER -> new NotificationPage("/freelancers/" + link.id(), "Open the profile", "a freelancer");
            case PROPOSAL, MILESTONE, MESSAGE, SAVED_SEARCH -> LIST;
        };
    }
}
