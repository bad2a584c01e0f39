package io.guildhall.projections.readmodel.notification;

/**
 * A resource that a notification refers to.
 *
 * @param id its id; for a milestone or message, its number within the linked contract or room, from 1
 */
public record Link(Kind kind, String id) {
    /** Stored and sent by these names, which never change. */
    public enum Kind {
        JOB,
        PROPOSAL,
        INVITE,
        CONTRACT,
        MILESTONE,
        GIG,
        FREELANCER,
        SAVED_SEARCH,
        ROOM,
        MESSAGE;

        public Link link(String id) {
            return new Link(this, id);
        }
    }
}
