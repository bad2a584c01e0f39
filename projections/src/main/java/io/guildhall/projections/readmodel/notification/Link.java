package io.guildhall.projections.readmodel.notification;

import java.util.Optional;

/**
 * A resource that a notification refers to.
 *
 * @param id its id; for a milestone or message, its number within the linked contract or room, from 1
 */
public record Link(Kind kind, String id) {
    /**
     * A page of the web client.
     *
     * @param path of the page, before the id
     * @param apiPath of the resource that it shows, before the id
     */
    public record Page(String path, String apiPath) {
        private static Page of(String name) {
            return new Page("/" + name + "/", "/api/" + name + "/");
        }
    }

    /** The page of all notifications. */
    public static final Page NOTIFICATIONS = new Page("/notifications", "/api/me/notifications");

    /** Stored and sent by these names, which never change. */
    public enum Kind {
        JOB(Page.of("jobs")),
        PROPOSAL(),
        INVITE(Page.of("invites")),
        CONTRACT(Page.of("contracts")),
        MILESTONE(),
        GIG(Page.of("gigs")),
        FREELANCER(new Page("/freelancers/", "/api/profiles/")),
        SAVED_SEARCH(),
        ROOM(Page.of("rooms")),
        MESSAGE();

        private final Optional<Page> page;

        Kind() {
            this.page = Optional.empty();
        }

        Kind(Page page) {
            this.page = Optional.of(page);
        }

        /** Where the web client shows a resource of this kind; empty if it has no page of its own. */
        public Optional<Page> page() {
            return page;
        }

        public Link link(String id) {
            return new Link(this, id);
        }
    }
}
