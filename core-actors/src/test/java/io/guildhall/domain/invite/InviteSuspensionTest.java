package io.guildhall.domain.invite;

import static io.guildhall.domain.invite.Invite.AGGREGATE;
import static io.guildhall.domain.invite.InviteRejection.*;
import static io.guildhall.domain.invite.InviteTest.*;
import static io.guildhall.given.Given.NOW;
import static io.guildhall.given.Given.given;

import io.guildhall.domain.invite.InviteCommand.*;
import io.guildhall.domain.invite.InviteEvent.Accepted;
import io.guildhall.domain.invite.InviteEvent.Refused;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class InviteSuspensionTest {
    @Test
    void isNeitherSentNorAcceptedWhileOneSideIsSuspended() {
        given(AGGREGATE).whileSuspended(CLIENT).when(send(FAIR)).thenRejected(CALLER_SUSPENDED);
        given(AGGREGATE).whileSuspended(ANN).when(send(FAIR)).thenRejected(COUNTERPART_SUSPENDED);
        var accept = new Accept(ANN, "ctr_1", 500, true);
        given(AGGREGATE, SENT)
                .whileSuspended(ANN)
                .when(accept)
                .thenRejected(CALLER_SUSPENDED)
                .whileSuspended(CLIENT)
                .when(accept)
                .thenRejected(COUNTERPART_SUSPENDED)
                .whileSuspended()
                .when(accept)
                .then(ACCEPTED);
    }

    @Test
    void suspendedSideDeclinesOrWithdraws() {
        given(AGGREGATE, SENT)
                .whileSuspended(ANN)
                .when(new Decline(ANN, "busy"))
                .then(DECLINED);
        given(AGGREGATE, SENT).whileSuspended(CLIENT).when(new Withdraw(CLIENT)).then(WITHDRAWN);
    }

    @Test
    void isPendingAgainAfterAHireThatASuspensionHasEnded() {
        given(AGGREGATE, SENT, ACCEPTED, new Refused(LETTER, "ctr_1", AcceptanceFailure.ACCOUNT_SUSPENDED, NOW))
                .when(new Accept(ANN, "ctr_2", 500, true))
                .then(new Accepted(LETTER, "ctr_2", Optional.of(500), NOW));
    }
}
