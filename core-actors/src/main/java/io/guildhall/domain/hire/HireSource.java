package io.guildhall.domain.hire;

/**
 * What a hire follows from.
 *
 * @param id of the proposal or invite; an order has an invite
 * @param revision the accepted revision of the proposal, or the number of the accepted sending of the invite; from 1
 */
public record HireSource(Kind kind, String id, long revision) {
    /** The names are stored: never changed. */
    public enum Kind {
        /** A client has accepted a proposal for a job. */
        PROPOSAL,
        /** A freelancer has accepted an invite to a job. */
        INVITE,
        /** A freelancer has accepted the order of a package. No job is filled. */
        ORDER
    }

    public static HireSource proposal(String id, long revision) {
        return new HireSource(Kind.PROPOSAL, id, revision);
    }

    public static HireSource invite(String id, int number) {
        return new HireSource(Kind.INVITE, id, number);
    }

    public static HireSource order(String id, int number) {
        return new HireSource(Kind.ORDER, id, number);
    }
}
