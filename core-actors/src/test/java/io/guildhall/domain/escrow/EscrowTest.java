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
import io.guildhall.given.Conversation;
import io.guildhall.given.Conversation.Said;
import io.guildhall.kernel.Money;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class EscrowTest {
    static final String CLIENT = "acc_client", FREELANCER = "acc_freelancer", STRANGER = "acc_stranger";
    static final EscrowDeal DEAL = deal(12_510);
    static final EscrowDeal OTHER_DEAL = deal(1);
    static final Money FEE = new Money(626, "USD"), NET = new Money(11_884, "USD");
    static final EscrowEvent OPENED = new Opened(DEAL, NOW),
            FUNDING = new FundingStarted(DEAL, 1, "pm_1", Optional.of("req_1"), NOW),
            DECLINED = new FundingDeclined(DEAL, 1, "no", NOW),
            FUNDING_AGAIN = new FundingStarted(DEAL, 2, "pm_2", Optional.of("req_2"), NOW),
            TO_CONFIRM = new ActionRequired(DEAL, 1, "pi_1", "secret", NOW),
            CHARGE_UNKNOWN = new FundingUnknown(DEAL, 1, NOW),
            HELD = new MoneyHeld(DEAL, 1, "pi_1", NOW),
            RELEASING = new ReleaseStarted(DEAL, 1, FEE, NET, NOW),
            RELEASE_UNKNOWN = new ReleaseUnknown(DEAL, 1, NOW),
            RELEASE_FAILED = new ReleaseFailed(DEAL, 1, "closed", NOW),
            RELEASED = new MoneyReleased(DEAL, FEE, NET, "tr_1", NOW),
            CALLED_OFF_NOW = new CalledOff(DEAL, NOW),
            REFUNDING = new RefundStarted(DEAL, 1, "pi_1", NOW),
            REFUND_UNKNOWN = new RefundUnknown(DEAL, 1, NOW),
            REFUND_FAILED = new RefundFailed(DEAL, 1, "closed", NOW),
            REFUNDED = new MoneyRefunded(DEAL, "re_1", NOW);

    static EscrowDeal deal(long amount) {
        return aDeal().between(CLIENT, FREELANCER)
                .priced(new Money(amount, "USD"))
                .withFee(500)
                .buildEscrow("ctr_1", 1);
    }

    @Test
    void isOpenedOnceForOneDeal() {
        given(AGGREGATE).when(new EscrowCommand.Open(DEAL)).then(OPENED);
        given(AGGREGATE, OPENED).when(new EscrowCommand.Open(DEAL)).thenItIsSoAlready();
        given(AGGREGATE, OPENED).when(new EscrowCommand.Open(OTHER_DEAL)).thenRefused(OPENED_OTHERWISE);
        given(AGGREGATE, OPENED, FUNDING, HELD, RELEASING, RELEASED)
                .when(new EscrowCommand.Open(DEAL))
                .thenItIsSoAlready();
        given(AGGREGATE).when(new Fund(CLIENT, "pm_1", "req_1")).thenRefused(NOT_OPENED);
        given(AGGREGATE).when(new RecordHeld(1, "pi_1")).thenRefused(NOT_OPENED);
    }

    @Test
    void onlyTheClientPays() {
        given(AGGREGATE, OPENED).when(new Fund(CLIENT, "pm_1", "req_1")).then(FUNDING);
        given(AGGREGATE, OPENED).when(new Fund(FREELANCER, "pm_1", "req_1")).thenRefused(NOT_YOUR_PART);
        given(AGGREGATE, OPENED).when(new Fund(STRANGER, "pm_1", "req_1")).thenRefused(NOT_YOURS);
    }

    @Test
    void aSecondClickDoesNotPayTwice() {
        given(AGGREGATE, OPENED, FUNDING)
                .when(new Fund(CLIENT, "pm_1", "req_1"))
                .thenItIsSoAlready();
        given(AGGREGATE, OPENED, FUNDING)
                .when(new Fund(CLIENT, "pm_2", "req_2"))
                .thenRefused(ALREADY_FUNDING);
        given(AGGREGATE, OPENED, FUNDING, HELD)
                .when(new Fund(CLIENT, "pm_1", "req_2"))
                .thenRefused(ALREADY_FUNDED);
        given(AGGREGATE, OPENED, FUNDING, HELD)
                .when(new Fund(STRANGER, "pm_1", "req_1"))
                .thenRefused(NOT_YOURS);
    }

    @Test
    void aRequestSentAgainForWantOfAnAnswerIsNotRefusedForWhatHasComeOfIt() {
        var again = new Fund(CLIENT, "pm_1", "req_1");
        given(AGGREGATE, OPENED, FUNDING, HELD).when(again).thenItIsSoAlready();
        given(AGGREGATE, OPENED, FUNDING, HELD, RELEASING, RELEASED).when(again).thenItIsSoAlready();
        var declined = given(AGGREGATE, OPENED, FUNDING, DECLINED);
        declined.when(again).thenItIsSoAlready();
        assertEquals(new Escrow.Open(DEAL, 1, Optional.of(new Decline("req_1", "no", NOW))), declined.state());
        given(AGGREGATE, OPENED, FUNDING, DECLINED, FUNDING_AGAIN).when(again).thenRefused(ALREADY_FUNDING);
    }

    @Test
    void afterADeclineAnotherCardMakesAnotherAttempt() {
        given(AGGREGATE, OPENED, FUNDING).when(new RecordDeclined(1, "no")).then(DECLINED);
        given(AGGREGATE, OPENED, FUNDING, DECLINED)
                .when(new Fund(CLIENT, "pm_2", "req_2"))
                .then(FUNDING_AGAIN);
    }

    @Test
    void moneyThatCameAfterADeclineIsKeptSafe() {
        given(AGGREGATE, OPENED, FUNDING, DECLINED)
                .when(new RecordHeld(1, "pi_1"))
                .then(HELD);
    }

    @Test
    void moneyOfAnEarlierAttemptIsNotTakenForTheCurrentOne() {
        var second = given(AGGREGATE, OPENED, FUNDING, DECLINED, FUNDING_AGAIN);
        second.when(new RecordHeld(1, "pi_1")).thenRefused(UNEXPECTED_PAYMENT);
        second.when(new RecordDeclined(1, "no")).thenItIsSoAlready();
        second.when(new RecordHeld(2, "pi_2")).then(new MoneyHeld(DEAL, 2, "pi_2", NOW));
    }

    @Test
    void reportsOfAttemptsNeverMadeAreRefused() {
        given(AGGREGATE, OPENED).when(new RecordHeld(1, "pi_1")).thenRefused(NO_SUCH_ATTEMPT);
        given(AGGREGATE, OPENED).when(new RecordHeld(0, "pi_1")).thenRefused(NO_SUCH_ATTEMPT);
        given(AGGREGATE, OPENED, FUNDING).when(new RecordHeld(2, "pi_1")).thenRefused(NO_SUCH_ATTEMPT);
        given(AGGREGATE, OPENED, FUNDING, HELD)
                .when(new RecordReleased(1, "tr_1"))
                .thenRefused(NO_SUCH_ATTEMPT);
        given(AGGREGATE, OPENED, FUNDING, HELD, RELEASING)
                .when(new RecordReleased(2, "tr_1"))
                .thenRefused(NO_SUCH_ATTEMPT);
        given(AGGREGATE, OPENED, FUNDING, HELD, REFUNDING)
                .when(new RecordRefunded(2, "re_1"))
                .thenRefused(NO_SUCH_ATTEMPT);
    }

    @Test
    void whatTheClientMustConfirmIsHeldOnceConfirmed() {
        given(AGGREGATE, OPENED, FUNDING)
                .when(new RecordActionRequired(1, "pi_1", "secret"))
                .then(TO_CONFIRM)
                .when(new RecordActionRequired(1, "pi_1", "secret"))
                .thenItIsSoAlready()
                .when(new RecordHeld(1, "pi_1"))
                .then(HELD);
    }

    @Test
    void whatIsUnknownIsSettledByWhateverTheProviderSaysInTheEnd() {
        var unknown = given(AGGREGATE, OPENED, FUNDING)
                .when(new RecordChargeUnknown(1))
                .then(CHARGE_UNKNOWN);
        unknown.when(new RecordChargeUnknown(1)).thenItIsSoAlready();
        unknown.when(new RecordHeld(1, "pi_1")).then(HELD);
        unknown.when(new RecordDeclined(1, "no")).then(DECLINED);
        unknown.when(new RecordActionRequired(1, "pi_1", "secret")).then(TO_CONFIRM);
    }

    @Test
    void whatTheProviderSaysTwiceOrTooLateChangesNothing() {
        var held = given(AGGREGATE, OPENED, FUNDING, HELD);
        held.when(new RecordHeld(1, "pi_1")).thenItIsSoAlready();
        held.when(new RecordDeclined(1, "no")).thenItIsSoAlready();
        held.when(new RecordChargeUnknown(1)).thenItIsSoAlready();
        held.when(new RecordActionRequired(1, "pi_1", "secret")).thenItIsSoAlready();
        var released = given(AGGREGATE, OPENED, FUNDING, HELD, RELEASING, RELEASED);
        released.when(new RecordReleased(1, "tr_1")).thenItIsSoAlready();
        released.when(new RecordReleaseFailed(1, "closed")).thenItIsSoAlready();
        released.when(new RecordReleaseUnknown(1)).thenItIsSoAlready();
        released.when(new RecordHeld(1, "pi_1")).thenItIsSoAlready();
        var refunded = given(AGGREGATE, OPENED, FUNDING, HELD, REFUNDING, REFUNDED);
        refunded.when(new RecordRefunded(1, "re_1")).thenItIsSoAlready();
        refunded.when(new RecordRefundFailed(1, "closed")).thenItIsSoAlready();
    }

    @Test
    void moneyThatNobodyAskedForWantsAnOperator() {
        given(AGGREGATE, OPENED, FUNDING, HELD)
                .when(new RecordHeld(1, "pi_other"))
                .thenRefused(UNEXPECTED_PAYMENT);
        given(AGGREGATE, OPENED, FUNDING, HELD, RELEASING, RELEASED)
                .when(new RecordReleased(1, "tr_other"))
                .thenRefused(UNEXPECTED_PAYMENT);
        given(AGGREGATE, OPENED, FUNDING, HELD, REFUNDING, REFUNDED)
                .when(new RecordRefunded(1, "re_other"))
                .thenRefused(UNEXPECTED_PAYMENT);
    }

    @Test
    void theFreelancerIsPaidLessTheFee() {
        given(AGGREGATE, OPENED, FUNDING, HELD)
                .when(new Release())
                .then(RELEASING)
                .when(new Release())
                .thenItIsSoAlready()
                .when(new RecordReleased(1, "tr_1"))
                .then(RELEASED)
                .when(new Release())
                .thenItIsSoAlready();
        given(AGGREGATE, OPENED, FUNDING).when(new Release()).thenRefused(NOT_HELD);
    }

    @Test
    void aRefusedReleaseIsTriedAgainUnderAnotherKey() {
        given(AGGREGATE, OPENED, FUNDING, HELD, RELEASING)
                .when(new Retry())
                .thenItIsSoAlready()
                .when(new RecordReleaseFailed(1, "closed"))
                .then(RELEASE_FAILED)
                .when(new RecordReleaseFailed(1, "closed"))
                .thenItIsSoAlready()
                .when(new Retry())
                .then(new ReleaseRetried(DEAL, 2, NET, NOW))
                .when(new RecordReleaseFailed(1, "closed"))
                .thenItIsSoAlready()
                .when(new RecordReleased(1, "tr_1"))
                .thenRefused(UNEXPECTED_PAYMENT)
                .when(new RecordReleased(2, "tr_2"))
                .then(new MoneyReleased(DEAL, FEE, NET, "tr_2", NOW));
    }

    @Test
    void aReleaseOfWhichNothingIsKnownIsNotTriedAgain() {
        given(AGGREGATE, OPENED, FUNDING, HELD, RELEASING)
                .when(new RecordReleaseUnknown(1))
                .then(RELEASE_UNKNOWN)
                .when(new Retry())
                .thenItIsSoAlready();
    }

    @Test
    void whatWasSaidToHaveFailedAndYetCameIsReleased() {
        given(AGGREGATE, OPENED, FUNDING, HELD, RELEASING, RELEASE_FAILED)
                .when(new RecordReleased(1, "tr_1"))
                .then(RELEASED);
    }

    @Test
    void calledOffBeforeAnyMoneyCameNothingIsChargedAnyMore() {
        given(AGGREGATE, OPENED)
                .when(new CallOff())
                .then(CALLED_OFF_NOW)
                .when(new CallOff())
                .thenItIsSoAlready()
                .when(new Fund(CLIENT, "pm_1", "req_1"))
                .thenRefused(CALLED_OFF)
                .when(new Fund(STRANGER, "pm_1", "req_1"))
                .thenRefused(NOT_YOURS)
                .when(new Release())
                .thenRefused(CALLED_OFF);
    }

    @Test
    void calledOffWhileTheClientIsChargedTheMoneyGoesStraightBack() {
        given(AGGREGATE, OPENED, FUNDING)
                .when(new CallOff())
                .then(CALLED_OFF_NOW)
                .when(new Fund(CLIENT, "pm_1", "req_1"))
                .thenRefused(CALLED_OFF)
                .when(new RecordHeld(1, "pi_1"))
                .then(HELD, REFUNDING)
                .when(new RecordHeld(1, "pi_1"))
                .thenItIsSoAlready()
                .when(new RecordRefunded(1, "re_1"))
                .then(REFUNDED);
    }

    @Test
    void calledOffWhileTheClientIsChargedAndThenDeclinedItIsOff() {
        given(AGGREGATE, OPENED, FUNDING, CALLED_OFF_NOW)
                .when(new RecordDeclined(1, "no"))
                .then(DECLINED, CALLED_OFF_NOW)
                .when(new RecordHeld(1, "pi_1"))
                .then(HELD, REFUNDING);
    }

    @Test
    void whatIsHeldGoesBackWhenCalledOff() {
        given(AGGREGATE, OPENED, FUNDING, HELD)
                .when(new CallOff())
                .then(REFUNDING)
                .when(new CallOff())
                .thenItIsSoAlready()
                .when(new Release())
                .thenRefused(CALLED_OFF)
                .when(new RecordRefundUnknown(1))
                .then(REFUND_UNKNOWN)
                .when(new RecordRefundFailed(1, "closed"))
                .then(REFUND_FAILED)
                .when(new Retry())
                .then(new RefundStarted(DEAL, 2, "pi_1", NOW))
                .when(new RecordRefunded(2, "re_2"))
                .then(new MoneyRefunded(DEAL, "re_2", NOW))
                .when(new CallOff())
                .thenItIsSoAlready();
    }

    @Test
    void whatIsBeingPaidOutCannotBeCalledOff() {
        given(AGGREGATE, OPENED, FUNDING, HELD, RELEASING).when(new CallOff()).thenRefused(NOT_HELD);
        given(AGGREGATE, OPENED, FUNDING, HELD, RELEASING, RELEASED)
                .when(new CallOff())
                .thenRefused(NOT_HELD);
    }

    @Test
    void onlyThePartiesSeeIt() {
        var escrow = given(AGGREGATE, OPENED).state();
        assertTrue(escrow.isVisibleTo(CLIENT) && escrow.isVisibleTo(FREELANCER));
        assertFalse(escrow.isVisibleTo(STRANGER) || AGGREGATE.initialState().isVisibleTo(CLIENT));
    }

    /** Money comes once, leaves once and in full, and only after it came. */
    @Property
    void moneyIsNeitherMadeNorLost(@ForAll("conversations") List<Said<EscrowCommand>> said) {
        var held = Conversation.hold(AGGREGATE, said);
        var in = held.all(MoneyHeld.class).size();
        var out = held.all(MoneyReleased.class).size()
                + held.all(MoneyRefunded.class).size();
        assertTrue(in <= 1 && out <= in, () -> "in " + in + ", out " + out);
        for (var it : held.all(MoneyReleased.class))
            assertEquals(it.deal().amount(), it.fee().plus(it.net()));
        for (var it : held.all(ReleaseStarted.class))
            assertEquals(it.deal().amount(), it.fee().plus(it.net()));
        assertTrue(held.all(ReleaseStarted.class).isEmpty()
                || held.all(RefundStarted.class).isEmpty());
    }

    /** Every call to the provider goes under a key that no other call has: intents carry attempts that count up. */
    @Property
    void noAttemptIsMadeTwice(@ForAll("conversations") List<Said<EscrowCommand>> said) {
        var held = Conversation.hold(AGGREGATE, said);
        countUp(held.all(FundingStarted.class).stream()
                .map(FundingStarted::attempt)
                .toList());
        countUp(held.all(RefundStarted.class).stream()
                .map(RefundStarted::attempt)
                .toList());
        countUp(held.all(TransferEvent.class).stream()
                .flatMapToInt(it -> switch (it) {
                    case ReleaseStarted e -> IntStream.of(e.attempt());
                    case ReleaseRetried e -> IntStream.of(e.attempt());
                    case ReleaseUnknown _, ReleaseFailed _, MoneyReleased _ -> IntStream.empty();
                })
                .boxed()
                .toList());
    }

    static void countUp(List<Integer> attempts) {
        for (int i = 0; i < attempts.size(); i++) assertEquals(i + 1, attempts.get(i));
    }

    @Provide
    Arbitrary<List<Said<EscrowCommand>>> conversations() {
        return Conversation.random(VOCABULARY);
    }

    static final List<EscrowCommand> VOCABULARY = List.of(
            new EscrowCommand.Open(DEAL),
            new EscrowCommand.Open(OTHER_DEAL),
            new Fund(CLIENT, "pm_1", "req_1"),
            new Fund(CLIENT, "pm_2", "req_2"),
            new Fund(FREELANCER, "pm_1", "req_1"),
            new Fund(STRANGER, "pm_1", "req_1"),
            new RecordHeld(1, "pi_1"),
            new RecordHeld(2, "pi_2"),
            new RecordHeld(1, "pi_2"),
            new RecordDeclined(1, "no"),
            new RecordDeclined(2, "no"),
            new RecordActionRequired(1, "pi_1", "secret"),
            new RecordChargeUnknown(1),
            new RecordChargeUnknown(2),
            new Release(),
            new Retry(),
            new RecordReleased(1, "tr_1"),
            new RecordReleased(2, "tr_2"),
            new RecordReleaseFailed(1, "closed"),
            new RecordReleaseUnknown(1),
            new CallOff(),
            new RecordRefunded(1, "re_1"),
            new RecordRefunded(2, "re_2"),
            new RecordRefundFailed(1, "closed"),
            new RecordRefundUnknown(1));

    @Test
    void nothingIsLeftUnsaid() {
        Conversation.reachesEverything(AGGREGATE, VOCABULARY, Set.of());
    }
}
