package io.guildhall.domain.contract;

import io.guildhall.kernel.Money;

/**
 * A part of a contract with its own price.
 *
 * @param number from 1
 * @param days from funding to delivery
 * @param note the freelancer's note on the last submission, or the client's on the last request for changes; empty
 *     before
 */
public record Milestone(int number, String title, Money amount, int days, Status status, String note) {
    public enum Status {
        PENDING,
        FUNDED,
        SUBMITTED,
        CHANGES_REQUESTED,
        ACCEPTED,
        PAID
    }

    public static Milestone pending(int number, String title, Money amount, int days) {
        return new Milestone(number, title, amount, days, Status.PENDING, "");
    }

    Milestone with(Status changed) {
        return with(changed, note);
    }

    Milestone with(Status changed, String newNote) {
        return new Milestone(number, title, amount, days, changed, newNote);
    }
}
