package io.guildhall.domain.escrow;

import io.guildhall.domain.escrow.EscrowCommand.*;
import io.guildhall.kernel.SuspensionRule.Parties;
import java.util.Optional;

/** Who takes part in what a command to an escrow starts. */
final class EscrowParties {
    private EscrowParties() {}

    static Optional<Parties> of(Escrow escrow, EscrowCommand command) {
        return switch (command) {
            case Fund fund -> escrow.findDeal().flatMap(it -> Parties.caller(fund.by(), it.freelancerId()));
            // If it is rejected, the process that sent it makes the contract hold the release.
            case Release _ -> escrow.findDeal().flatMap(it -> Parties.of(it.freelancerId()));
            case Open _,
                    DropCharge _,
                    ChargeOutcome _,
                    Settle _,
                    RetryCommand _,
                    OutsideCommand _,
                    Redirect _,
                    TransferOutcome _,
                    Cancel _,
                    RefundOutcome _ -> Parties.none();
        };
    }
}
