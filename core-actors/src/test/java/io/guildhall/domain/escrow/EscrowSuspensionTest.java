package io.guildhall.domain.escrow;

import static io.guildhall.domain.escrow.Escrow.AGGREGATE;
import static io.guildhall.domain.escrow.EscrowRejection.*;
import static io.guildhall.domain.escrow.EscrowTest.*;
import static io.guildhall.given.Given.given;

import io.guildhall.domain.escrow.EscrowCommand.*;
import io.guildhall.kernel.Money;
import org.junit.jupiter.api.Test;

class EscrowSuspensionTest {
    @Test
    void isNotFundedWhileOneSideIsSuspended() {
        var fund = new Fund(CLIENT, "pm_1", "req_1");
        given(AGGREGATE, OPENED)
                .whileSuspended(CLIENT)
                .when(fund)
                .thenRejected(CALLER_SUSPENDED)
                .whileSuspended(FREELANCER)
                .when(fund)
                .thenRejected(COUNTERPART_SUSPENDED)
                .whileSuspended()
                .when(fund)
                .then(FUNDING);
    }

    /** What the provider has done is recorded, whoever is suspended. */
    @Test
    void recordsOutcomeOfEarlierCharge() {
        given(AGGREGATE, OPENED, FUNDING)
                .whileSuspended(CLIENT, FREELANCER)
                .when(new RecordHeld(1, "pi_1", PRICE))
                .then(HELD);
    }

    @Test
    void isNotReleasedToASuspendedFreelancerWithoutAnAdmin() {
        given(AGGREGATE, OPENED, FUNDING, HELD)
                .whileSuspended(FREELANCER)
                .when(new Release())
                .thenRejected(COUNTERPART_SUSPENDED)
                .when(new Settle(new Settlement(new Money(0, "USD"), PRICE)))
                .then(RELEASING);
    }
}
