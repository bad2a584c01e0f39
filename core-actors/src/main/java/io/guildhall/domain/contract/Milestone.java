package io.guildhall.domain.contract;

import io.guildhall.kernel.Money;
import io.guildhall.kernel.Personal;

/**
 * A part of a contract with its own price.
 *
 * @param number from 1
 * @param days from funding to delivery
 * @param note the freelancer's note on the last submission, or the client's on the last request for changes; empty
 *     before
 */
public record Milestone(
        int number,
        @Personal String title,
        Money amount,
        int days,
        Status status,
        @Personal String note) {
    public enum Status {
        PENDING,
        FUNDED,
        SUBMITTED,
        CHANGES_REQUESTED,
        ACCEPTED,
        PAID,
        /** A refund or split was decided, and the money is being moved. */
        SETTLING,
        /** The client got everything back. */
        REFUNDED,
        /** The client got a part back, and the freelancer got the rest. */
        SPLIT;

        /** Whether nothing more happens to the milestone. */
        public boolean hasEnded() {
            return switch (this) {
                case PAID, REFUNDED, SPLIT -> true;
                case PENDING, FUNDED, SUBMITTED, CHANGES_REQUESTED, ACCEPTED, SETTLING -> false;
            };
        }

        /** Whether its money is in escrow. */
        public boolean isHeld() {
            return this != PENDING && !hasEnded();
        }
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
