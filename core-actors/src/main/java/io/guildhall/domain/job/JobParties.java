package io.guildhall.domain.job;

import io.guildhall.domain.job.JobCommand.*;
import io.guildhall.domain.proposal.Proposal;
import io.guildhall.kernel.SuspensionRule.Parties;
import java.util.Optional;

/** Who takes part in what a command to a job starts. */
final class JobParties {
    private JobParties() {}

    static Optional<Parties> of(Job job, JobCommand command) {
        return switch (command) {
            case Post post -> Parties.caller(post.by());
            case Publish publish -> Parties.caller(publish.by());
            case Edit edit -> Parties.caller(edit.by());
            case Accept accept -> Parties.caller(accept.by(), Proposal.freelancerId(accept.proposalId()));
            case TakeInvite takeInvite -> Parties.of(takeInvite.clientId());
            case ReceiveProposal receiveProposal ->
                job.findPosting().flatMap(it -> Parties.of(it.clientId(), receiveProposal.freelancerId()));
            case CountProposals _, ReceiveInvite _, Close _, ConfirmHire _, AbandonHire _, Complete _, Cancel _ ->
                Parties.none();
        };
    }
}
