package io.guildhall.domain.escrow;

import static io.guildhall.domain.escrow.Escrow.AGGREGATE;
import static io.guildhall.domain.escrow.EscrowRejection.*;
import static io.guildhall.domain.escrow.EscrowTest.*;
import static io.guildhall.domain.escrow.SplitTest.*;
import static io.guildhall.given.Given.NOW;
import static io.guildhall.given.Given.given;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.guildhall.domain.escrow.EscrowCommand.*;
import io.guildhall.domain.escrow.EscrowEvent.*;
import io.guildhall.given.Given;
import io.guildhall.kernel.Money;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Payouts and refunds that the provider refuses permanently: no money stays in an escrow for ever. */
class RefusedPaymentsTest {
    private static final EscrowEvent ABANDONED = new ReleaseAbandoned(DEAL, 1, FEE, NET, NOW),
            POSTPONED = new SettlementPostponed(DEAL, SETTLEMENT, NOW),
            SECOND_RELEASE = new ReleaseStarted(DEAL, 2, PART_FEE, PART_NET, NOW),
            STALLED = new ReleaseStalled(DEAL, 1, "closed", Optional.empty(), NOW),
            PART_STALLED = new ReleaseStalled(DEAL, 1, "closed", Optional.of(PART_NET), NOW),
            REFUND_STALLED = new RefundStalled(DEAL, 1, "closed", Optional.empty(), NOW),
            PART_REFUND_STALLED = new RefundStalled(DEAL, 1, "closed", Optional.of(PART), NOW);
    private static final SettleTransferOutside PAY_OUTSIDE = new SettleTransferOutside("operator", "by bank transfer");
    private static final SettleRefundOutside REFUND_OUTSIDE = new SettleRefundOutside("operator", "by cheque");

    private static Given<Escrow, EscrowCommand, EscrowEvent, EscrowRejection> releasing(EscrowEvent... more) {
        return given(AGGREGATE, concat(new EscrowEvent[] {OPENED, FUNDING, HELD, RELEASING}, more));
    }

    private static Given<Escrow, EscrowCommand, EscrowEvent, EscrowRejection> splitting(EscrowEvent... more) {
        return given(
                AGGREGATE,
                concat(new EscrowEvent[] {OPENED, FUNDING, HELD, SPLIT, PART_REFUNDING, PART_RELEASING}, more));
    }

    private static EscrowEvent[] concat(EscrowEvent[] first, EscrowEvent[] second) {
        return Stream.of(first, second).flatMap(Arrays::stream).toArray(EscrowEvent[]::new);
    }

    @Test
    void stalledReleaseIsReplacedByASplit() {
        var split = releasing(RELEASE_FAILED, STALLED)
                .when(new Settle(SETTLEMENT))
                .then(ABANDONED, SPLIT, PART_REFUNDING, SECOND_RELEASE)
                .when(new Settle(SETTLEMENT))
                .thenNothingChanges()
                .when(new RecordRefunded(1, "re_1", PART))
                .then(PART_REFUNDED)
                .when(new RecordReleased(2, "tr_2", PART_NET))
                .then(new MoneyReleased(DEAL, PART_FEE, PART_NET, "tr_2", NOW), COMPLETED);
        assertInstanceOf(Escrow.Split.class, split.state());
    }

    @Test
    void stalledReleaseIsReplacedByARefund() {
        releasing(RELEASE_FAILED, STALLED)
                .when(new Settle(ALL_TO_CLIENT))
                .then(ABANDONED, REFUNDING)
                .when(new Settle(ALL_TO_CLIENT))
                .thenNothingChanges()
                .when(new RecordReleaseFailed(1, "closed"))
                .thenNothingChanges()
                .when(new RecordRefunded(1, "re_1", PRICE))
                .then(REFUNDED)
                .when(new RecordReleaseUnknown(1))
                .thenNothingChanges();
    }

    /** Also if it has moved exactly the amount that the split releases. */
    @Test
    void lateSuccessOfAnAbandonedReleaseIsASecondPayment() {
        var splitting = releasing(ABANDONED, SPLIT, PART_REFUNDING, SECOND_RELEASE);
        splitting.when(new RecordReleased(1, "tr_1", NET)).thenRejected(SECOND_PAYMENT);
        splitting.when(new RecordReleased(1, "tr_1", PART_NET)).thenRejected(SECOND_PAYMENT);
        splitting.when(new RecordReleaseFailed(1, "closed")).thenNothingChanges();
        splitting
                .when(new RecordReleased(2, "tr_2", PART_NET))
                .then(new MoneyReleased(DEAL, PART_FEE, PART_NET, "tr_2", NOW))
                .when(new RecordReleased(1, "tr_1", NET))
                .thenRejected(SECOND_PAYMENT)
                .when(new RecordRefunded(1, "re_1", PART))
                .then(PART_REFUNDED, COMPLETED)
                .when(new RecordReleased(1, "tr_1", NET))
                .thenRejected(SECOND_PAYMENT);
        releasing(ABANDONED, REFUNDING)
                .when(new RecordReleased(1, "tr_1", NET))
                .thenRejected(SECOND_PAYMENT)
                .when(new RecordRefunded(1, "re_1", PRICE))
                .then(REFUNDED)
                .when(new RecordReleased(1, "tr_1", NET))
                .thenRejected(SECOND_PAYMENT);
    }

