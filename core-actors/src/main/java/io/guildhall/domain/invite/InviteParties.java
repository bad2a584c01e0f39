package io.guildhall.domain.invite;

import io.guildhall.domain.invite.InviteCommand.*;
import io.guildhall.kernel.SuspensionRule.Parties;
import java.util.Optional;

/** Who takes part in what a command to an invite starts. */
final class InviteParties {
    private InviteParties() {}

    static Optional<Parties> of(Invite invite, InviteCommand command) {
        return switch (command) {
            case Send send -> Parties.caller(send.by(), send.freelancerId());
            case Accept accept -> invite.findDetails().flatMap(it -> Parties.caller(accept.by(), it.clientId()));
            case Withdraw _, Decline _, Remind _, Expire _, Refuse _ -> Parties.none();
        };
    }
}
