package io.guildhall.domain.escrow;

import static io.guildhall.domain.escrow.Escrow.AGGREGATE;
import static io.guildhall.domain.escrow.EscrowRejection.*;
import static io.guildhall.domain.escrow.EscrowTest.*;
import static io.guildhall.given.Given.NOW;
import static io.guildhall.given.Given.given;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.guildhall.domain.escrow.EscrowCommand.*;
import io.guildhall.domain.escrow.EscrowEvent.*;
import io.guildhall.given.Given;
import io.guildhall.kernel.Money;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

/** Held money that is refunded, released or divided. */
class SplitTest {
    static final Money PART = usd(5_000), REST = usd(7_510);
    static final Money PART_FEE = usd(376), PART_NET = usd(7_134);
    /** What the freelancer gets of the client's part if it is redirected. */
    static final Money PART_AFTER_FEE = usd(4_750);

    static final Settlement SETTLEMENT = new Settlement(PART, REST),
            ALL_TO_CLIENT = new Settlement(PRICE, usd(0)),
            ALL_TO_FREELANCER = new Settlement(usd(0), PRICE),
            TOO_MUCH = new Settlement(PRICE, usd(1));
    static final EscrowEvent SPLIT = new SplitStarted(DEAL, SETTLEMENT, NOW),
            PART_REFUNDING = new RefundStarted(DEAL, 1, "pi_1", Optional.of(PART), NOW),
            PART_RELEASING = new ReleaseStarted(DEAL, 1, PART_FEE, PART_NET, NOW),
            PART_REFUNDED = new MoneyRefunded(DEAL, "re_1", Optional.of(PART), NOW),
            PART_RELEASED = new MoneyReleased(DEAL, PART_FEE, PART_NET, "tr_1", NOW),
            COMPLETED = new SplitCompleted(DEAL, SETTLEMENT, NOW);

    static Money usd(long amount) {
        return new Money(amount, "USD");
    }

    private static Given<Escrow, EscrowCommand, EscrowEvent, EscrowRejection> held() {
        return given(AGGREGATE, OPENED, FUNDING, HELD);
    }

    private static Given<Escrow, EscrowCommand, EscrowEvent, EscrowRejection> splitting() {
        return given(AGGREGATE, OPENED, FUNDING, HELD, SPLIT, PART_REFUNDING, PART_RELEASING);
    }

    @Test
    void chargesFeeOnReleasedPartOnly() {
        assertEquals(PART_FEE, SETTLEMENT.fee(500));
        assertEquals(REST, PART_FEE.plus(PART_NET));
    }

    @Test
    void refundsAndReleasesEachAsOwnMovement() {
        held().when(new Settle(SETTLEMENT))
                .then(SPLIT, PART_REFUNDING, PART_RELEASING)
                .when(new Settle(SETTLEMENT))
                .thenNothingChanges()
                .when(new RecordReleased(1, "tr_1", PART_NET))
                .then(PART_RELEASED)
                .when(new RecordReleased(1, "tr_1", PART_NET))
                .thenNothingChanges()
                .when(new RecordRefunded(1, "re_1", PART))
                .then(PART_REFUNDED, COMPLETED)
                .when(new RecordRefunded(1, "re_1", PART))
                .thenNothingChanges()
                .when(new Settle(SETTLEMENT))
                .thenNothingChanges();
        splitting()
                .when(new RecordRefunded(1, "re_1", PART))
                .then(PART_REFUNDED)
                .when(new RecordReleased(1, "tr_1", PART_NET))
                .then(PART_RELEASED, COMPLETED)
                .when(new Cancel())
                .thenNothingChanges();
    }

    @Test
    void givesEverythingToOneParty() {
        held().when(new Settle(ALL_TO_CLIENT))
                .then(REFUNDING)
                .when(new Settle(ALL_TO_CLIENT))
                .thenNothingChanges()
                .when(new Settle(SETTLEMENT))
                .thenRejected(SETTLED_OTHERWISE)
                .when(new RecordRefunded(1, "re_1", PRICE))
                .then(REFUNDED);
        held().when(new Settle(ALL_TO_FREELANCER))
                .then(RELEASING)
                .when(new Settle(ALL_TO_FREELANCER))
                .thenNothingChanges();
    }

    @Test
    void settlesOnlyHeldMoneyAndOnlyAllOfIt() {
        held().when(new Settle(TOO_MUCH)).thenRejected(DOES_NOT_ADD_UP);
        held().when(new Settle(new Settlement(PART, PART))).thenRejected(DOES_NOT_ADD_UP);
        held().when(new Settle(new Settlement(new Money(5_000, "EUR"), new Money(7_510, "EUR"))))
                .thenRejected(DOES_NOT_ADD_UP);
        given(AGGREGATE, OPENED, FUNDING).when(new Settle(SETTLEMENT)).thenRejected(NOT_HELD);
        given(AGGREGATE, OPENED, CANCELLED_NOW).when(new Settle(SETTLEMENT)).thenRejected(ALREADY_CANCELLED);
        given(AGGREGATE, OPENED, FUNDING, HELD, RELEASING, RELEASED)
                .when(new Settle(SETTLEMENT))
                .thenRejected(SETTLED_OTHERWISE);
        given(AGGREGATE, OPENED, FUNDING, HELD, RELEASING, RELEASE_FAILED)
                .when(new Settle(TOO_MUCH))
                .thenRejected(DOES_NOT_ADD_UP);
        splitting().when(new Settle(ALL_TO_CLIENT)).thenRejected(SETTLED_OTHERWISE);
        splitting().when(new Release()).thenRejected(SETTLED_OTHERWISE);
        splitting().when(new Cancel()).thenRejected(NOT_HELD);
    }

