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
import io.guildhall.given.CommandSequence;
import io.guildhall.given.CommandSequence.Step;
import io.guildhall.kernel.Dates;
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
    /** Two milestones of three days each. */
    static final Offer TOO_LONG = new Offer(FAIR.message(), FAIR.price(), 5, FAIR.milestones());

    static final InviteDetails LETTER = letter(FAIR, 1);

    static final InviteEvent SENT = new Sent(LETTER, NOW),
            ACCEPTED = new Accepted(LETTER, "ctr_1", Optional.of(500), NOW),
            DECLINED = new Declined(LETTER, "busy", NOW),
            WITHDRAWN = new Withdrawn(LETTER, NOW),
            EXPIRED = new Expired(LETTER, NOW),
            NOT_PAYABLE = new Refused(LETTER, "ctr_1", AcceptanceFailure.PAYOUT_NOT_READY, NOW),
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
    void rejectsSecondPendingInvite() {
        given(AGGREGATE)
                .when(send(FAIR))
                .then(SENT)
                .when(send(FAIR))
                .thenNothingChanges()
                .when(send(HIGHER))
                .thenRejected(ALREADY_SENT)
                .when(new Send(STRANGER, ANN, BOAT, FAIR, 7))
                .thenRejected(NOT_YOURS);
        given(AGGREGATE).when(new Send(ANN, ANN, LOGO, FAIR, 7)).thenRejected(SELF_INVITE);
        given(AGGREGATE).when(send(UNSOUND)).thenRejected(MILESTONES_DO_NOT_ADD_UP);
        given(AGGREGATE).when(send(TOO_LONG)).thenRejected(MILESTONES_TOO_LONG);
        given(AGGREGATE).when(new Accept(ANN, "ctr_1", 500, true)).thenRejected(NOT_SENT);
    }

    @Test
    void rejectsAcceptByOthers() {
        given(AGGREGATE, SENT)
                .when(new Accept(STRANGER, "ctr_1", 500, true))
                .thenRejected(NOT_YOURS)
                .when(new Accept(CLIENT, "ctr_1", 500, true))
                .thenRejected(NOT_YOURS)
                .when(new Accept(ANN, "ctr_1", 500, true))
                .then(ACCEPTED)
                .when(new Accept(ANN, "ctr_2", 500, true))
                .thenNothingChanges()
                .when(new Decline(ANN, "busy"))
                .thenRejected(ALREADY_ACCEPTED)
                .when(new Withdraw(CLIENT))
                .thenRejected(ALREADY_ACCEPTED)
                .when(new Expire(1))
                .thenNothingChanges();
    }

    @Test
    void rejectsAcceptOfFreelancerWhoCannotBePaid() {
        given(AGGREGATE, SENT)
                .when(new Accept(ANN, "ctr_1", 500, false))
                .thenRejected(InviteRejection.PAYOUT_NOT_READY)
                .when(new Accept(ANN, "ctr_1", 500, true))
                .then(ACCEPTED);
    }

    @Test
    void isPendingAgainAfterItsHireHasTimedOut() {
        given(AGGREGATE, SENT, ACCEPTED)
                .when(new Refuse("ctr_1", TIMED_OUT))
                .then(new Refused(LETTER, "ctr_1", TIMED_OUT, NOW))
                .when(new Accept(ANN, "ctr_2", 500, true))
                .then(new Accepted(LETTER, "ctr_2", Optional.of(500), NOW))
                .when(new Refuse("ctr_1", TIMED_OUT))
                .thenNothingChanges();
    }

    @Test
    void failureHasCode() {
        for (var failure : AcceptanceFailure.values())
            assertEquals(failure, AcceptanceFailure.fromCode(failure.code()));
        assertEquals("timed-out", TIMED_OUT.code());
    }

    @Test
    void rejectsAcceptAfterExpiry() {
        var late = new Sent(anInvite().from(CLIENT).to(ANN).expiringAt(NOW).build(), NOW);
        given(AGGREGATE, late).when(new Accept(ANN, "ctr_1", 500, true)).thenRejected(InviteRejection.EXPIRED);
        given(AGGREGATE, SENT, EXPIRED)
                .when(new Accept(ANN, "ctr_1", 500, true))
                .thenRejected(InviteRejection.EXPIRED);
    }

    @Test
    void endsOnce() {
        given(AGGREGATE, SENT)
                .when(new Decline(ANN, "busy"))
                .then(DECLINED)
                .when(new Decline(ANN, "busy"))
                .thenNothingChanges()
                .when(new Withdraw(CLIENT))
                .thenRejected(ALREADY_ENDED);
        given(AGGREGATE, SENT)
                .when(new Withdraw(STRANGER))
                .thenRejected(NOT_YOURS)
                .when(new Withdraw(CLIENT))
                .then(WITHDRAWN)
                .when(new Withdraw(CLIENT))
                .thenNothingChanges()
                .when(new Accept(ANN, "ctr_1", 500, true))
                .thenRejected(ALREADY_ENDED)
                .when(new Expire(1))
                .thenNothingChanges();
    }

    @Test
    void canBeSentAgainAndIgnoresEarlierExpiry() {
        var again = letter(HIGHER, 2);
        given(AGGREGATE, SENT, DECLINED)
                .when(send(HIGHER))
                .then(new Sent(again, NOW))
                .when(new Expire(1))
                .thenNothingChanges()
                .when(new Remind(1))
                .thenNothingChanges()
                .when(new Remind(2))
                .then(new Reminded(again, NOW))
                .when(new Remind(2))
                .thenNothingChanges()
                .when(new Expire(2))
                .then(new Expired(again, NOW));
    }

    @Test
    void failedHireEndsInviteUnlessRetryable() {
        var mended = given(AGGREGATE, SENT, ACCEPTED)
                .when(new Refuse("ctr_2", AcceptanceFailure.PAYOUT_NOT_READY))
                .thenNothingChanges()
                .when(new Refuse("ctr_1", AcceptanceFailure.PAYOUT_NOT_READY))
                .then(NOT_PAYABLE);
        assertEquals(
                new Invite.Pending(
                        LETTER,
                        Dates.createdAt(NOW),
                        false,
                        Optional.of(new Invite.FailedHire("ctr_1", AcceptanceFailure.PAYOUT_NOT_READY))),
                mended.state());
        mended.when(new Refuse("ctr_1", AcceptanceFailure.PAYOUT_NOT_READY))
                .thenNothingChanges()
                // The acceptance is repeated.
                .when(new Accept(ANN, "ctr_1", 500, true))
                .thenNothingChanges()
                .when(new Accept(ANN, "ctr_2", 500, true))
                .then(new Accepted(LETTER, "ctr_2", Optional.of(500), NOW));
        given(AGGREGATE, SENT, ACCEPTED)
                .when(new Refuse("ctr_1", JOB_NOT_OPEN))
                .then(TOO_LATE)
                .when(new Accept(ANN, "ctr_2", 500, true))
                .thenRejected(ALREADY_ENDED);
    }

    @Test
    void isVisibleToPartiesOnly() {
        var sent = given(AGGREGATE, SENT).state();
        assertTrue(sent.isVisibleTo(CLIENT) && sent.isVisibleTo(ANN));
        assertFalse(sent.isVisibleTo(STRANGER) || AGGREGATE.initialState().isVisibleTo(CLIENT));
    }

    @Test
    void thereIsOneInviteForEachJobAndFreelancer() {
        assertEquals("inv_1-ann", Invite.id("job_1", "acc_ann"));
    }

    /** For random commands: each acceptance follows a sending or a retryable refusal. */
    @Property
    void isAcceptedOnceForEachTimeItIsPending(@ForAll("sequences") List<Step<InviteCommand>> steps) {
        var result = CommandSequence.run(AGGREGATE, steps);
        int waits = result.events(Sent.class).size()
                + (int) result.events(Refused.class).stream()
                        .filter(it -> it.why().isRetryable())
                        .count();
        int ends = result.events(Accepted.class).size()
                + result.events(Declined.class).size()
                + result.events(Withdrawn.class).size()
                + result.events(Expired.class).size();
        assertEquals(waits, ends + (result.state() instanceof Invite.Pending ? 1 : 0));
    }

    @Provide
    Arbitrary<List<Step<InviteCommand>>> sequences() {
        return CommandSequence.random(COMMANDS);
    }

    static final List<InviteCommand> COMMANDS = List.of(
            send(FAIR),
            send(HIGHER),
            send(UNSOUND),
            send(TOO_LONG),
            new Send(CLIENT, ANN, BOAT, FAIR, 0),
            new Send(ANN, ANN, LOGO, FAIR, 7),
            new Send(STRANGER, ANN, BOAT, FAIR, 7),
            new Withdraw(CLIENT),
            new Accept(ANN, "ctr_1", 500, true),
            new Accept(ANN, "ctr_2", 500, true),
            new Decline(ANN, "busy"),
            new Remind(1),
            new Expire(1),
            new Expire(2),
            new Refuse("ctr_1", AcceptanceFailure.PAYOUT_NOT_READY),
            new Refuse("ctr_1", JOB_NOT_OPEN),
            new Refuse("ctr_2", OTHER_CURRENCY),
            new Refuse("ctr_2", TIMED_OUT),
            new Accept(ANN, "ctr_1", 500, false));

    @Test
    void commandsCoverEveryPhaseEventAndRejection() {
        CommandSequence.coversEverything(AGGREGATE, COMMANDS, Set.of());
    }
}
