package io.guildhall.http.endpoint;

/** The problems that a suspension causes. */
public final class SuspensionProblems {
    private SuspensionProblems() {}

    /** The problem for the suspended account itself. */
    public static Problem caller() {
        return new Problem(
                403,
                "account-suspended",
                "Your account is suspended, so you cannot start anything new. GET /api/me shows the reason. Contact support to appeal.");
    }

    /** The problem while this node does not know which accounts are suspended. */
    static Problem unknown() {
        return Problem.later(
                503,
                "suspensions-unknown",
                "This node cannot check suspensions at the moment. The request had no effect. Repeat it.",
                2);
    }

    /** The problem for an agreement with a suspended account. */
    public static Problem counterparty() {
        return new Problem(
                409,
                "counterpart-suspended",
                "The account of the other party is suspended. Try again when the suspension is lifted.");
    }
}
