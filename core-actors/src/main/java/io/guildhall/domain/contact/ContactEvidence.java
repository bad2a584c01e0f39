package io.guildhall.domain.contact;

/**
 * Why an account can start a conversation with another one. Stored in events.
 *
 * @param id of the gig, account, proposal or invite
 */
public record ContactEvidence(Kind kind, String id) {
    /** The names are stored and never change. */
    public enum Kind {
        /** A client contacts the freelancer of an active gig. */
        GIG,
        /** A client contacts a freelancer from the profile. */
        PROFILE,
        /** The client and the freelancer of a proposal contact each other. */
        PROPOSAL,
        /** The client and the freelancer of an invite contact each other. */
        INVITE
    }
}
