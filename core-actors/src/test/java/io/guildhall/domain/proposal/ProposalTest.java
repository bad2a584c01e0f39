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
import io.guildhall.given.CommandSequence;
import io.guildhall.given.CommandSequence.Step;
import io.guildhall.kernel.Money;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.LongStream;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class ProposalTest {
    static final String CLIENT = "acc_client", FREELANCER = "acc_freelancer", STRANGER = "acc_stranger";
    static final Terms TERMS = terms(100, 60, 40), CHEAPER = terms(90, 90), WRONG = terms(100, 60, 41);
    /** Two milestones of three days each. */
    static final Terms TOO_LONG = new Terms(TERMS.coverLetter(), TERMS.price(), 5, TERMS.milestones(), TERMS.links());

    static final ProposalEvent
            SUBMITTED = new Submitted("job_1", CLIENT, FREELANCER, Optional.of("A boat"), TERMS, NOW),
            REVISED = new Revised(CHEAPER, 2, NOW),
            WITHDRAWN = new Withdrawn("job_1", CLIENT, FREELANCER, NOW),
            DECLINED = new Declined("job_1", CLIENT, FREELANCER, DeclineReason.JOB_FILLED, NOW),
            REINSTATED = new Reinstated("job_1", CLIENT, FREELANCER, "ctr_1", false, "timed-out", NOW),
            ACCEPTED = new Accepted("job_1", CLIENT, FREELANCER, "A boat", "ctr_1", 1, TERMS, Optional.of(500), NOW);

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
        return new Submit(FREELANCER, "job_1", CLIENT, "A boat", true, terms);
    }

    @Test
    void isSubmittedOnce() {
        given(AGGREGATE)
                .when(submit(TERMS))
                .then(SUBMITTED)
                .when(submit(TERMS))
                .thenNothingChanges()
                .when(submit(CHEAPER))
                .thenRejected(ALREADY_SUBMITTED)
                .when(new Submit(STRANGER, "job_1", CLIENT, "A boat", true, TERMS))
                .thenRejected(NOT_YOURS);
        given(AGGREGATE).when(new Withdraw(FREELANCER)).thenRejected(NOT_SUBMITTED);
    }

    @Test
    void rejectsProposalOfFreelancerWhoCannotBePaid() {
        given(AGGREGATE)
                .when(new Submit(FREELANCER, "job_1", CLIENT, "A boat", false, TERMS))
                .thenRejected(PAYOUT_NOT_READY);
    }

    @Test
    void rejectsProposalToOwnJob() {
        given(AGGREGATE)
                .when(new Submit(CLIENT, "job_1", CLIENT, "A boat", true, TERMS))
                .thenRejected(OWN_JOB);
    }

    @Test
    void rejectsMilestonesThatDoNotAddUp() {
        for (var wrong : List.of(WRONG, terms(100), terms(100, 100, 0), terms(0), terms(1, Long.MAX_VALUE, 2)))
            given(AGGREGATE).when(submit(wrong)).thenRejected(MILESTONES_DO_NOT_ADD_UP);
        var mixed = someTerms()
                .priced(new Money(1, "USD"))
                .withMilestones(parts(new Money(1, "EUR")))
                .build();
        given(AGGREGATE).when(submit(mixed)).thenRejected(MILESTONES_DO_NOT_ADD_UP);
        given(AGGREGATE, SUBMITTED).when(new Revise(FREELANCER, 1, WRONG)).thenRejected(MILESTONES_DO_NOT_ADD_UP);
    }

    @Test
    void rejectsMilestonesThatTakeLongerThanTheDelivery() {
        given(AGGREGATE).when(submit(TOO_LONG)).thenRejected(MILESTONES_TOO_LONG);
        given(AGGREGATE, SUBMITTED).when(new Revise(FREELANCER, 1, TOO_LONG)).thenRejected(MILESTONES_TOO_LONG);
        var exact = new Terms(TERMS.coverLetter(), TERMS.price(), 6, TERMS.milestones(), TERMS.links());
        given(AGGREGATE)
                .when(submit(exact))
                .then(new Submitted("job_1", CLIENT, FREELANCER, Optional.of("A boat"), exact, NOW));
    }

    /** Older journals have such terms. */
    @Test
    void acceptsRecordedMilestonesThatTakeLongerThanTheDelivery() {
        given(AGGREGATE, new Submitted("job_1", CLIENT, FREELANCER, Optional.of("A boat"), TOO_LONG, NOW))
                .when(new Accept("job_1", 1, "ctr_1", "A boat", 500))
                .then(new Accepted("job_1", CLIENT, FREELANCER, "A boat", "ctr_1", 1, TOO_LONG, Optional.of(500), NOW));
    }

    @Test
    void rejectsNewCurrency() {
        given(AGGREGATE, SUBMITTED)
                .when(new Revise(FREELANCER, 1, IN_EURO))
                .thenRejected(CURRENCY_FIXED)
                .when(new Revise(FREELANCER, 1, CHEAPER))
                .then(REVISED);
    }

    @Test
    void editIncreasesRevisionAndResetsSeen() {
        var revised = given(AGGREGATE, SUBMITTED)
                .when(new MarkSeen(CLIENT))
                .then(new Seen(NOW))
                .when(new MarkSeen(CLIENT))
                .thenNothingChanges()
                .when(new Revise(FREELANCER, 1, CHEAPER))
                .then(REVISED);
        revised.when(new Revise(FREELANCER, 1, TERMS)).thenRejected(REVISION_MISMATCH);
        revised.when(new Revise(FREELANCER, 2, CHEAPER)).thenNothingChanges();
        revised.when(new MarkSeen(CLIENT)).then(new Seen(NOW));
    }

    @Test
    void rejectsAcceptOfOutdatedRevision() {
        given(AGGREGATE, SUBMITTED, REVISED)
                .when(new Accept("job_1", 1, "ctr_1", "A boat", 500))
                .thenRejected(REVISION_MISMATCH);
        given(AGGREGATE, SUBMITTED)
                .when(new Accept("job_1", 1, "ctr_1", "A boat", 500))
                .then(ACCEPTED)
                .when(new Accept("job_1", 1, "ctr_1", "A boat", 500))
                .thenNothingChanges()
                .when(new Accept("job_1", 1, "ctr_2", "A boat", 500))
                .thenRejected(ALREADY_ACCEPTED);
    }

    @Test
    void rejectsAcceptByHireForAnotherJob() {
        given(AGGREGATE, SUBMITTED)
                .when(new Accept("job_2", 1, "ctr_1", "A boat", 500))
                .thenRejected(NOT_SUBMITTED);
    }

    @Test
    void waitsAgainAfterItsHireHasFailed() {
        var accepted = given(AGGREGATE, SUBMITTED, ACCEPTED);
        accepted.when(new Reinstate("ctr_2", "timed-out")).thenNothingChanges();
        accepted.when(new Reinstate("ctr_1", "timed-out"))
                .then(REINSTATED)
                .when(new Reinstate("ctr_1", "timed-out"))
                .thenNothingChanges()
                .when(new Accept("job_1", 1, "ctr_2", "A boat", 500))
                .then(new Accepted("job_1", CLIENT, FREELANCER, "A boat", "ctr_2", 1, TERMS, Optional.of(500), NOW))
                .when(new Reinstate("ctr_1", "timed-out"))
                .thenNothingChanges();
        given(AGGREGATE, SUBMITTED, new Shortlisted(NOW), ACCEPTED)
                .when(new Reinstate("ctr_1", "timed-out"))
                .then(new Reinstated("job_1", CLIENT, FREELANCER, "ctr_1", true, "timed-out", NOW))
                .when(new Shortlist(CLIENT))
                .thenNothingChanges();
        given(AGGREGATE, SUBMITTED, WITHDRAWN)
                .when(new Reinstate("ctr_1", "already-withdrawn"))
                .thenNothingChanges();
        given(AGGREGATE).when(new Reinstate("ctr_1", "not-submitted")).thenNothingChanges();
    }

    @Test
    void rejectsCommandsOfWrongParty() {
        var standing = given(AGGREGATE, SUBMITTED);
        standing.when(new Withdraw(CLIENT)).thenRejected(NOT_YOURS);
        standing.when(new Revise(STRANGER, 1, CHEAPER)).thenRejected(NOT_YOURS);
        standing.when(new Shortlist(FREELANCER)).thenRejected(NOT_YOURS);
        standing.when(new MarkSeen(STRANGER)).thenRejected(NOT_YOURS);
        given(AGGREGATE, SUBMITTED, DECLINED).when(new MarkSeen(STRANGER)).thenRejected(NOT_YOURS);
        assertTrue(standing.state().isVisibleTo(CLIENT) && standing.state().isVisibleTo(FREELANCER));
        assertFalse(standing.state().isVisibleTo(STRANGER));
    }

    @Test
    void shortlistedProposalIsSeen() {
        given(AGGREGATE, SUBMITTED)
                .when(new Shortlist(CLIENT))
                .then(new Shortlisted(NOW))
                .when(new Shortlist(CLIENT))
                .thenNothingChanges()
                .when(new MarkSeen(CLIENT))
                .thenNothingChanges();
    }

    @Test
    void rejectsAcceptAfterWithdrawal() {
        given(AGGREGATE, SUBMITTED)
                .when(new Withdraw(FREELANCER))
                .then(WITHDRAWN)
                .when(new Withdraw(FREELANCER))
                .thenNothingChanges()
                .when(new Decline(DeclineReason.JOB_FILLED))
                .thenNothingChanges()
                .when(new Accept("job_1", 1, "ctr_1", "A boat", 500))
                .thenRejected(ALREADY_WITHDRAWN)
                .when(new Revise(FREELANCER, 1, CHEAPER))
                .thenRejected(ALREADY_WITHDRAWN);
    }

    @Test
    void canBeSubmittedAgainAfterItWasWithdrawn() {
        var withdrawn = given(AGGREGATE, SUBMITTED, REVISED, new Shortlisted(NOW), WITHDRAWN);
        withdrawn.when(submit(WRONG)).thenRejected(MILESTONES_DO_NOT_ADD_UP);
        withdrawn.when(submit(TOO_LONG)).thenRejected(MILESTONES_TOO_LONG);
        withdrawn
                .when(new Submit(STRANGER, "job_1", CLIENT, "A boat", true, TERMS))
                .thenRejected(NOT_YOURS);
        withdrawn
                .when(new Submit(FREELANCER, "job_1", CLIENT, "A boat", false, TERMS))
                .thenRejected(PAYOUT_NOT_READY);
        // With the same terms as before, or others.
        withdrawn.when(submit(CHEAPER)).then(resubmitted(CHEAPER, 3));
        withdrawn
                .when(submit(TERMS))
                .then(resubmitted(TERMS, 3))
                .when(submit(TERMS))
                .thenNothingChanges()
                .when(new Accept("job_1", 2, "ctr_1", "A boat", 500))
                .thenRejected(REVISION_MISMATCH)
                .when(new Shortlist(CLIENT))
                .then(new Shortlisted(NOW))
                .when(new Withdraw(FREELANCER))
                .then(WITHDRAWN)
                .when(submit(TERMS))
                .then(resubmitted(TERMS, 4))
                .when(new Accept("job_1", 4, "ctr_1", "A boat", 500))
                .then(new Accepted("job_1", CLIENT, FREELANCER, "A boat", "ctr_1", 4, TERMS, Optional.of(500), NOW));
    }

    private static Resubmitted resubmitted(Terms terms, long revision) {
        return new Resubmitted("job_1", CLIENT, FREELANCER, Optional.of("A boat"), terms, revision, NOW);
    }

    @Test
    void declineOfAnEarlierSubmissionDoesNotDeclineALaterOne() {
        var first = new Decline(DeclineReason.JOB_FILLED, Optional.of(1L));
        given(AGGREGATE, SUBMITTED, REVISED).when(first).then(DECLINED);
        var again = given(AGGREGATE, SUBMITTED, WITHDRAWN, resubmitted(TERMS, 2));
        again.when(first).thenNothingChanges();
        again.when(new Decline(DeclineReason.JOB_FILLED, Optional.of(2L))).then(DECLINED);
        again.when(new Decline(DeclineReason.JOB_FILLED)).then(DECLINED);
    }

    @Test
    void decidedProposalDoesNotChange() {
        given(AGGREGATE, SUBMITTED)
                .when(new Decline(DeclineReason.JOB_FILLED))
                .then(DECLINED)
                .when(new Decline(DeclineReason.JOB_CLOSED))
                .thenNothingChanges()
                .when(new Accept("job_1", 1, "ctr_1", "A boat", 500))
                .thenRejected(ALREADY_DECLINED)
                .when(new MarkSeen(CLIENT))
                .thenNothingChanges();
        given(AGGREGATE, SUBMITTED, ACCEPTED)
                .when(new Decline(DeclineReason.JOB_FILLED))
                .thenRejected(ALREADY_ACCEPTED)
                .when(new Withdraw(FREELANCER))
                .thenRejected(ALREADY_ACCEPTED);
    }

    @Test
    void canBeResubmittedAfterPayoutAccountWasNotReady() {
        var declined = new Declined("job_1", CLIENT, FREELANCER, DeclineReason.PAYOUT_NOT_READY, NOW);
        var lost = given(AGGREGATE, SUBMITTED, REVISED, declined);
        lost.when(submit(WRONG)).thenRejected(MILESTONES_DO_NOT_ADD_UP);
        lost.when(submit(TOO_LONG)).thenRejected(MILESTONES_TOO_LONG);
        lost.when(new Submit(STRANGER, "job_1", CLIENT, "A boat", true, TERMS)).thenRejected(NOT_YOURS);
        lost.when(new Revise(FREELANCER, 2, TERMS)).thenRejected(ALREADY_DECLINED);
        lost.when(new Submit(FREELANCER, "job_1", CLIENT, "A boat", false, TERMS))
                .thenRejected(PAYOUT_NOT_READY);
        lost.when(submit(TERMS))
                .then(new Resubmitted("job_1", CLIENT, FREELANCER, Optional.of("A boat"), TERMS, 3, NOW))
                .when(submit(TERMS))
                .thenNothingChanges()
                .when(new Accept("job_1", 2, "ctr_1", "A boat", 500))
                .thenRejected(REVISION_MISMATCH)
                .when(new Decline(DeclineReason.JOB_FILLED))
                .then(DECLINED)
                .when(submit(CHEAPER))
                .thenRejected(ALREADY_DECLINED);
    }

    @Test
    void idDependsOnJobAndFreelancer() {
        assertEquals("prp_1-a", Proposal.id("job_1", "acc_a"));
        assertNotEquals(Proposal.id("job_1", "acc_a"), Proposal.id("job_1", "acc_b"));
    }

    /**
     * For random commands: a proposal is decided once unless it can be resubmitted, and an accept has the latest terms
     * and revision.
     */
    @Property
    void isDecidedOnceWithLatestTerms(@ForAll("sequences") List<Step<ProposalCommand>> steps) {
        var result = CommandSequence.run(AGGREGATE, steps);
        int settled = result.events(Accepted.class).size()
                + result.events(Declined.class).size()
                + result.events(Withdrawn.class).size();
        int returns = result.events(Resubmitted.class).size()
                + result.events(Reinstated.class).size();
        assertTrue(settled <= 1 + returns);
        var terms = new ArrayList<Terms>();
        for (var event : result.journal())
            switch (event) {
                case SubmissionEvent e -> terms.add(e.terms());
                case Revised e -> terms.add(e.terms());
                case Accepted e -> {
                    assertEquals(terms.size(), e.revision());
                    assertEquals(terms.getLast(), e.terms());
                    assertTrue(e.terms().milestonesAddUp());
                }
                case Seen _, Shortlisted _, Reinstated _, Declined _, Withdrawn _ -> {}
            }
    }

    @Provide
    Arbitrary<List<Step<ProposalCommand>>> sequences() {
        return CommandSequence.random(COMMANDS);
    }

    static final List<ProposalCommand> COMMANDS = List.of(
            submit(TERMS),
            submit(CHEAPER),
            submit(WRONG),
            submit(TOO_LONG),
            new Submit(CLIENT, "job_1", CLIENT, "A boat", true, TERMS),
            new Revise(FREELANCER, 1, CHEAPER),
            new Revise(FREELANCER, 2, TERMS),
            new Revise(FREELANCER, 1, WRONG),
            new Revise(FREELANCER, 1, IN_EURO),
            new Withdraw(FREELANCER),
            new Withdraw(STRANGER),
            new MarkSeen(CLIENT),
            new Shortlist(CLIENT),
            new Shortlist(STRANGER),
            new Accept("job_1", 1, "ctr_1", "A boat", 500),
            new Accept("job_1", 2, "ctr_1", "A boat", 500),
            new Accept("job_1", 1, "ctr_2", "A boat", 500),
            new Accept("job_2", 1, "ctr_1", "A boat", 500),
            new Reinstate("ctr_1", "timed-out"),
            new Submit(FREELANCER, "job_1", CLIENT, "A boat", false, TERMS),
            new Decline(DeclineReason.PAYOUT_NOT_READY),
            new Decline(DeclineReason.JOB_FILLED));

    @Test
    void commandsCoverEveryPhaseEventAndRejection() {
        CommandSequence.coversEverything(AGGREGATE, COMMANDS, Set.of());
    }
}