    @Test
    void releaseInProgressIsNotAbandonedBeforeItIsRefused() {
        var postponed = releasing()
                .when(new Settle(SETTLEMENT))
                .then(POSTPONED)
                .when(new Settle(SETTLEMENT))
                .thenNothingChanges()
                .when(new Settle(ALL_TO_CLIENT))
                .thenRejected(SETTLED_OTHERWISE)
                .when(new Settle(ALL_TO_FREELANCER))
                .thenRejected(SETTLED_OTHERWISE)
                .when(new RecordReleaseUnknown(1))
                .then(RELEASE_UNKNOWN)
                .when(new RetryTransfer())
                .thenNothingChanges();
        postponed
                .when(new RecordReleaseFailed(1, "closed"))
                .then(RELEASE_FAILED, ABANDONED, SPLIT, PART_REFUNDING, SECOND_RELEASE);
        postponed
                .when(new RecordReleased(1, "tr_1", NET))
                .then(RELEASED)
                .when(new Settle(SETTLEMENT))
                .thenRejected(SETTLED_OTHERWISE);
    }

    @Test
    void stalledReleaseIsSettledOutside() {
        releasing(RELEASE_FAILED, STALLED)
                .when(REFUND_OUTSIDE)
                .thenRejected(NOT_STALLED)
                .when(PAY_OUTSIDE)
                .then(new ReleaseSettledOutside(DEAL, 1, "operator", "by bank transfer", Optional.empty(), NOW))
                .when(PAY_OUTSIDE)
                .thenNothingChanges()
                .when(new RetryTransfer())
                .thenNothingChanges()
                .when(new RecordReleased(1, "tr_1", NET))
                .thenRejected(SECOND_PAYMENT);
    }

    @Test
    void stalledRefundIsSettledOutside() {
        given(AGGREGATE, OPENED, FUNDING, HELD, REFUNDING, REFUND_FAILED, REFUND_STALLED)
                .when(PAY_OUTSIDE)
                .thenRejected(NOT_STALLED)
                .when(REFUND_OUTSIDE)
                .then(new RefundSettledOutside(DEAL, 1, "operator", "by cheque", Optional.empty(), NOW))
                .when(REFUND_OUTSIDE)
                .thenNothingChanges()
                .when(new RecordRefunded(1, "re_1", PRICE))
                .thenRejected(SECOND_PAYMENT);
    }

    @Test
    void eachPartOfASplitIsSettledOutsideOnItsOwn() {
        splitting(REFUND_FAILED, PART_REFUND_STALLED, RELEASE_FAILED, PART_STALLED)
                .when(REFUND_OUTSIDE)
                .then(new RefundSettledOutside(DEAL, 1, "operator", "by cheque", Optional.of(PART), NOW))
                .when(REFUND_OUTSIDE)
                .thenNothingChanges()
                .when(new RecordRefunded(1, "re_1", PART))
                .thenRejected(SECOND_PAYMENT)
                .when(PAY_OUTSIDE)
                .then(
                        new ReleaseSettledOutside(DEAL, 1, "operator", "by bank transfer", Optional.of(PART_NET), NOW),
                        COMPLETED)
                .when(PAY_OUTSIDE)
                .thenNothingChanges()
                .when(REFUND_OUTSIDE)
                .thenNothingChanges();
        splitting(PART_RELEASED, REFUND_FAILED, PART_REFUND_STALLED)
                .when(PAY_OUTSIDE)
                .thenRejected(NOT_STALLED)
                .when(REFUND_OUTSIDE)
                .then(new RefundSettledOutside(DEAL, 1, "operator", "by cheque", Optional.of(PART), NOW), COMPLETED)
                .when(PAY_OUTSIDE)
                .thenRejected(NOT_STALLED);
    }

    @Test
    void onlyStalledCallsAreSettledOutside() {
        releasing().when(PAY_OUTSIDE).thenRejected(NOT_STALLED);
        releasing(RELEASE_FAILED).when(PAY_OUTSIDE).thenRejected(NOT_STALLED);
        releasing(RELEASED).when(PAY_OUTSIDE).thenRejected(NOT_STALLED);
        given(AGGREGATE, OPENED, FUNDING, HELD).when(PAY_OUTSIDE).thenRejected(NOT_STALLED);
        given(AGGREGATE, OPENED, FUNDING).when(REFUND_OUTSIDE).thenRejected(NOT_HELD);
        given(AGGREGATE).when(REFUND_OUTSIDE).thenRejected(NOT_OPENED);
        given(AGGREGATE, OPENED, FUNDING, HELD, REFUNDING, REFUNDED)
                .when(REFUND_OUTSIDE)
                .thenRejected(NOT_STALLED);
    }

    @Test
    void onlyTheRefusedCallIsRetried() {
        releasing(RELEASE_FAILED).when(new RetryRefund()).thenNothingChanges();
        given(AGGREGATE, OPENED, FUNDING, HELD, REFUNDING, REFUND_FAILED)
                .when(new RetryTransfer())
                .thenNothingChanges();
    }

    @Test
    void amountIsThatOfThePart() {
        var whole = new RefundSettledOutside(DEAL, 1, "operator", "", Optional.empty(), NOW);
        assertEquals(PRICE, whole.amount());
        var part = new ReleaseSettledOutside(DEAL, 1, "operator", "", Optional.of(new Money(1, "USD")), NOW);
        assertEquals(new Money(1, "USD"), part.amount());
    }
}
