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
            // The proposal checked both parties when it was submitted. The time of its receipt does not matter.
            case ApplicationCommand _, Close _, ConfirmHire _, AbandonHire _, Complete _, Cancel _ -> Parties.none();
        };
    }
}
