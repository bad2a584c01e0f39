package io.guildhall.http.route.admin;

import io.guildhall.domain.account.AccountRejection;
import io.guildhall.http.endpoint.Problem;

/** The problem for each rejection of what an admin or operator does to the account of another user. */
public final class AdminProblems {
    private AdminProblems() {}

    /** @throws IllegalArgumentException for a rejection of what a user does with their own account */
    public static Problem of(AccountRejection rejection) {
        return switch (rejection) {
            case NOT_REGISTERED -> new Problem(404, "account-not-found", "No such account.");
            case SUSPENDED ->
                new Problem(403, "account-suspended", "The account is suspended. Lift the suspension first.");
            case OWN_ACCOUNT ->
                new Problem(409, "own-account", "You cannot do this to your own account. Ask another admin.");
            case WRONG_PASSWORD, SESSION_ENDED ->
                throw new IllegalArgumentException("not a rejection of an admin's command: " + rejection);
        };
    }
}
