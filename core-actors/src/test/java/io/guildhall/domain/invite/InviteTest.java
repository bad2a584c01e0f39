package io.guildhall.domain.invite;

import static io.guildhall.domain.invite.AcceptanceFailure.*;
import static io.guildhall.domain.invite.Invite.AGGREGATE;
import static io.guildhall.domain.invite.InviteRejection.*;
import static io.guildhall.given.Given.NOW;
import static io.guildhall.given.Given.given;
import static io.guildhall.testing.InviteBuilder.anInvite;
import static io.guildhall.testing.TermsBuilder.parts;
import static io.guildhall.testing.TermsBuilder.someTerms;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.guildhall.domain.gig.GigPackage.Tier;
import io.guildhall.domain.invite.InviteCommand.*;
import io.guildhall.domain.invite.InviteEvent.*;
import io.guildhall.given.Conversation;
import io.guildhall.given.Conversation.Said;
import io.guildhall.kernel.Money;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.LongStream;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class InviteTest {
    static final String CLIENT = "acc_client", ANN = "acc_ann", STRANGER = "acc_stranger";
    static final Source BOAT = Source.job("job_1", "A boat"), LOGO = Source.order("gig_1", Tier.BASIC, "A logo");
    static final Offer FAIR = offer(100, 60, 40), HIGHER = offer(200, 200), UNSOUND = offer(100, 60);
    static final InviteDetails LETTER = letter(FAIR, 1);

    static final InviteEvent SENT = new Sent(LETTER, NOW),
            ACCEPTED = new Accepted(LETTER, "ctr_1", NOW),
            DECLINED = new Declined(LETTER, "busy", NOW),
            WITHDRAWN = new Withdrawn(LETTER, NOW),
            EXPIRED = new Expired(LETTER, NOW),
            NOT_PAYABLE = new Refused(LETTER, "ctr_1", PAYOUT_NOT_READY, NOW),
            TOO_LATE = new Refused(LETTER, "ctr_1", JOB_NOT_OPEN, NOW);

    static Money usd(long amount) {
        return new Money(amount, "USD");
    }

    static Offer offer(long price, long... parts) {
        var amounts = LongStream.of(parts).mapToObj(InviteTest::usd).toArray(Money[]::new);
        return someTerms().priced(usd(price)).withMilestones(parts(amounts)).buildOffer();
    }

    static InviteDetails letter(Offer offer, int number) {
        return anInvite()
                .about(BOAT)
                .from(CLIENT)
                .to(ANN)
                .offering(offer)
                .expiringAt(NOW.plus(Duration.ofDays(7)))
                .numbered(number)
                .build();
    }

    static Send send(Offer offer) {
        return new Send(CLIENT, ANN, BOAT, offer, 7);
    }

    @Test
    void isSentOnceAtATime() {
        given(AGGREGATE)
                .when(send(FAIR))
                .then(SENT)
                .when(send(FAIR))
                .thenItIsSoAlready()
                .when(send(HIGHER))
                .thenRefused(ALREADY_SENT)
                .when(new Send(STRANGER, ANN, BOAT, FAIR, 7))
                .thenRefused(NOT_YOURS);
        given(AGGREGATE).when(new Send(ANN, ANN, LOGO, FAIR, 7)).thenRefused(YOURSELF);
        given(AGGREGATE).when(send(UNSOUND)).thenRefused(MILESTONES_DO_NOT_ADD_UP);
        given(AGGREGATE).when(new Accept(ANN, "ctr_1")).thenRefused(NOT_SENT);
    }

    @Test
    void isTakenByItsFreelancerAlone() {
        given(AGGREGATE, SENT)
                .when(new Accept(STRANGER, "ctr_1"))
                .thenRefused(NOT_YOURS)
                .when(new Accept(CLIENT, "ctr_1"))
                .thenRefused(NOT_YOURS)
                .when(new Accept(ANN, "ctr_1"))
                .then(ACCEPTED)
                .when(new Accept(ANN, "ctr_2"))
                .thenItIsSoAlready()
                .when(new Decline(ANN, "busy"))
                .thenRefused(ALREADY_ACCEPTED)
                .when(new Withdraw(CLIENT))
                .thenRefused(ALREADY_ACCEPTED)
                .when(new Expire(1))
                .thenItIsSoAlready();
    }

    @Test
    void isNotTakenAfterItsTime() {
        var late = new Sent(anInvite().from(CLIENT).to(ANN).expiringAt(NOW).build(), NOW);
        given(AGGREGATE, late).when(new Accept(ANN, "ctr_1")).thenRefused(IS_EXPIRED);
        given(AGGREGATE, SENT, EXPIRED).when(new Accept(ANN, "ctr_1")).thenRefused(IS_EXPIRED);
    }

    @Test
    void endsOnceInOneWay() {
        given(AGGREGATE, SENT)
                .when(new Decline(ANN, "busy"))
                .then(DECLINED)
                .when(new Decline(ANN, "busy"))
                .thenItIsSoAlready()
                .when(new Withdraw(CLIENT))
                .thenRefused(IS_OVER);
        given(AGGREGATE, SENT)
                .when(new Withdraw(STRANGER))
                .thenRefused(NOT_YOURS)
                .when(new Withdraw(CLIENT))
                .then(WITHDRAWN)
                .when(new Withdraw(CLIENT))
                .thenItIsSoAlready()
                .when(new Accept(ANN, "ctr_1"))
                .thenRefused(IS_OVER)
                .when(new Expire(1))
                .thenItIsSoAlready();
    }

    @Test
    void whatIsOverMayBeSentAgainAndAnOldTimeDoesNotEndIt() {
        var again = letter(HIGHER, 2);
        given(AGGREGATE, SENT, DECLINED)
                .when(send(HIGHER))
                .then(new Sent(again, NOW))
                .when(new Expire(1))
                .thenItIsSoAlready()
                .when(new Remind(1))
                .thenItIsSoAlready()
                .when(new Remind(2))
                .then(new Reminded(again, NOW))
                .when(new Remind(2))
                .thenItIsSoAlready()
                .when(new Expire(2))
                .then(new Expired(again, NOW));
    }

    @Test
    void aHireThatCannotBePaidForLeavesItWaitingAnyOtherEndsIt() {
        var mended = given(AGGREGATE, SENT, ACCEPTED)
                .when(new Refuse("ctr_2", PAYOUT_NOT_READY))
                .thenItIsSoAlready()
                .when(new Refuse("ctr_1", PAYOUT_NOT_READY))
                .then(NOT_PAYABLE);
        assertEquals(new Invite.Pending(LETTER, false, Optional.of(PAYOUT_NOT_READY)), mended.state());
        mended.when(new Refuse("ctr_1", PAYOUT_NOT_READY))
                .thenItIsSoAlready()
                .when(new Accept(ANN, "ctr_2"))
                .then(new Accepted(LETTER, "ctr_2", NOW));
        given(AGGREGATE, SENT, ACCEPTED)
                .when(new Refuse("ctr_1", JOB_NOT_OPEN))
                .then(TOO_LATE)
                .when(new Accept(ANN, "ctr_2"))
                .thenRefused(IS_OVER);
    }

    @Test
    void isSeenByItsTwoSides() {
        var sent = given(AGGREGATE, SENT).state();
        assertTrue(sent.isVisibleTo(CLIENT) && sent.isVisibleTo(ANN));
        assertFalse(sent.isVisibleTo(STRANGER) || AGGREGATE.initialState().isVisibleTo(CLIENT));
    }

    @Test
    void theIdentitiesOfAJobsInvitesBeginAlike() {
        assertEquals("inv_1-ann", Invite.id("job_1", "acc_ann"));
        assertTrue(Invite.id("job_1", "acc_ann").startsWith(Invite.idPrefix("job_1")));
        assertFalse(Invite.id("job_12", "acc_ann").startsWith(Invite.idPrefix("job_1")));
    }

    /** Whatever is asked in whatever order: each acceptance follows a sending or a mended refusal. */
    @Property
    void isTakenOnceForEachTimeItWaits(@ForAll("conversations") List<Said<InviteCommand>> said) {
        var held = Conversation.hold(AGGREGATE, said);
        int waits = held.all(Sent.class).size()
                + (int) held.all(Refused.class).stream()
                        .filter(it -> it.why() == PAYOUT_NOT_READY)
                        .count();
        int ends = held.all(Accepted.class).size()
                + held.all(Declined.class).size()
                + held.all(Withdrawn.class).size()
                + held.all(Expired.class).size();
        assertEquals(waits, ends + (held.state() instanceof Invite.Pending ? 1 : 0));
    }

    @Provide
    Arbitrary<List<Said<InviteCommand>>> conversations() {
        return Conversation.random(VOCABULARY);
    }

    static final List<InviteCommand> VOCABULARY = List.of(
            send(FAIR),
            send(HIGHER),
            send(UNSOUND),
            new Send(CLIENT, ANN, BOAT, FAIR, 0),
            new Send(ANN, ANN, LOGO, FAIR, 7),
            new Send(STRANGER, ANN, BOAT, FAIR, 7),
            new Withdraw(CLIENT),
            new Accept(ANN, "ctr_1"),
            new Accept(ANN, "ctr_2"),
            new Decline(ANN, "busy"),
            new Remind(1),
            new Expire(1),
            new Expire(2),
            new Refuse("ctr_1", PAYOUT_NOT_READY),
            new Refuse("ctr_1", JOB_NOT_OPEN),
            new Refuse("ctr_2", OTHER_CURRENCY));

    @Test
    void nothingIsLeftUnsaid() {
        Conversation.reachesEverything(AGGREGATE, VOCABULARY, Set.of());
    }
}
