package io.guildhall.http.route.admin;

import io.guildhall.domain.account.AccountRejection;
import io.guildhall.http.endpoint.Problem;

/** The problem for each rejection of what an admin or operator does to the account of another user. */
public final class AdminProblems {
    private AdminProblems() {}

    /** @throws IllegalArgumentException for a rejection of what a user does with their own account */
    public static Problem of(AccountRejection rejection) {
        return switch (rejection) {
            case NOT_REGISTERED ->
                new Problem(
                        404,
                        "account-not-found",
                        "No account has this e-mail address. The user must register with it first.");
            case NOT_VERIFIED ->
                new Problem(
                        403,
                        "email-not-verified",
                        "The user has not verified the e-mail address. They must follow the link in the verification mail first.");
            case SUSPENDED ->
                new Problem(403, "account-suspended", "The account is suspended. Lift the suspension first.");
            case OWN_ACCOUNT ->
                new Problem(409, "own-account", "You cannot suspend your own account. Ask another admin.");
            case LINK_EXPIRED, WRONG_PASSWORD, SESSION_ENDED, ROLE_NOT_SELF_ASSIGNABLE, NO_ROLE ->
                throw new IllegalArgumentException("not a rejection of an admin's command: " + rejection);
        };
    }
}
