package io.guildhall.domain.escrow;

import static io.guildhall.domain.escrow.Escrow.AGGREGATE;
import static io.guildhall.domain.escrow.EscrowRejection.*;
import static io.guildhall.domain.escrow.EscrowTest.*;
import static io.guildhall.domain.escrow.SplitTest.*;
import static io.guildhall.given.Given.NOW;
import static io.guildhall.given.Given.given;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.guildhall.domain.escrow.EscrowCommand.*;
import io.guildhall.domain.escrow.EscrowEvent.*;
import io.guildhall.given.Given;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A part of a split that the provider refuses, and that goes to the other party. */
class RedirectTest {
    private static final String ADMIN = "acc_admin", REASON = "account closed";
    private static final Redirect TO_CLIENT = new Redirect(ADMIN, Recipient.CLIENT, REASON),
            TO_FREELANCER = new Redirect(ADMIN, Recipient.FREELANCER, REASON);
    private static final EscrowEvent
            RELEASE_STALLED = new ReleaseStalled(DEAL, 10, "closed", Optional.of(PART_NET), NOW),
            REFUND_STALLED = new RefundStalled(DEAL, 10, "closed", Optional.of(PART), NOW),
            ABANDONED = new ReleaseAbandoned(DEAL, 10, PART_FEE, PART_NET, NOW),
            REDIRECTED_TO_CLIENT = new SplitRedirected(DEAL, REST, ALL_TO_CLIENT, ADMIN, REASON, NOW),
            REST_REFUNDING = new RefundStarted(DEAL, 2, "pi_1", Optional.of(REST), NOW),
            REST_REFUNDED = new MoneyRefunded(DEAL, "re_2", Optional.of(REST), NOW),
            REDIRECTED_TO_FREELANCER = new SplitRedirected(DEAL, PART, ALL_TO_FREELANCER, ADMIN, REASON, NOW),
            PART_RELEASING_TOO = new ReleaseStarted(DEAL, 2, usd(250), PART_AFTER_FEE, NOW),
            PART_RELEASED_TOO = new MoneyReleased(DEAL, usd(250), PART_AFTER_FEE, "tr_2", NOW);

    private static Given<Escrow, EscrowCommand, EscrowEvent, EscrowRejection> splitting(EscrowEvent... then) {
        var all = new ArrayList<>(List.of(OPENED, FUNDING, HELD, SPLIT, PART_REFUNDING, PART_RELEASING));
        all.add(new RefundStarted(DEAL, 1, "pi_1", Optional.of(PART), NOW));
        all.addAll(List.of(then));
        return given(AGGREGATE, all.toArray(EscrowEvent[]::new));
    }

    private static final EscrowEvent LAST_TRANSFER = new ReleaseRetried(DEAL, 10, PART_NET, Optional.empty(), NOW),
            LAST_REFUND = new RefundStarted(DEAL, 10, "pi_1", Optional.of(PART), NOW);

    private static Given<Escrow, EscrowCommand, EscrowEvent, EscrowRejection> refusedTransfer() {
        return splitting(PART_REFUNDED, LAST_TRANSFER, RELEASE_STALLED);
    }

    private static Given<Escrow, EscrowCommand, EscrowEvent, EscrowRejection> refusedRefund() {
        return splitting(PART_RELEASED, LAST_REFUND, REFUND_STALLED);
    }

    @Test
    void refusedTransferGoesToTheClient() {
        refusedTransfer()
                .when(TO_CLIENT)
                .then(ABANDONED, REDIRECTED_TO_CLIENT, REST_REFUNDING)
                .when(TO_CLIENT)
                .thenNothingChanges()
                .when(TO_FREELANCER)
                .thenRejected(SETTLED_OTHERWISE)
                .when(new Settle(SETTLEMENT))
                .thenRejected(SETTLED_OTHERWISE)
                .when(new Settle(ALL_TO_CLIENT))
                .thenNothingChanges()
                .when(new RecordRefunded(1, "re_1", PART))
                .thenNothingChanges()
                .when(new RecordRefunded(2, "re_2", PART))
                .thenRejected(WRONG_AMOUNT)
                .when(new RecordRefunded(2, "re_2", REST))
                .then(REST_REFUNDED, new SplitCompleted(DEAL, ALL_TO_CLIENT, NOW))
                .when(new RecordRefunded(2, "re_2", REST))
                .thenNothingChanges()
                .when(new RecordRefunded(2, "re_3", REST))
                .thenRejected(SECOND_PAYMENT)
                .when(TO_CLIENT)
                .thenNothingChanges();
    }

