package io.guildhall.domain.escrow;

import static io.guildhall.domain.escrow.Escrow.AGGREGATE;
import static io.guildhall.domain.escrow.EscrowRejection.*;
import static io.guildhall.given.Given.NOW;
import static io.guildhall.given.Given.given;
import static io.guildhall.testing.DealBuilder.aDeal;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.guildhall.domain.escrow.Escrow.Decline;
import io.guildhall.domain.escrow.EscrowCommand.*;
import io.guildhall.domain.escrow.EscrowEvent.*;
import io.guildhall.given.CommandSequence;
import io.guildhall.given.CommandSequence.Step;
import io.guildhall.kernel.Money;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class EscrowTest {
    static final String CLIENT = "acc_client", FREELANCER = "acc_freelancer", STRANGER = "acc_stranger";
    static final EscrowDeal DEAL = deal(12_510);
    static final EscrowDeal OTHER_DEAL = deal(1);
    static final Money PRICE = DEAL.amount(), CENT = new Money(1, "USD");
    static final Money FEE = new Money(626, "USD"), NET = new Money(11_884, "USD");
    static final EscrowEvent OPENED = new Opened(DEAL, NOW),
            FUNDING = new FundingStarted(DEAL, 1, "pm_1", Optional.of("req_1"), NOW),
            DECLINED = new FundingDeclined(DEAL, 1, "no", NOW),
            FUNDING_AGAIN = new FundingStarted(DEAL, 2, "pm_2", Optional.of("req_2"), NOW),
            TO_CONFIRM = new ActionRequired(DEAL, 1, "pi_1", "secret", NOW),
            DROPPED_CHARGE = new FundingDeclined(DEAL, 1, Escrow.DROPPED, NOW),
            CHARGE_UNKNOWN = new FundingUnknown(DEAL, 1, NOW),
            HELD = new MoneyHeld(DEAL, 1, "pi_1", NOW),
            RELEASING = new ReleaseStarted(DEAL, 1, FEE, NET, NOW),
            RELEASE_UNKNOWN = new ReleaseUnknown(DEAL, 1, NOW),
            RELEASE_FAILED = new ReleaseFailed(DEAL, 1, "closed", NOW),
            RELEASED = new MoneyReleased(DEAL, FEE, NET, "tr_1", NOW),
            CANCELLED_NOW = new Cancelled(DEAL, NOW),
            REFUNDING = new RefundStarted(DEAL, 1, "pi_1", Optional.empty(), NOW),
            REFUND_UNKNOWN = new RefundUnknown(DEAL, 1, NOW),
            REFUND_FAILED = new RefundFailed(DEAL, 1, "closed", NOW),
            REFUNDED = new MoneyRefunded(DEAL, "re_1", Optional.empty(), NOW);

    static EscrowDeal deal(long amount) {
        return aDeal().between(CLIENT, FREELANCER)
                .priced(new Money(amount, "USD"))
                .withFee(500)
                .buildEscrow("ctr_1", 1);
    }

    @Test
    void isOpenedOnceAndRejectsOtherDeal() {
        given(AGGREGATE).when(new EscrowCommand.Open(DEAL)).then(OPENED);
        given(AGGREGATE, OPENED).when(new EscrowCommand.Open(DEAL)).thenNothingChanges();
        given(AGGREGATE, OPENED).when(new EscrowCommand.Open(OTHER_DEAL)).thenRejected(EXISTS_WITH_OTHER_TERMS);
        given(AGGREGATE, OPENED, FUNDING, HELD, RELEASING, RELEASED)
                .when(new EscrowCommand.Open(DEAL))
                .thenNothingChanges();
        given(AGGREGATE).when(new Fund(CLIENT, "pm_1", "req_1")).thenRejected(NOT_OPENED);
        given(AGGREGATE).when(new RecordHeld(1, "pi_1", PRICE)).thenRejected(NOT_OPENED);
    }

    @Test
    void rejectsFundingByOthers() {
        given(AGGREGATE, OPENED).when(new Fund(CLIENT, "pm_1", "req_1")).then(FUNDING);
        given(AGGREGATE, OPENED).when(new Fund(FREELANCER, "pm_1", "req_1")).thenRejected(OTHER_PARTY_ONLY);
        given(AGGREGATE, OPENED).when(new Fund(STRANGER, "pm_1", "req_1")).thenRejected(NOT_YOURS);
    }

    @Test
    void doesNotChargeTwice() {
        given(AGGREGATE, OPENED, FUNDING)
                .when(new Fund(CLIENT, "pm_1", "req_1"))
                .thenNothingChanges();
        given(AGGREGATE, OPENED, FUNDING)
                .when(new Fund(CLIENT, "pm_2", "req_2"))
                .thenRejected(ALREADY_FUNDING);
        given(AGGREGATE, OPENED, FUNDING, HELD)
                .when(new Fund(CLIENT, "pm_1", "req_2"))
                .thenRejected(ALREADY_FUNDED);
        given(AGGREGATE, OPENED, FUNDING, HELD)
                .when(new Fund(STRANGER, "pm_1", "req_1"))
                .thenRejected(NOT_YOURS);
    }

    @Test
    void acceptsRepeatedRequestWhateverItsOutcome() {
        var again = new Fund(CLIENT, "pm_1", "req_1");
        given(AGGREGATE, OPENED, FUNDING, HELD).when(again).thenNothingChanges();
        given(AGGREGATE, OPENED, FUNDING, HELD, RELEASING, RELEASED).when(again).thenNothingChanges();
        var declined = given(AGGREGATE, OPENED, FUNDING, DECLINED);
        declined.when(again).thenNothingChanges();
        assertEquals(new Escrow.Open(DEAL, 1, Optional.of(new Decline("req_1", "no", NOW))), declined.state());
        given(AGGREGATE, OPENED, FUNDING, DECLINED, FUNDING_AGAIN).when(again).thenRejected(ALREADY_FUNDING);
    }

    @Test
    void startsNewAttemptAfterDecline() {
        given(AGGREGATE, OPENED, FUNDING).when(new RecordDeclined(1, "no")).then(DECLINED);
        given(AGGREGATE, OPENED, FUNDING, DECLINED)
                .when(new Fund(CLIENT, "pm_2", "req_2"))
                .then(FUNDING_AGAIN);
    }

    @Test
    void holdsMoneyThatArrivesAfterDecline() {
        given(AGGREGATE, OPENED, FUNDING, DECLINED)
                .when(new RecordHeld(1, "pi_1", PRICE))
                .then(HELD);
    }

    @Test
    void holdsMoneyOfEarlierAttempt() {
        var second = given(AGGREGATE, OPENED, FUNDING, DECLINED, FUNDING_AGAIN);
        second.when(new RecordDeclined(1, "no")).thenNothingChanges();
        second.when(new RecordHeld(1, "pi_1", PRICE))
                .then(HELD)
                .when(new RecordHeld(2, "pi_2", PRICE))
                .thenRejected(SECOND_PAYMENT)
                .when(new RecordDeclined(2, "no"))
                .thenNothingChanges();
        second.when(new RecordHeld(2, "pi_2", PRICE))
                .then(new MoneyHeld(DEAL, 2, "pi_2", NOW))
                .when(new RecordHeld(1, "pi_1", PRICE))
                .thenRejected(SECOND_PAYMENT);
        given(AGGREGATE, OPENED, FUNDING, DECLINED, FUNDING_AGAIN, CANCELLED_NOW)
                .when(new RecordHeld(1, "pi_1", PRICE))
                .then(HELD, REFUNDING);
    }

    @Test
    void rejectsWrongAmountAndCurrency() {
        var euros = new Money(PRICE.amount(), "EUR");
        for (var wrong : List.of(CENT, euros)) {
            given(AGGREGATE, OPENED, FUNDING)
                    .when(new RecordHeld(1, "pi_1", wrong))
                    .thenRejected(WRONG_AMOUNT);
            given(AGGREGATE, OPENED, FUNDING, DECLINED)
                    .when(new RecordHeld(1, "pi_1", wrong))
                    .thenRejected(WRONG_AMOUNT);
            given(AGGREGATE, OPENED, CANCELLED_NOW)
                    .when(new RecordHeld(1, "pi_1", wrong))
                    .thenRejected(NO_SUCH_ATTEMPT);
            given(AGGREGATE, OPENED, FUNDING, CANCELLED_NOW)
                    .when(new RecordHeld(1, "pi_1", wrong))
                    .thenRejected(WRONG_AMOUNT);
            given(AGGREGATE, OPENED, FUNDING, HELD, RELEASING)
                    .when(new RecordReleased(1, "tr_1", wrong))
                    .thenRejected(WRONG_AMOUNT);
            given(AGGREGATE, OPENED, FUNDING, HELD, REFUNDING)
                    .when(new RecordRefunded(1, "re_1", wrong))
                    .thenRejected(WRONG_AMOUNT);
        }
        given(AGGREGATE, OPENED, FUNDING, HELD, RELEASING)
                .when(new RecordReleased(1, "tr_1", PRICE))
                .thenRejected(WRONG_AMOUNT);
    }

    @Test
    void replacesUnconfirmedCardOnceItsChargeIsCancelled() {
        var next = new NextCharge("pm_2", "req_2");
        var dropped = new FundingDropped(DEAL, 1, Optional.of(next), NOW);
        var replacing = given(AGGREGATE, OPENED, FUNDING, TO_CONFIRM)
                .when(new Fund(CLIENT, "pm_2", "req_2"))
                .then(dropped);
        replacing.when(new Fund(CLIENT, "pm_2", "req_2")).thenNothingChanges();
        replacing.when(new Fund(CLIENT, "pm_1", "req_1")).thenNothingChanges();
        replacing
                .when(new Fund(CLIENT, "pm_3", "req_3"))
                .then(new FundingDropped(DEAL, 1, Optional.of(new NextCharge("pm_3", "req_3")), NOW));
        replacing.when(new RecordChargeUnknown(1)).thenNothingChanges();
        replacing.when(new RecordDeclined(1, "canceled")).then(DROPPED_CHARGE, FUNDING_AGAIN);
        // The client has confirmed the first card in the meantime: the second one is not charged.
        replacing
                .when(new RecordHeld(1, "pi_1", PRICE))
                .then(HELD)
                .when(new Fund(CLIENT, "pm_2", "req_2"))
                .thenRejected(ALREADY_FUNDED);
        replacing
                .when(new Cancel())
                .then(CANCELLED_NOW)
                .when(new RecordDeclined(1, "canceled"))
                .then(DROPPED_CHARGE, CANCELLED_NOW);
    }

    @Test
    void dropsUnconfirmedCharge() {
        var dropped = new FundingDropped(DEAL, 1, Optional.empty(), NOW);
        given(AGGREGATE, OPENED, FUNDING, TO_CONFIRM)
                .when(new DropCharge(CLIENT))
                .then(dropped)
                .when(new DropCharge(CLIENT))
                .thenNothingChanges()
                .when(new RecordDeclined(1, "canceled"))
                .then(DROPPED_CHARGE)
                .when(new DropCharge(CLIENT))
                .thenNothingChanges();
        var charging = given(AGGREGATE, OPENED, FUNDING);
        charging.when(new DropCharge(CLIENT)).thenRejected(ALREADY_FUNDING);
        charging.when(new DropCharge(FREELANCER)).thenRejected(OTHER_PARTY_ONLY);
        charging.when(new DropCharge(STRANGER)).thenRejected(NOT_YOURS);
        given(AGGREGATE).when(new DropCharge(CLIENT)).thenRejected(NOT_OPENED);
        given(AGGREGATE, OPENED, FUNDING, HELD).when(new DropCharge(CLIENT)).thenRejected(ALREADY_FUNDED);
        given(AGGREGATE, OPENED, FUNDING, HELD).when(new DropCharge(FREELANCER)).thenRejected(OTHER_PARTY_ONLY);
        given(AGGREGATE, OPENED, CANCELLED_NOW).when(new DropCharge(CLIENT)).thenRejected(ALREADY_CANCELLED);
        given(AGGREGATE, OPENED, CANCELLED_NOW).when(new DropCharge(STRANGER)).thenRejected(NOT_YOURS);
    }

    @Test
    void rejectsOutcomesOfUnknownAttempts() {
        given(AGGREGATE, OPENED).when(new RecordHeld(1, "pi_1", PRICE)).thenRejected(NO_SUCH_ATTEMPT);
        given(AGGREGATE, OPENED).when(new RecordHeld(0, "pi_1", PRICE)).thenRejected(NO_SUCH_ATTEMPT);
        given(AGGREGATE, OPENED, FUNDING).when(new RecordHeld(2, "pi_1", PRICE)).thenRejected(NO_SUCH_ATTEMPT);
        given(AGGREGATE, OPENED, FUNDING, HELD)
                .when(new RecordReleased(1, "tr_1", NET))
                .thenRejected(NO_SUCH_ATTEMPT);
        given(AGGREGATE, OPENED, FUNDING, HELD, RELEASING)
                .when(new RecordReleased(2, "tr_1", NET))
                .thenRejected(NO_SUCH_ATTEMPT);
        given(AGGREGATE, OPENED, FUNDING, HELD, REFUNDING)
                .when(new RecordRefunded(2, "re_1", PRICE))
                .thenRejected(NO_SUCH_ATTEMPT);
    }

    @Test
    void holdsMoneyAfterClientConfirms() {
        given(AGGREGATE, OPENED, FUNDING)
                .when(new RecordActionRequired(1, "pi_1", "secret"))
                .then(TO_CONFIRM)
                .when(new RecordActionRequired(1, "pi_1", "secret"))
                .thenNothingChanges()
                .when(new RecordHeld(1, "pi_1", PRICE))
                .then(HELD);
    }

    @Test
    void finalOutcomeReplacesUnknownOutcome() {
        var unknown = given(AGGREGATE, OPENED, FUNDING)
                .when(new RecordChargeUnknown(1))
                .then(CHARGE_UNKNOWN);
        unknown.when(new RecordChargeUnknown(1)).thenNothingChanges();
        unknown.when(new RecordHeld(1, "pi_1", PRICE)).then(HELD);
        unknown.when(new RecordDeclined(1, "no")).then(DECLINED);
        unknown.when(new RecordActionRequired(1, "pi_1", "secret")).then(TO_CONFIRM);
    }

    @Test
    void ignoresRepeatedAndLateReports() {
        var held = given(AGGREGATE, OPENED, FUNDING, HELD);
        held.when(new RecordHeld(1, "pi_1", PRICE)).thenNothingChanges();
        held.when(new RecordDeclined(1, "no")).thenNothingChanges();
        held.when(new RecordChargeUnknown(1)).thenNothingChanges();
        held.when(new RecordActionRequired(1, "pi_1", "secret")).thenNothingChanges();
        var released = given(AGGREGATE, OPENED, FUNDING, HELD, RELEASING, RELEASED);
        released.when(new RecordReleased(1, "tr_1", NET)).thenNothingChanges();
        released.when(new RecordReleaseFailed(1, "closed")).thenNothingChanges();
        released.when(new RecordReleaseUnknown(1)).thenNothingChanges();
        released.when(new RecordHeld(1, "pi_1", PRICE)).thenNothingChanges();
        var refunded = given(AGGREGATE, OPENED, FUNDING, HELD, REFUNDING, REFUNDED);
        refunded.when(new RecordRefunded(1, "re_1", PRICE)).thenNothingChanges();
        refunded.when(new RecordRefundFailed(1, "closed")).thenNothingChanges();
    }

    @Test
    void rejectsUnexpectedPayment() {
        given(AGGREGATE, OPENED, FUNDING, HELD)
                .when(new RecordHeld(1, "pi_other", PRICE))
                .thenRejected(SECOND_PAYMENT);
        given(AGGREGATE, OPENED, FUNDING, HELD, RELEASING, RELEASED)
                .when(new RecordReleased(1, "tr_other", NET))
                .thenRejected(SECOND_PAYMENT);
        given(AGGREGATE, OPENED, FUNDING, HELD, REFUNDING, REFUNDED)
                .when(new RecordRefunded(1, "re_other", PRICE))
                .thenRejected(SECOND_PAYMENT);
    }

    @Test
    void paysFreelancerLessFee() {
        given(AGGREGATE, OPENED, FUNDING, HELD)
                .when(new Release())
                .then(RELEASING)
                .when(new Release())
                .thenNothingChanges()
                .when(new RecordReleased(1, "tr_1", NET))
                .then(RELEASED)
                .when(new Release())
                .thenNothingChanges();
        given(AGGREGATE, OPENED, FUNDING).when(new Release()).thenRejected(NOT_HELD);
    }

    @Test
    void feeOfYenIsWholeYen() {
        var deal = aDeal().between(CLIENT, FREELANCER)
                .priced(new Money(1_001, "JPY"))
                .withFee(500)
                .buildEscrow("ctr_1", 1);
        var fee = new Money(50, "JPY");
        var net = new Money(951, "JPY");
        given(
                        AGGREGATE,
                        new Opened(deal, NOW),
                        new FundingStarted(deal, 1, "pm_1", Optional.of("req_1"), NOW),
                        new MoneyHeld(deal, 1, "pi_1", NOW))
                .when(new Release())
                .then(new ReleaseStarted(deal, 1, fee, net, NOW))
                .when(new RecordReleased(1, "tr_1", net))
                .then(new MoneyReleased(deal, fee, net, "tr_1", NOW));
    }

    @Test
    void retriesFailedReleaseWithNewAttempt() {
        given(AGGREGATE, OPENED, FUNDING, HELD, RELEASING)
                .when(new RetryTransfer())
                .thenNothingChanges()
                .when(new RecordReleaseFailed(1, "closed"))
                .then(RELEASE_FAILED)
                .when(new RecordReleaseFailed(1, "closed"))
                .thenNothingChanges()
                .when(new RetryTransfer())
                .then(new ReleaseRetried(DEAL, 2, NET, Optional.empty(), NOW))
                .when(new RecordReleaseFailed(1, "closed"))
                .thenNothingChanges()
                .when(new RecordReleased(2, "tr_2", NET))
                .then(new MoneyReleased(DEAL, FEE, NET, "tr_2", NOW));
    }

    @Test
    void lateSuccessOfEarlierAttemptSettlesRelease() {
        given(
                        AGGREGATE,
                        OPENED,
                        FUNDING,
                        HELD,
                        RELEASING,
                        RELEASE_FAILED,
                        new ReleaseRetried(DEAL, 2, NET, Optional.empty(), NOW))
                .when(new RecordReleased(1, "tr_1", NET))
                .then(RELEASED)
                .when(new RecordReleased(2, "tr_2", NET))
                .thenRejected(SECOND_PAYMENT);
    }

    @Test
    void lateSuccessOfEarlierAttemptSettlesRefund() {
        given(
                        AGGREGATE,
                        OPENED,
                        FUNDING,
                        HELD,
                        REFUNDING,
                        REFUND_FAILED,
                        new RefundStarted(DEAL, 2, "pi_1", Optional.empty(), NOW))
                .when(new RecordRefunded(1, "re_1", PRICE))
                .then(REFUNDED)
                .when(new RecordRefunded(2, "re_2", PRICE))
                .thenRejected(SECOND_PAYMENT);
    }

    @Test
    void stallsAfterTenRefusedAttempts() {
        var tenth = given(
                        AGGREGATE,
                        OPENED,
                        FUNDING,
                        HELD,
                        RELEASING,
                        new ReleaseRetried(DEAL, 10, NET, Optional.empty(), NOW))
                .when(new RecordReleaseFailed(10, "closed"))
                .then(
                        new ReleaseFailed(DEAL, 10, "closed", NOW),
                        new ReleaseStalled(DEAL, 10, "closed", Optional.empty(), NOW));
        tenth.when(new RecordReleaseFailed(10, "closed")).thenNothingChanges();
        tenth.when(new RecordReleased(10, "tr_1", NET)).then(RELEASED);
        tenth.when(new RetryTransfer()).then(new ReleaseRetried(DEAL, 11, NET, Optional.empty(), NOW));
        var refund = given(
                        AGGREGATE,
                        OPENED,
                        FUNDING,
                        HELD,
                        REFUNDING,
                        new RefundStarted(DEAL, 10, "pi_1", Optional.empty(), NOW))
                .when(new RecordRefundFailed(10, "closed"))
                .then(
                        new RefundFailed(DEAL, 10, "closed", NOW),
                        new RefundStalled(DEAL, 10, "closed", Optional.empty(), NOW));
        refund.when(new RecordRefundUnknown(10)).thenNothingChanges();
        refund.when(new RetryRefund()).then(new RefundStarted(DEAL, 11, "pi_1", Optional.empty(), NOW));
    }

    @Test
    void doesNotRetryUnknownRelease() {
        given(AGGREGATE, OPENED, FUNDING, HELD, RELEASING)
                .when(new RecordReleaseUnknown(1))
                .then(RELEASE_UNKNOWN)
                .when(new RetryTransfer())
                .thenNothingChanges();
    }

    @Test
    void releasesAfterFailureThatSucceeded() {
        given(AGGREGATE, OPENED, FUNDING, HELD, RELEASING, RELEASE_FAILED)
                .when(new RecordReleased(1, "tr_1", NET))
                .then(RELEASED);
    }

    @Test
    void rejectsFundingAfterCancellation() {
        given(AGGREGATE, OPENED)
                .when(new Cancel())
                .then(CANCELLED_NOW)
                .when(new Cancel())
                .thenNothingChanges()
                .when(new Fund(CLIENT, "pm_1", "req_1"))
                .thenRejected(ALREADY_CANCELLED)
                .when(new Fund(STRANGER, "pm_1", "req_1"))
                .thenRejected(NOT_YOURS)
                .when(new Release())
                .thenRejected(ALREADY_CANCELLED);
    }

    @Test
    void refundsMoneyThatArrivesAfterCancellation() {
        given(AGGREGATE, OPENED, FUNDING)
                .when(new Cancel())
                .then(CANCELLED_NOW)
                .when(new Fund(CLIENT, "pm_1", "req_1"))
                .thenRejected(ALREADY_CANCELLED)
                .when(new RecordHeld(1, "pi_1", PRICE))
                .then(HELD, REFUNDING)
                .when(new RecordHeld(1, "pi_1", PRICE))
                .thenNothingChanges()
                .when(new RecordRefunded(1, "re_1", PRICE))
                .then(REFUNDED);
    }

    @Test
    void isCancelledAfterPendingChargeIsDeclined() {
        given(AGGREGATE, OPENED, FUNDING, CANCELLED_NOW)
                .when(new RecordDeclined(1, "no"))
                .then(DECLINED, CANCELLED_NOW)
                .when(new RecordHeld(1, "pi_1", PRICE))
                .then(HELD, REFUNDING);
    }

    @Test
    void refundsHeldMoneyOnCancellation() {
        given(AGGREGATE, OPENED, FUNDING, HELD)
                .when(new Cancel())
                .then(REFUNDING)
                .when(new Cancel())
                .thenNothingChanges()
                .when(new Release())
                .thenRejected(ALREADY_CANCELLED)
                .when(new RecordRefundUnknown(1))
                .then(REFUND_UNKNOWN)
                .when(new RecordRefundFailed(1, "closed"))
                .then(REFUND_FAILED)
                .when(new RetryRefund())
                .then(new RefundStarted(DEAL, 2, "pi_1", Optional.empty(), NOW))
                .when(new RecordRefunded(2, "re_2", PRICE))
                .then(new MoneyRefunded(DEAL, "re_2", Optional.empty(), NOW))
                .when(new Cancel())
                .thenNothingChanges();
    }

    @Test
    void rejectsCancellationDuringRelease() {
        given(AGGREGATE, OPENED, FUNDING, HELD, RELEASING).when(new Cancel()).thenRejected(NOT_HELD);
    }

    /** A contract can be cancelled after some of its milestones were paid. */
    @Test
    void cancellationAfterReleaseChangesNothing() {
        given(AGGREGATE, OPENED, FUNDING, HELD, RELEASING, RELEASED)
                .when(new Cancel())
                .thenNothingChanges();
    }

    @Test
    void knowsWhatEachPaymentHasMoved() {
        var released =
                given(AGGREGATE, OPENED, FUNDING, HELD, RELEASING, RELEASED).state();
        assertEquals(Optional.of(PRICE), released.movedBy("pi_1"));
        assertEquals(Optional.of(NET), released.movedBy("tr_1"));
        assertEquals(Optional.empty(), released.movedBy("pi_2"));
        var refunded =
                given(AGGREGATE, OPENED, FUNDING, HELD, REFUNDING, REFUNDED).state();
        assertEquals(Optional.of(PRICE), refunded.movedBy("re_1"));
        assertEquals(Optional.of(PRICE), refunded.movedBy("pi_1"));
        assertEquals(Optional.empty(), given(AGGREGATE, OPENED, FUNDING).state().movedBy("pi_1"));
    }

    @Test
    void isVisibleToPartiesOnly() {
        var escrow = given(AGGREGATE, OPENED).state();
        assertTrue(escrow.isVisibleTo(CLIENT) && escrow.isVisibleTo(FREELANCER));
        assertFalse(escrow.isVisibleTo(STRANGER) || AGGREGATE.initialState().isVisibleTo(CLIENT));
    }

    /**
     * For random commands: money is received at most once, and what was held is what was released, refunded and is still
     * held, to the minor unit.
     */
    @Property
    void neitherCreatesNorLosesMoney(@ForAll("sequences") List<Step<EscrowCommand>> steps) {
        var result = CommandSequence.run(AGGREGATE, steps);
        assertTrue(result.events(MoneyHeld.class).size() <= 1);
        int redirected = result.events(SplitRedirected.class).size();
        assertTrue(redirected <= 1);
        assertTrue(result.events(MoneyReleased.class).size() <= 1 + redirected);
        assertTrue(result.events(MoneyRefunded.class).size() <= 1 + redirected);
        long held = result.events(MoneyHeld.class).stream()
                .mapToLong(it -> it.deal().amount().amount())
                .sum();
        long released = result.events(MoneyReleased.class).stream()
                .mapToLong(it -> it.fee().plus(it.net()).amount())
                .sum();
        long refunded = result.events(MoneyRefunded.class).stream()
                .mapToLong(it -> it.amount().amount())
                .sum();
        long outside = result.events(ReleaseSettledOutside.class).stream()
                        .mapToLong(it -> it.amount().amount() + fee(result, it).amount())
                        .sum()
                + result.events(RefundSettledOutside.class).stream()
                        .mapToLong(it -> it.amount().amount())
                        .sum();
        assertEquals(held, released + refunded + outside + stillHeld(result.state(), held));
        for (var it : result.events(ReleaseStarted.class))
            assertEquals(it.fee(), it.fee().plus(it.net()).share(DEAL.feeBasisPoints()));
    }

    /** The fee of the release that was started last. */
    private static Money fee(CommandSequence<Escrow, EscrowEvent> sequence, ReleaseSettledOutside event) {
        return sequence.journal().stream()
                .takeWhile(it -> !it.equals(event))
                .filter(ReleaseStarted.class::isInstance)
                .map(ReleaseStarted.class::cast)
                .reduce((_, last) -> last)
                .orElseThrow()
                .fee();
    }

    private static long stillHeld(Escrow escrow, long held) {
        return switch (escrow) {
            case Escrow.Held _, Escrow.Releasing _, Escrow.Refunding _ -> held;
            case Escrow.Splitting it ->
                (it.refundId().isPresent() ? 0 : it.settlement().refund().amount())
                        + (it.transferId().isPresent()
                                ? 0
                                : it.settlement().release().amount());
            case Escrow.Redirecting it ->
                it.part().refund().plus(it.part().release()).amount();
            case Escrow.NotCreated _,
                    Escrow.Open _,
                    Escrow.Funding _,
                    Escrow.Cancelled _,
                    Escrow.Released _,
                    Escrow.Refunded _,
                    Escrow.Redirected _,
                    Escrow.Split _ -> 0;
        };
    }

    /** For random commands: each call to the provider has a different attempt, so a different idempotency key. */
    @Property
    void startsEachAttemptOnce(@ForAll("sequences") List<Step<EscrowCommand>> steps) {
        var result = CommandSequence.run(AGGREGATE, steps);
        countUp(result.events(FundingStarted.class).stream()
                .map(FundingStarted::attempt)
                .toList());
        countUp(result.events(RefundStarted.class).stream()
                .map(RefundStarted::attempt)
                .toList());
        countUp(result.events(TransferEvent.class).stream()
                .flatMapToInt(it -> switch (it) {
                    case ReleaseStarted e -> IntStream.of(e.attempt());
                    case ReleaseRetried e -> IntStream.of(e.attempt());
                    case ReleaseUnknown _,
                            ReleaseFailed _,
                            ReleaseStalled _,
                            ReleaseAbandoned _,
                            ReleaseSettledOutside _,
                            MoneyReleased _ -> IntStream.empty();
                })
                .boxed()
                .toList());
    }

    static void countUp(List<Integer> attempts) {
        for (int i = 0; i < attempts.size(); i++) assertEquals(i + 1, attempts.get(i));
    }

    @Provide
    Arbitrary<List<Step<EscrowCommand>>> sequences() {
        return CommandSequence.random(COMMANDS);
    }

    static final List<EscrowCommand> COMMANDS = List.of(
            new EscrowCommand.Open(DEAL),
            new EscrowCommand.Open(OTHER_DEAL),
            new Fund(CLIENT, "pm_1", "req_1"),
            new Fund(CLIENT, "pm_2", "req_2"),
            new Fund(FREELANCER, "pm_1", "req_1"),
            new Fund(STRANGER, "pm_1", "req_1"),
            new RecordHeld(1, "pi_1", PRICE),
            new RecordHeld(2, "pi_2", PRICE),
            new RecordHeld(1, "pi_2", PRICE),
            new RecordHeld(1, "pi_1", CENT),
            new DropCharge(CLIENT),
            new RecordDeclined(1, "no"),
            new RecordDeclined(2, "no"),
            new RecordActionRequired(1, "pi_1", "secret"),
            new RecordChargeUnknown(1),
            new RecordChargeUnknown(2),
            new Release(),
            new Settle(SplitTest.SETTLEMENT),
            new Settle(SplitTest.ALL_TO_CLIENT),
            new Settle(SplitTest.ALL_TO_FREELANCER),
            new Settle(SplitTest.TOO_MUCH),
            new RetryTransfer(),
            new RetryRefund(),
            new SettleTransferOutside("operator", "by bank transfer"),
            new SettleRefundOutside("operator", "by bank transfer"),
            new Redirect("acc_admin", Recipient.CLIENT, "closed"),
            new Redirect("acc_admin", Recipient.FREELANCER, "closed"),
            new Redirect(FREELANCER, Recipient.FREELANCER, "mine"),
            new RecordReleased(1, "tr_1", SplitTest.PART_NET),
            new RecordRefunded(1, "re_1", SplitTest.PART),
            new RecordReleased(1, "tr_1", NET),
            new RecordReleased(2, "tr_2", NET),
            new RecordReleaseFailed(1, "closed"),
            new RecordReleaseUnknown(1),
            new RecordReleaseWithheld(1, Escrow.SUSPENDED),
            new Cancel(),
            new RecordRefunded(1, "re_1", PRICE),
            new RecordRefunded(2, "re_2", PRICE),
            new RecordRefundFailed(1, "closed"),
            new RecordRefundUnknown(1));

    /** With the refusals of every automatic attempt, and the outcomes of a redirected part. */
    @Test
    void commandsCoverEveryPhaseEventAndRejection() {
        var refusals = IntStream.rangeClosed(2, 10)
                .boxed()
                .flatMap(it -> Stream.<EscrowCommand>of(
                        new RecordReleaseFailed(it, "closed"), new RecordRefundFailed(it, "closed")));
        var redirected = Stream.<EscrowCommand>of(
                new RecordRefunded(2, "re_2", SplitTest.REST), new RecordReleased(2, "tr_2", SplitTest.PART_AFTER_FEE));
        CommandSequence.coversEverything(
                AGGREGATE,
                Stream.of(COMMANDS.stream(), refusals, redirected)
                        .flatMap(it -> it)
                        .toList(),
                Set.of());
    }
}
