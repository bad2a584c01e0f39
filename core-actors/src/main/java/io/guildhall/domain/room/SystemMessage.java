package io.guildhall.domain.room;

import io.guildhall.kernel.Money;
import io.guildhall.kernel.Personal;
import java.util.Optional;

/**
 * A report of a contract event in the contract's room.
 *
 * @param milestone the number of the milestone; empty if the event concerns the whole contract
 * @param title of the milestone or of the contract
 * @param amount the money that the event is about
 * @param by the party that has acted; empty if no party has, such as at the end of a silence period
 */
public record SystemMessage(
        Kind kind,
        String contractId,
        Optional<Integer> milestone,
        @Personal String title,
        Optional<Money> amount,
        Optional<String> by) {
    /** The reported events. Stored and sent by these names, which never change. */
    public enum Kind {
        HIRED,
        MILESTONE_FUNDED,
        WORK_SUBMITTED,
        CHANGES_REQUESTED,
        WORK_ACCEPTED,
        ACCEPTED_BY_SILENCE,
        MILESTONE_PAID,
        REFUND_REQUESTED,
        REFUND_DECLINED,
        REFUND_WITHDRAWN,
        SETTLEMENT_AGREED,
        MILESTONE_SETTLED,
        CONTRACT_COMPLETED,
        CONTRACT_CANCELLED
    }
}
