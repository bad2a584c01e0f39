package io.guildhall.domain.contract;

import io.guildhall.kernel.Money;

/**
 * A part of a contract that is paid for by itself.
 *
 * @param number from 1
 * @param note what was last said of it: by the freelancer on submitting, by the client on asking for changes; empty before
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

    Milestone now(Status changed) {
        return now(changed, note);
    }

    Milestone now(Status changed, String said) {
        return new Milestone(number, title, amount, days, changed, said);
    }
}