    @Test
    void refusedRefundGoesToTheFreelancer() {
        refusedRefund()
                .when(TO_FREELANCER)
                .then(REDIRECTED_TO_FREELANCER, PART_RELEASING_TOO)
                .when(TO_FREELANCER)
                .thenNothingChanges()
                .when(new RecordReleased(1, "tr_1", PART_NET))
                .thenNothingChanges()
                .when(new RecordReleased(2, "tr_2", PART_AFTER_FEE))
                .then(PART_RELEASED_TOO, new SplitCompleted(DEAL, ALL_TO_FREELANCER, NOW))
                .when(new RecordReleased(1, "tr_3", PART_NET))
                .thenRejected(SECOND_PAYMENT);
    }

    @Test
    void onlyARefusedPartIsRedirectedAndOnlyAfterTheOtherWasMoved() {
        splitting().when(TO_CLIENT).thenRejected(NOT_STALLED);
        splitting(PART_REFUNDED).when(TO_CLIENT).thenRejected(NOT_STALLED);
        splitting(PART_REFUNDED, RELEASE_FAILED).when(TO_CLIENT).thenRejected(NOT_STALLED);
        splitting(LAST_TRANSFER, RELEASE_STALLED).when(TO_CLIENT).thenRejected(NOT_STALLED);
        splitting(LAST_REFUND, REFUND_STALLED).when(TO_FREELANCER).thenRejected(NOT_STALLED);
        refusedTransfer().when(TO_FREELANCER).thenRejected(NOT_STALLED);
        refusedTransfer().when(new Redirect(CLIENT, Recipient.CLIENT, REASON)).thenRejected(OWN_CONTRACT);
        given(AGGREGATE, OPENED, FUNDING, HELD).when(TO_CLIENT).thenRejected(NOT_STALLED);
    }

    /** The refused call succeeds after all: its amount has been moved twice. */
    @Test
    void lateSuccessOfTheAbandonedPartIsASecondPayment() {
        refusedTransfer()
                .when(TO_CLIENT)
                .then(ABANDONED, REDIRECTED_TO_CLIENT, REST_REFUNDING)
                .when(new RecordReleased(10, "tr_1", PART_NET))
                .thenRejected(SECOND_PAYMENT);
        refusedRefund()
                .when(TO_FREELANCER)
                .then(REDIRECTED_TO_FREELANCER, PART_RELEASING_TOO)
                .when(new RecordRefunded(10, "re_9", PART))
                .thenRejected(SECOND_PAYMENT);
    }

    @Test
    void redirectedPartIsRetriedAndCanBeSettledOutside() {
        refusedTransfer()
                .when(TO_CLIENT)
                .then(ABANDONED, REDIRECTED_TO_CLIENT, REST_REFUNDING)
                .when(new RecordRefundFailed(2, "closed"))
                .then(new RefundFailed(DEAL, 2, "closed", NOW))
                .when(new RetryRefund())
                .then(new RefundStarted(DEAL, 3, "pi_1", Optional.of(REST), NOW));
        splitting(
                        PART_REFUNDED,
                        LAST_TRANSFER,
                        RELEASE_STALLED,
                        ABANDONED,
                        REDIRECTED_TO_CLIENT,
                        new RefundStarted(DEAL, 10, "pi_1", Optional.of(REST), NOW),
                        new RefundStalled(DEAL, 10, "closed", Optional.of(REST), NOW))
                .when(new SettleTransferOutside("operator", "by hand"))
                .thenRejected(NOT_STALLED)
                .when(new SettleRefundOutside("operator", "by hand"))
                .then(
                        new RefundSettledOutside(DEAL, 10, "operator", "by hand", Optional.of(REST), NOW),
                        new SplitCompleted(DEAL, ALL_TO_CLIENT, NOW));
    }

    @Test
    void knowsWhatEachPaymentHasMoved() {
        var completed = splitting(
                        PART_REFUNDED,
                        LAST_TRANSFER,
                        RELEASE_STALLED,
                        ABANDONED,
                        REDIRECTED_TO_CLIENT,
                        REST_REFUNDING,
                        REST_REFUNDED,
                        new SplitCompleted(DEAL, ALL_TO_CLIENT, NOW))
                .state();
        assertEquals(Optional.of(PART), completed.movedBy("re_1"));
        assertEquals(Optional.of(REST), completed.movedBy("re_2"));
        assertEquals(Optional.of(PRICE), completed.movedBy("pi_1"));
        assertEquals(Optional.empty(), completed.movedBy("tr_1"));
    }
}
