package io.guildhall.domain.escrow;

import static io.guildhall.domain.escrow.Escrow.AGGREGATE;
import static io.guildhall.domain.escrow.EscrowRejection.*;
import static io.guildhall.domain.escrow.EscrowTest.*;
import static io.guildhall.given.Given.NOW;
import static io.guildhall.given.Given.given;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.guildhall.domain.escrow.EscrowCommand.*;
import io.guildhall.domain.escrow.EscrowEvent.*;
import io.guildhall.kernel.Money;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
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

    /** Outcomes of the provider are recorded, whether an account is suspended or not. */
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

    private static final EscrowEvent WITHHELD = new ReleaseStalled(DEAL, 1, Escrow.SUSPENDED, Optional.empty(), NOW);

    @Test
    void withheldTransferWaitsUntilItIsRetried() {
        var withhold = new RecordReleaseWithheld(1, Escrow.SUSPENDED);
        for (var before : List.of(RELEASING, RELEASE_UNKNOWN, RELEASE_FAILED)) {
            var history = new ArrayList<>(List.of(OPENED, FUNDING, HELD, RELEASING));
            if (!before.equals(RELEASING)) history.add(before);
            given(AGGREGATE, history.toArray(EscrowEvent[]::new))
                    .when(withhold)
                    .then(WITHHELD)
                    .when(withhold)
                    .thenNothingChanges()
                    .when(new RetryTransfer())
                    .then(new ReleaseRetried(DEAL, 2, NET, Optional.empty(), NOW))
                    .when(withhold)
                    .thenNothingChanges();
        }
    }

    /** So that the release continues when the suspension is lifted. */
    @Test
    void transferThatTheProviderRefusesIsWithheldToo() {
        given(AGGREGATE, OPENED, FUNDING, HELD, RELEASING, new ReleaseStalled(DEAL, 1, "closed", Optional.empty(), NOW))
                .when(new RecordReleaseWithheld(1, Escrow.SUSPENDED))
                .then(WITHHELD);
    }

    @Test
    void lateSuccessOfWithheldTransferIsRecorded() {
        given(AGGREGATE, OPENED, FUNDING, HELD, RELEASING, WITHHELD)
                .when(new RecordReleased(1, "tr_1", NET))
                .then(RELEASED)
                .when(new RecordReleaseWithheld(1, Escrow.SUSPENDED))
                .thenNothingChanges();
    }

    @Test
    void operatorOrdersOneAttempt() {
        var ordered = given(AGGREGATE, OPENED, FUNDING, HELD, RELEASING, WITHHELD)
                .when(new RetryTransfer(Optional.of("operator")))
                .then(new ReleaseRetried(DEAL, 2, NET, Optional.of("operator"), NOW));
        assertTrue(((Escrow.Releasing) ordered.state()).transfer().isOrdered());
        var next = ordered.when(new RecordReleaseFailed(2, "closed"))
                .then(new ReleaseFailed(DEAL, 2, "closed", NOW))
                .when(new RetryTransfer())
                .then(new ReleaseRetried(DEAL, 3, NET, Optional.empty(), NOW));
        assertFalse(((Escrow.Releasing) next.state()).transfer().isOrdered());
    }

    @Test
    void adminDividesAWithheldRelease() {
        given(AGGREGATE, OPENED, FUNDING, HELD, RELEASING, WITHHELD)
                .when(new Settle(SplitTest.ALL_TO_CLIENT))
                .then(
                        new ReleaseAbandoned(DEAL, 1, FEE, NET, NOW),
                        new RefundStarted(DEAL, 1, "pi_1", Optional.empty(), NOW));
        given(
                        AGGREGATE,
                        OPENED,
                        FUNDING,
                        HELD,
                        RELEASING,
                        RELEASE_UNKNOWN,
                        new SettlementPostponed(DEAL, SplitTest.ALL_TO_CLIENT, NOW))
                .when(new RecordReleaseWithheld(1, Escrow.SUSPENDED))
                .then(
                        WITHHELD,
                        new ReleaseAbandoned(DEAL, 1, FEE, NET, NOW),
                        new RefundStarted(DEAL, 1, "pi_1", Optional.empty(), NOW));
    }

    /** The client's part does not wait. */
    @Test
    void partOfTheFreelancerIsWithheld() {
        given(AGGREGATE, OPENED, FUNDING, HELD, SplitTest.SPLIT, SplitTest.PART_REFUNDING, SplitTest.PART_RELEASING)
                .when(new RecordReleaseWithheld(1, Escrow.SUSPENDED))
                .then(new ReleaseStalled(DEAL, 1, Escrow.SUSPENDED, Optional.of(SplitTest.PART_NET), NOW))
                .when(new RecordRefunded(1, "re_1", SplitTest.PART))
                .then(SplitTest.PART_REFUNDED)
                .when(new RetryTransfer())
                .then(new ReleaseRetried(DEAL, 2, SplitTest.PART_NET, Optional.empty(), NOW));
    }
}
