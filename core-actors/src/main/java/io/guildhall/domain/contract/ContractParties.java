package io.guildhall.domain.contract;

import io.guildhall.domain.contract.ContractCommand.*;
import io.guildhall.kernel.SuspensionRule.Parties;
import java.util.Optional;

/**
 * The accounts that take part in what a contract command starts. A contract continues while a party is suspended, but
 * only an admin can release money to a suspended freelancer: the rest of a partly refunded milestone, or a release that
 * waits.
 */
final class ContractParties {
    private ContractParties() {}

    static Optional<Parties> of(Contract contract, ContractCommand command) {
        return contract.findDetails().flatMap(it -> of(it, command));
    }

    private static Optional<Parties> of(Contract.Details details, ContractCommand command) {
        var freelancerId = details.deal().freelancerId();
        return switch (command) {
            case AcceptRefund accept
            when releasesRest(details, accept.number()) ->
                accept.by().equals(freelancerId) ? Parties.caller(accept.by()) : Parties.of(freelancerId);
            case EndSilence end when releasesRest(details, end.number()) -> Parties.of(freelancerId);
            case ResumeRelease _ -> Parties.of(freelancerId);
            case Create _, MilestoneCommand _, NoteStanding _, Cancel _ -> Parties.none();
        };
    }

    /** Whether the open refund request leaves a part for the freelancer. */
    private static boolean releasesRest(Contract.Details details, int number) {
        return details.milestone(number)
                .flatMap(milestone ->
                        details.held(number).request().filter(it -> !it.amount().equals(milestone.amount())))
                .isPresent();
    }
}
