package io.guildhall.projections.readmodel.operatortask;

import io.guildhall.kernel.Money;
import java.time.Instant;
import java.util.Optional;

/**
 * A problem that the program cannot settle automatically.
 *
 * @param id see {@link Kind#taskId}
 * @param amount of the payment; empty if it is about no payment
 * @param detail the provider's reason, why the payment is withheld, or what was reported
 * @param attempts number of calls that the provider refused, or of checks
 * @param since when the program stopped trying
 */
public record OperatorTask(
        String id,
        Kind kind,
        Optional<String> contractId,
        Optional<Money> amount,
        String detail,
        int attempts,
        Instant since) {
    public enum Kind {
        /** The provider refuses to pay a freelancer, or the payment is withheld because the freelancer is suspended. */
        PAYOUT_REFUSED(".payout"),
        /** The provider refuses to refund a client. */
        REFUND_REFUSED(".refund"),
        /** The provider refuses to send a surplus back. */
        RETURN_REFUSED(""),
        /** A report of the provider that does not fit. */
        DISCREPANCY(""),
        /** The provider does not verify a payout account, and it is not checked any more. */
        ACCOUNT_NOT_VERIFIED(".account");

        private final String suffix;

        Kind(String suffix) {
            this.suffix = suffix;
        }

        /**
         * The id of the task. Each of the two parts of a split can be refused, so their tasks have the suffixes {@code
         * .payout} and {@code .refund}.
         *
         * @param entityId of the escrow, the discrepancy or the account
         */
        public String taskId(String entityId) {
            return entityId + suffix;
        }

        /** The escrow, discrepancy or account of a task, if the task is of this kind. */
        public Optional<String> findEntityId(String taskId) {
            return taskId.endsWith(suffix)
                    ? Optional.of(taskId.substring(0, taskId.length() - suffix.length()))
                    : Optional.empty();
        }
    }
}
