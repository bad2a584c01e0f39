package io.guildhall.projections.readmodel.notification;

/**
 * A thing that a notification is about, for a client to open.
 *
 * @param id of the thing; a milestone's is its number within the contract that is linked with it, from 1
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
        SAVED_SEARCH
    }

    public static Link job(String id) {
        return new Link(Kind.JOB, id);
    }

    public static Link proposal(String id) {
        return new Link(Kind.PROPOSAL, id);
    }

    public static Link invite(String id) {
        return new Link(Kind.INVITE, id);
    }

    public static Link contract(String id) {
        return new Link(Kind.CONTRACT, id);
    }

    public static Link milestone(int number) {
        return new Link(Kind.MILESTONE, Integer.toString(number));
    }

    public static Link gig(String id) {
        return new Link(Kind.GIG, id);
    }

    public static Link freelancer(String id) {
        return new Link(Kind.FREELANCER, id);
    }

    public static Link savedSearch(String id) {
        return new Link(Kind.SAVED_SEARCH, id);
    }
}
