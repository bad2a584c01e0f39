package io.guildhall.domain.proposal;

import io.guildhall.domain.proposal.ProposalCommand.*;
import io.guildhall.kernel.SuspensionRule.Parties;
import java.util.Optional;

/** Who takes part in what a command to a proposal starts. */
final class ProposalParties {
    private ProposalParties() {}

    static Optional<Parties> of(Proposal proposal, ProposalCommand command) {
        return switch (command) {
            case Submit submit -> Parties.caller(submit.by(), submit.clientId());
            case Revise revise -> proposal.findBid().flatMap(it -> Parties.caller(revise.by(), it.clientId()));
            case Shortlist shortlist ->
                proposal.findBid().flatMap(it -> Parties.caller(shortlist.by(), it.freelancerId()));
            case Accept _ -> proposal.findBid().flatMap(it -> Parties.of(it.clientId(), it.freelancerId()));
            case Withdraw _, MarkSeen _, Reinstate _, Decline _ -> Parties.none();
        };
    }
}