    @Test
    void onePartFailsAndIsRetriedWithoutTheOther() {
        splitting()
                .when(new RecordRefundFailed(1, "closed"))
                .then(REFUND_FAILED)
                .when(new RetryTransfer())
                .thenNothingChanges()
                .when(new RecordReleaseUnknown(1))
                .then(RELEASE_UNKNOWN)
                .when(new RetryRefund())
                .then(new RefundStarted(DEAL, 2, "pi_1", Optional.of(PART), NOW))
                .when(new RecordReleaseFailed(1, "closed"))
                .then(RELEASE_FAILED)
                .when(new RecordRefundFailed(2, "closed"))
                .then(new RefundFailed(DEAL, 2, "closed", NOW))
                .when(new RetryRefund())
                .then(new RefundStarted(DEAL, 3, "pi_1", Optional.of(PART), NOW))
                .when(new RetryTransfer())
                .then(new ReleaseRetried(DEAL, 2, PART_NET, Optional.empty(), NOW));
    }

    @Test
    void eachPartStallsWithItsAmount() {
        given(
                        AGGREGATE,
                        OPENED,
                        FUNDING,
                        HELD,
                        SPLIT,
                        PART_REFUNDING,
                        PART_RELEASING,
                        new RefundStarted(DEAL, 10, "pi_1", Optional.of(PART), NOW),
                        new ReleaseRetried(DEAL, 10, PART_NET, Optional.empty(), NOW))
                .when(new RecordRefundFailed(10, "closed"))
                .then(
                        new RefundFailed(DEAL, 10, "closed", NOW),
                        new RefundStalled(DEAL, 10, "closed", Optional.of(PART), NOW))
                .when(new RecordReleaseFailed(10, "closed"))
                .then(
                        new ReleaseFailed(DEAL, 10, "closed", NOW),
                        new ReleaseStalled(DEAL, 10, "closed", Optional.of(PART_NET), NOW))
                .when(new RecordReleased(10, "tr_1", PART_NET))
                .then(PART_RELEASED);
    }

    @Test
    void movementsThatDoNotFitAreRejected() {
        splitting().when(new RecordRefunded(1, "re_1", PRICE)).thenRejected(WRONG_AMOUNT);
        splitting().when(new RecordReleased(1, "tr_1", NET)).thenRejected(WRONG_AMOUNT);
        splitting().when(new RecordRefunded(2, "re_2", PART)).thenRejected(NO_SUCH_ATTEMPT);
        var split = given(
                AGGREGATE,
                OPENED,
                FUNDING,
                HELD,
                SPLIT,
                PART_REFUNDING,
                PART_RELEASING,
                PART_REFUNDED,
                PART_RELEASED,
                COMPLETED);
        split.when(new RecordRefunded(1, "re_2", PART)).thenRejected(SECOND_PAYMENT);
        split.when(new RecordReleased(1, "tr_2", PART_NET)).thenRejected(SECOND_PAYMENT);
        split.when(new RecordHeld(1, "pi_2", PRICE)).thenRejected(SECOND_PAYMENT);
    }

    @Test
    void knowsWhatEachPaymentOfASplitHasMoved() {
        var half = given(AGGREGATE, OPENED, FUNDING, HELD, SPLIT, PART_REFUNDING, PART_RELEASING, PART_RELEASED)
                .state();
        assertEquals(Optional.of(PART_NET), half.movedBy("tr_1"));
        assertEquals(Optional.of(PRICE), half.movedBy("pi_1"));
        assertEquals(Optional.empty(), half.movedBy("re_1"));
        assertEquals(Optional.of(PART), half.refundAmount());
        assertEquals(Optional.of(PART_NET), half.transferAmount());
        assertEquals(Optional.of(NET), held().state().transferAmount());
    }

    /** For all amounts and fees: the parts add up, and both parties get something. */
    @Property
    void partsAddUp(
            @ForAll @LongRange(min = 1, max = 1_000_000) long held,
            @ForAll @LongRange(min = 1, max = 1_000_000) long refund,
            @ForAll @IntRange(max = 5_000) int fee) {
        if (refund > held) {
            assertFalse(new Settlement(usd(refund), usd(0)).divides(usd(held), fee));
            return;
        }
        var settlement = Settlement.refunding(usd(refund), usd(held));
        assertEquals(
                held,
                settlement
                        .refund()
                        .plus(settlement.fee(fee))
                        .plus(settlement.net(fee))
                        .amount());
        if (refund == held) assertTrue(settlement.divides(usd(held), fee));
        else assertEquals(settlement.net(fee).amount() > 0, settlement.divides(usd(held), fee));
    }
}
