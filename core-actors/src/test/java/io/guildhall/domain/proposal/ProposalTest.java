package io.guildhall.domain.proposal;

import static io.guildhall.domain.proposal.Proposal.AGGREGATE;
import static io.guildhall.domain.proposal.ProposalRejection.*;
import static io.guildhall.given.Given.NOW;
import static io.guildhall.given.Given.given;
import static io.guildhall.testing.TermsBuilder.parts;
import static io.guildhall.testing.TermsBuilder.someTerms;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.guildhall.domain.proposal.ProposalCommand.*;
import io.guildhall.domain.proposal.ProposalEvent.*;
import io.guildhall.given.Conversation;
import io.guildhall.given.Conversation.Said;
import io.guildhall.kernel.Money;
import java.util.List;
import java.util.Set;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class ProposalTest {
    static final String CLIENT = "acc_client", FREELANCER = "acc_freelancer", STRANGER = "acc_stranger";
    static final Terms TERMS = terms(100, 60, 40), CHEAPER = terms(90, 90), WRONG = terms(100, 60, 41);
    static final ProposalEvent SUBMITTED = new Submitted("job_1", CLIENT, FREELANCER, TERMS, NOW),
            REVISED = new Revised(CHEAPER, 2, NOW),
            WITHDRAWN = new Withdrawn("job_1", CLIENT, FREELANCER, NOW),
            DECLINED = new Declined("job_1", CLIENT, FREELANCER, DeclineReason.JOB_FILLED, NOW),
            ACCEPTED = new Accepted("job_1", CLIENT, FREELANCER, "A boat", "ctr_1", 1, TERMS, NOW);

    private static final Money NINETY = new Money(90, "EUR");
    static final Terms IN_EURO = someTerms().priced(NINETY).build();

    static Terms terms(long price, long... parts) {
        var amounts = LongStream.of(parts).mapToObj(it -> new Money(it, "USD")).toArray(Money[]::new);
        return someTerms()
                .priced(new Money(price, "USD"))
                .withMilestones(parts(amounts))
                .build();
    }

    static Submit submit(Terms terms) {
        return new Submit(FREELANCER, "job_1", CLIENT, terms);
    }

    @Test
    void isSubmittedOnce() {
        given(AGGREGATE)
                .when(submit(TERMS))
                .then(SUBMITTED)
                .when(submit(TERMS))
                .thenItIsSoAlready()
                .when(submit(CHEAPER))
                .thenRefused(ALREADY_SUBMITTED)
                .when(new Submit(STRANGER, "job_1", CLIENT, TERMS))
                .thenRefused(NOT_YOURS);
        given(AGGREGATE).when(new Withdraw(FREELANCER)).thenRefused(NOT_SUBMITTED);
    }

    @Test
    void nobodyAppliesForAJobOfTheirOwn() {
        given(AGGREGATE).when(new Submit(CLIENT, "job_1", CLIENT, TERMS)).thenRefused(OWN_JOB);
    }

    @Test
    void milestonesAddUpToThePrice() {
        for (var wrong : List.of(WRONG, terms(100), terms(100, 100, 0), terms(0), terms(1, Long.MAX_VALUE, 2)))
            given(AGGREGATE).when(submit(wrong)).thenRefused(MILESTONES_DO_NOT_ADD_UP);
        var mixed = someTerms()
                .priced(new Money(1, "USD"))
                .withMilestones(parts(new Money(1, "EUR")))
                .build();
        given(AGGREGATE).when(submit(mixed)).thenRefused(MILESTONES_DO_NOT_ADD_UP);
        given(AGGREGATE, SUBMITTED).when(new Revise(FREELANCER, 1, WRONG)).thenRefused(MILESTONES_DO_NOT_ADD_UP);
    }

    @Test
    void keepsItsCurrency() {
        given(AGGREGATE, SUBMITTED)
                .when(new Revise(FREELANCER, 1, IN_EURO))
                .thenRefused(CURRENCY_FIXED)
                .when(new Revise(FREELANCER, 1, CHEAPER))
                .then(REVISED);
    }

    @Test
    void anEditMakesANewRevisionThatTheClientHasNotSeen() {
        var revised = given(AGGREGATE, SUBMITTED)
                .when(new MarkSeen(CLIENT))
                .then(new Seen(NOW))
                .when(new MarkSeen(CLIENT))
                .thenItIsSoAlready()
                .when(new Revise(FREELANCER, 1, CHEAPER))
                .then(REVISED);
        revised.when(new Revise(FREELANCER, 1, TERMS)).thenRefused(CHANGED_MEANWHILE);
        revised.when(new Revise(FREELANCER, 2, CHEAPER)).thenItIsSoAlready();
        revised.when(new MarkSeen(CLIENT)).then(new Seen(NOW));
    }

    @Test
    void onlyTheRevisionThatTheClientSawIsAccepted() {
        given(AGGREGATE, SUBMITTED, REVISED)
                .when(new Accept(1, "ctr_1", "A boat"))
                .thenRefused(CHANGED_MEANWHILE);
        given(AGGREGATE, SUBMITTED)
                .when(new Accept(1, "ctr_1", "A boat"))
                .then(ACCEPTED)
                .when(new Accept(1, "ctr_1", "A boat"))
                .thenItIsSoAlready()
                .when(new Accept(1, "ctr_2", "A boat"))
                .thenRefused(ALREADY_ACCEPTED);
    }

    @Test
    void eachPartyDoesItsOwnPart() {
        var standing = given(AGGREGATE, SUBMITTED);
        standing.when(new Withdraw(CLIENT)).thenRefused(NOT_YOURS);
        standing.when(new Revise(STRANGER, 1, CHEAPER)).thenRefused(NOT_YOURS);
        standing.when(new Shortlist(FREELANCER)).thenRefused(NOT_YOURS);
        standing.when(new MarkSeen(STRANGER)).thenRefused(NOT_YOURS);
        given(AGGREGATE, SUBMITTED, DECLINED).when(new MarkSeen(STRANGER)).thenRefused(NOT_YOURS);
        assertTrue(standing.state().isVisibleTo(CLIENT) && standing.state().isVisibleTo(FREELANCER));
        assertFalse(standing.state().isVisibleTo(STRANGER));
    }

    @Test
    void aShortlistedOneHasBeenSeen() {
        given(AGGREGATE, SUBMITTED)
                .when(new Shortlist(CLIENT))
                .then(new Shortlisted(NOW))
                .when(new Shortlist(CLIENT))
                .thenItIsSoAlready()
                .when(new MarkSeen(CLIENT))
                .thenItIsSoAlready();
    }

    @Test
    void whatWasTakenBackIsNotAccepted() {
        given(AGGREGATE, SUBMITTED)
                .when(new Withdraw(FREELANCER))
                .then(WITHDRAWN)
                .when(new Withdraw(FREELANCER))
                .thenItIsSoAlready()
                .when(new Decline(DeclineReason.JOB_FILLED))
                .thenItIsSoAlready()
                .when(new Accept(1, "ctr_1", "A boat"))
                .thenRefused(ALREADY_WITHDRAWN)
                .when(submit(TERMS))
                .thenRefused(ALREADY_WITHDRAWN);
    }

    @Test
    void aSettledOneStaysAsItIs() {
        given(AGGREGATE, SUBMITTED)
                .when(new Decline(DeclineReason.JOB_FILLED))
                .then(DECLINED)
                .when(new Decline(DeclineReason.JOB_CLOSED))
                .thenItIsSoAlready()
                .when(new Accept(1, "ctr_1", "A boat"))
                .thenRefused(ALREADY_DECLINED)
                .when(new MarkSeen(CLIENT))
                .thenItIsSoAlready();
        given(AGGREGATE, SUBMITTED, ACCEPTED)
                .when(new Decline(DeclineReason.JOB_FILLED))
                .thenRefused(ALREADY_ACCEPTED)
                .when(new Withdraw(FREELANCER))
                .thenRefused(ALREADY_ACCEPTED);
    }

    @Test
    void whoCouldNotBePaidMaySubmitAgainOnceTheyCan() {
        var declined = new Declined("job_1", CLIENT, FREELANCER, DeclineReason.PAYOUT_NOT_READY, NOW);
        var lost = given(AGGREGATE, SUBMITTED, REVISED, declined);
        lost.when(submit(WRONG)).thenRefused(MILESTONES_DO_NOT_ADD_UP);
        lost.when(new Submit(STRANGER, "job_1", CLIENT, TERMS)).thenRefused(NOT_YOURS);
        lost.when(new Revise(FREELANCER, 2, TERMS)).thenRefused(ALREADY_DECLINED);
        lost.when(submit(TERMS))
                .then(new Resubmitted("job_1", CLIENT, FREELANCER, TERMS, 3, NOW))
                .when(submit(TERMS))
                .thenItIsSoAlready()
                .when(new Accept(2, "ctr_1", "A boat"))
                .thenRefused(CHANGED_MEANWHILE)
                .when(new Decline(DeclineReason.JOB_FILLED))
                .then(DECLINED)
                .when(submit(CHEAPER))
                .thenRefused(ALREADY_DECLINED);
    }

    @Test
    void thereIsOneForEachFreelancerAndJob() {
        assertEquals("prp_1-a", Proposal.id("job_1", "acc_a"));
        assertNotEquals(Proposal.id("job_1", "acc_a"), Proposal.id("job_1", "acc_b"));
    }

    /** Settled once, in one way, unless it may be submitted again; accepted are the very terms and revision that stood last. */
    @Property
    void isSettledOnceWithItsLastTerms(@ForAll("conversations") List<Said<ProposalCommand>> said) {
        var held = Conversation.hold(AGGREGATE, said);
        int settled = held.all(Accepted.class).size()
                + held.all(Declined.class).size()
                + held.all(Withdrawn.class).size();
        assertTrue(settled <= 1 + held.all(Resubmitted.class).size());
        var terms = held.all(ProposalEvent.class).stream()
                .flatMap(it -> switch (it) {
                    case SubmissionEvent e -> Stream.of(e.terms());
                    case Revised e -> Stream.of(e.terms());
                    case Seen _, Shortlisted _, Accepted _, Declined _, Withdrawn _ -> Stream.<Terms>empty();
                })
                .toList();
        for (var accepted : held.all(Accepted.class)) {
            assertEquals(terms.size(), accepted.revision());
            assertEquals(terms.getLast(), accepted.terms());
            assertTrue(accepted.terms().milestonesAddUp());
        }
    }

    @Provide
    Arbitrary<List<Said<ProposalCommand>>> conversations() {
        return Conversation.random(VOCABULARY);
    }

    static final List<ProposalCommand> VOCABULARY = List.of(
            submit(TERMS),
            submit(CHEAPER),
            submit(WRONG),
            new Submit(CLIENT, "job_1", CLIENT, TERMS),
            new Revise(FREELANCER, 1, CHEAPER),
            new Revise(FREELANCER, 2, TERMS),
            new Revise(FREELANCER, 1, WRONG),
            new Revise(FREELANCER, 1, IN_EURO),
            new Withdraw(FREELANCER),
            new Withdraw(STRANGER),
            new MarkSeen(CLIENT),
            new Shortlist(CLIENT),
            new Shortlist(STRANGER),
            new Accept(1, "ctr_1", "A boat"),
            new Accept(2, "ctr_1", "A boat"),
            new Accept(1, "ctr_2", "A boat"),
            new Decline(DeclineReason.PAYOUT_NOT_READY),
            new Decline(DeclineReason.JOB_FILLED));

    @Test
    void nothingIsLeftUnsaid() {
        Conversation.reachesEverything(AGGREGATE, VOCABULARY, Set.of());
    }
}
