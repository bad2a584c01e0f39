package io.guildhall.domain.hire;

import io.guildhall.domain.contract.EscrowRules;
import java.time.Duration;
import java.util.Optional;

/** Commands that a hire accepts. Its entity has the identity of the contract. */
public sealed interface HireCommand {
    /**
     * @param jobId the job that is filled; empty for an order
     * @param terms of an accepted invite; empty for a proposal, which pins its terms when it is accepted
     * @param timeLimit from now to the deadline
     * @param rules the escrow rules of the contract; nodes of the previous version do not send them
     */
    record Start(
            HireSource source,
            Optional<String> jobId,
            String clientId,
            String title,
            int feeBasisPoints,
            Optional<HireTerms> terms,
            Duration timeLimit,
            Optional<EscrowRules> rules)
            implements HireCommand {}

    /** The proposal was accepted, or the job is being filled by the invite: nothing can refuse the hire any more. */
    record Agree(HireTerms terms) implements HireCommand {}

    /** @param reason a code */
    record Refuse(String reason) implements HireCommand {}

    /** Ends a hire that is not agreed on, if its deadline has passed. */
    record TimeOut() implements HireCommand {}

    /** The contract, its escrows and its room exist. */
    record Complete() implements HireCommand {}
}
