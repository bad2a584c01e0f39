package io.guildhall.projections.view;

import static io.guildhall.testing.DealBuilder.aDeal;
import static io.guildhall.testing.JobBuilder.aJob;
import static io.guildhall.testing.TermsBuilder.someTerms;

import io.guildhall.domain.contract.Contract;
import io.guildhall.domain.contract.ContractCommand;
import io.guildhall.domain.contract.Deal;
import io.guildhall.domain.contract.Milestone;
import io.guildhall.domain.discrepancy.Discrepancy;
import io.guildhall.domain.discrepancy.DiscrepancyCommand;
import io.guildhall.domain.discrepancy.Report;
import io.guildhall.domain.escrow.Escrow;
import io.guildhall.domain.escrow.EscrowCommand;
import io.guildhall.domain.escrow.EscrowDeal;
import io.guildhall.domain.invite.Invite;
import io.guildhall.domain.job.Job;
import io.guildhall.domain.job.JobCommand;
import io.guildhall.domain.job.JobDetails;
import io.guildhall.domain.proposal.DeclineReason;
import io.guildhall.domain.proposal.Proposal;
import io.guildhall.domain.proposal.ProposalCommand;
import io.guildhall.domain.proposal.Terms;
import io.guildhall.domain.proposal.Terms.MilestoneTerms;
import io.guildhall.domain.review.Ratings;
import io.guildhall.domain.review.Review;
import io.guildhall.domain.review.ReviewCommand;
import io.guildhall.domain.review.Side;
import io.guildhall.domain.review.Subject;
import io.guildhall.domain.room.Room;
import io.guildhall.domain.room.RoomCommand;
import io.guildhall.kernel.Money;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** A job from the post to the reviews, with the failures that can happen on the way. */
public final class HireScenario {
    public static final String CLIENT = "acc_client";
    public static final String ANN = "acc_ann";
    public static final String BOB = "acc_bob";
    public static final String CARL = "acc_carl";
    public static final String JOB = "job_1";
    public static final String CONTRACT = "ctr_2";
    public static final String FIRST_ESCROW = Escrow.id(CONTRACT, 1);
    public static final String SECOND_ESCROW = Escrow.id(CONTRACT, 2);
    public static final String ROOM = Room.id(CONTRACT);
    public static final Ratings RATINGS = new Ratings(5, 4, 3, 2, 1);

    private HireScenario() {}

    public static Money usd(long amount) {
        return new Money(amount, "USD");
    }

    public static JobDetails details(String title, String category, String... skills) {
        return aJob().titled(title).inCategory(category).requiring(skills).build();
    }

    public static Terms terms(String letter) {
        var milestones = List.of(new MilestoneTerms("Draft", usd(10_001), 3), new MilestoneTerms("Final", usd(9), 4));
        return someTerms()
                .withMessage(letter)
                .withMilestones(milestones)
                .withLinks("https://example.org/a?b=c")
                .build();
    }

    public static EventStory jobWithProposals(String title, String letter) {
        var ann = Proposal.id(JOB, ANN);
        var bob = Proposal.id(JOB, BOB);
        return new EventStory()
                .execute(Job.AGGREGATE, JOB, new JobCommand.Post(CLIENT, details("A title", "Web", "Java"), false))
                .execute(Job.AGGREGATE, JOB, new JobCommand.Edit(CLIENT, 1, details(title, "Design", "Java", "SQL")))
                .execute(Job.AGGREGATE, JOB, new JobCommand.Publish(CLIENT))
                .execute(
                        Proposal.AGGREGATE,
                        ann,
                        new ProposalCommand.Submit(ANN, JOB, CLIENT, "A boat", true, terms(letter)))
                .execute(
                        Job.AGGREGATE,
                        JOB,
                        new JobCommand.ReceiveProposal(ann, ANN, "USD", new Job.ProposalCount(1, 1)))
                .execute(
                        Proposal.AGGREGATE,
                        bob,
                        new ProposalCommand.Submit(BOB, JOB, CLIENT, "A boat", true, terms("Bob's")))
                .execute(
                        Job.AGGREGATE,
                        JOB,
                        new JobCommand.ReceiveProposal(bob, BOB, "USD", new Job.ProposalCount(2, 2)));
    }

    /**
     * Adds a proposal that is declined because there is no payout account, and then submitted again with other terms.
     */
    public static EventStory resubmit(EventStory story, String letter) {
        var carl = Proposal.id(JOB, CARL);
        return story.execute(
                        Proposal.AGGREGATE,
                        carl,
                        new ProposalCommand.Submit(CARL, JOB, CLIENT, "A boat", true, terms("Carl's")))
                .execute(Proposal.AGGREGATE, carl, new ProposalCommand.Decline(DeclineReason.PAYOUT_NOT_READY))
                .execute(
                        Proposal.AGGREGATE,
                        carl,
                        new ProposalCommand.Submit(CARL, JOB, CLIENT, "A boat", true, terms(letter)));
    }

    /** A hire that fails first, then succeeds and continues to the reviews. */
    public static EventStory hireAndPay(String title, String letter) {
        var ann = Proposal.id(JOB, ANN);
        var bob = Proposal.id(JOB, BOB);
        var story = resubmit(jobWithProposals(title, letter), letter)
                .execute(Proposal.AGGREGATE, ann, new ProposalCommand.MarkSeen(CLIENT))
                .execute(Job.AGGREGATE, JOB, new JobCommand.Accept(CLIENT, ann, 1, "ctr_1", 500))
                .execute(Proposal.AGGREGATE, ann, new ProposalCommand.Revise(ANN, 1, terms(letter + "!")))
                .execute(Job.AGGREGATE, JOB, new JobCommand.AbandonHire("ctr_1", "changed-meanwhile"))
                .execute(Proposal.AGGREGATE, ann, new ProposalCommand.Shortlist(CLIENT))
                .execute(Job.AGGREGATE, JOB, new JobCommand.Accept(CLIENT, ann, 2, CONTRACT, 500))
                .execute(Proposal.AGGREGATE, ann, new ProposalCommand.Accept(JOB, 2, CONTRACT, title, 500))
                .execute(
                        Contract.AGGREGATE,
                        CONTRACT,
                        new ContractCommand.Create(deal(title), milestones(), Optional.empty()))
                .execute(Escrow.AGGREGATE, FIRST_ESCROW, new EscrowCommand.Open(escrow(1, "Draft", 10_001)))
                .execute(Escrow.AGGREGATE, SECOND_ESCROW, new EscrowCommand.Open(escrow(2, "Final", 9)))
                .execute(Room.AGGREGATE, ROOM, new RoomCommand.Open(CONTRACT, title, CLIENT, ANN))
                .execute(Job.AGGREGATE, JOB, new JobCommand.ConfirmHire(CONTRACT))
                .execute(Proposal.AGGREGATE, bob, new ProposalCommand.Decline(DeclineReason.JOB_FILLED))
                .execute(Room.AGGREGATE, ROOM, new RoomCommand.PostMessage(CLIENT, "msg_1", letter))
                .execute(Room.AGGREGATE, ROOM, new RoomCommand.PostMessage(ANN, "msg_2", "Hello"));
        work(story, letter);
        review(story, title, letter);
        return story;
    }

    /** A hire by a proposal and one by an invite, for a job that is open again. */
    private static void addUndoneHires(EventStory story) {
        var job = "job_9";
        var proposal = Proposal.id(job, CARL);
        var invite = Invite.id(job, BOB);
        story.execute(Job.AGGREGATE, job, new JobCommand.Post(CLIENT, details("A title", "Web", "Java"), true))
                .execute(
                        Proposal.AGGREGATE,
                        proposal,
                        new ProposalCommand.Submit(CARL, job, CLIENT, "A title", true, terms("Carl's")))
                .execute(Job.AGGREGATE, job, new JobCommand.CountProposals(new Job.ProposalCount(1, 1)))
                .execute(Proposal.AGGREGATE, proposal, new ProposalCommand.Shortlist(CLIENT))
                .execute(Job.AGGREGATE, job, new JobCommand.Accept(CLIENT, proposal, 1, "ctr_90", 500))
                .execute(Proposal.AGGREGATE, proposal, new ProposalCommand.Accept(job, 1, "ctr_90", "A title", 500))
                .execute(Proposal.AGGREGATE, proposal, new ProposalCommand.Reinstate("ctr_90", "timed-out"))
                .execute(Job.AGGREGATE, job, new JobCommand.AbandonHire("ctr_90", "timed-out"))
                .execute(Job.AGGREGATE, job, new JobCommand.TakeInvite(invite, 1, CLIENT, "USD", "ctr_91", 500))
                .execute(Job.AGGREGATE, job, new JobCommand.AbandonHire("ctr_91", "timed-out"));
    }

    /** All scenarios in one story, which writes at least one row to every table. */
    public static EventStory allScenarios() {
        var story = hireAndPay("Title", "Letter");
        revealReviews(story);
        AccountScenario.addAll(story);
        addDiscrepancy(story);
        addUndoneHires(story);
        SavedSearchScenario.addAll(story, "A search");
        InviteScenario.addAll(story, "A boat");
        RefundScenario.addAll(story, "A refund");
        SuspensionScenario.addAll(story, "A ship");
        RoomScenario.addAll(story);
        WebhookScenario.addAll(story);
        return GigScenario.addAll(story, "A gig");
    }

    /** A payment that nobody asked for, which waits for an operator. */
    private static void addDiscrepancy(EventStory story) {
        var report = new Report(
                Report.Kind.UNKNOWN_PAYMENT,
                Report.Movement.CHARGE,
                FIRST_ESCROW,
                9,
                "pi_9",
                usd(77),
                Optional.empty(),
                Optional.of(escrow(1, "Draft", 10_001)));
        story.execute(Discrepancy.AGGREGATE, Discrepancy.id(report), new DiscrepancyCommand.RecordReport(report));
    }

    private static void work(EventStory story, String note) {
        story.execute(Escrow.AGGREGATE, FIRST_ESCROW, new EscrowCommand.Fund(CLIENT, "pm_card_declined", "req_0"))
                .execute(Escrow.AGGREGATE, FIRST_ESCROW, new EscrowCommand.RecordDeclined(1, "card_declined"))
                .execute(Escrow.AGGREGATE, FIRST_ESCROW, new EscrowCommand.Fund(CLIENT, "pm_card_visa", "req_1"))
                .execute(Escrow.AGGREGATE, FIRST_ESCROW, new EscrowCommand.RecordActionRequired(2, "pi_1", "secret"))
                .execute(Escrow.AGGREGATE, FIRST_ESCROW, new EscrowCommand.RecordHeld(2, "pi_1", usd(10_001)))
                .execute(Contract.AGGREGATE, CONTRACT, new ContractCommand.MarkFunded(1))
                .execute(Contract.AGGREGATE, CONTRACT, new ContractCommand.Submit(ANN, 1, note))
                .execute(Contract.AGGREGATE, CONTRACT, new ContractCommand.RequestChanges(CLIENT, 1, "More blue"))
                .execute(Contract.AGGREGATE, CONTRACT, new ContractCommand.Submit(ANN, 1, "Bluer"))
                .execute(Contract.AGGREGATE, CONTRACT, new ContractCommand.Accept(CLIENT, 1))
                .execute(Escrow.AGGREGATE, FIRST_ESCROW, new EscrowCommand.Release())
                .execute(Escrow.AGGREGATE, FIRST_ESCROW, new EscrowCommand.RecordReleaseFailed(1, "account-restricted"))
                .execute(Escrow.AGGREGATE, FIRST_ESCROW, new EscrowCommand.RetryTransfer())
                .execute(Escrow.AGGREGATE, FIRST_ESCROW, new EscrowCommand.RecordReleaseFailed(2, "account-restricted"))
                .execute(Escrow.AGGREGATE, FIRST_ESCROW, new EscrowCommand.RetryTransfer())
                .execute(Escrow.AGGREGATE, FIRST_ESCROW, new EscrowCommand.RecordReleased(3, "tr_1", usd(9_501)))
                .execute(Contract.AGGREGATE, CONTRACT, new ContractCommand.MarkPaid(1))
                .execute(Escrow.AGGREGATE, SECOND_ESCROW, new EscrowCommand.Fund(CLIENT, "pm_card_visa", "req_1"))
                .execute(Escrow.AGGREGATE, SECOND_ESCROW, new EscrowCommand.RecordHeld(1, "pi_2", usd(9)))
                .execute(Contract.AGGREGATE, CONTRACT, new ContractCommand.MarkFunded(2))
                .execute(Contract.AGGREGATE, CONTRACT, new ContractCommand.Submit(ANN, 2, note))
                .execute(Contract.AGGREGATE, CONTRACT, new ContractCommand.Accept(CLIENT, 2))
                .execute(Escrow.AGGREGATE, SECOND_ESCROW, new EscrowCommand.Release())
                .execute(Escrow.AGGREGATE, SECOND_ESCROW, new EscrowCommand.RecordReleased(1, "tr_2", usd(9)))
                .execute(Contract.AGGREGATE, CONTRACT, new ContractCommand.MarkPaid(2))
                .execute(Job.AGGREGATE, JOB, new JobCommand.Complete(CONTRACT));
    }

    private static void review(EventStory story, String title, String text) {
        var byClient = Review.id(CONTRACT, Side.CLIENT);
        var byAnn = Review.id(CONTRACT, Side.FREELANCER);
        var closesAt = story.now.plus(Duration.ofDays(14));
        var subject = new Subject(CONTRACT, title, Side.CLIENT, CLIENT, ANN, closesAt);
        story.execute(Review.AGGREGATE, byClient, new ReviewCommand.Open(subject))
                .execute(Review.AGGREGATE, byAnn, new ReviewCommand.Open(subject.mirrored()))
                .execute(Review.AGGREGATE, byClient, new ReviewCommand.Write(CLIENT, RATINGS, text));
    }

    public static void revealReviews(EventStory story) {
        var byClient = Review.id(CONTRACT, Side.CLIENT);
        var byAnn = Review.id(CONTRACT, Side.FREELANCER);
        story.execute(Review.AGGREGATE, byAnn, new ReviewCommand.Write(ANN, RATINGS, "Pays"))
                .execute(Review.AGGREGATE, byClient, new ReviewCommand.Reveal())
                .execute(Review.AGGREGATE, byAnn, new ReviewCommand.Reveal());
    }

    /** A contract that is cancelled while a payment is being processed. */
    public static EventStory cancelledContract() {
        return new EventStory()
                .execute(
                        Contract.AGGREGATE,
                        CONTRACT,
                        new ContractCommand.Create(deal("Off"), milestones(), Optional.empty()))
                .execute(Escrow.AGGREGATE, FIRST_ESCROW, new EscrowCommand.Open(escrow(1, "Draft", 10_001)))
                .execute(Escrow.AGGREGATE, FIRST_ESCROW, new EscrowCommand.Fund(CLIENT, "pm_card_late", "req_0"))
                .execute(Contract.AGGREGATE, CONTRACT, new ContractCommand.Cancel(ANN, "No time"))
                .execute(Escrow.AGGREGATE, FIRST_ESCROW, new EscrowCommand.Cancel())
                .execute(Escrow.AGGREGATE, FIRST_ESCROW, new EscrowCommand.RecordHeld(1, "pi_1", usd(10_001)))
                .execute(Escrow.AGGREGATE, FIRST_ESCROW, new EscrowCommand.RecordRefunded(1, "re_1", usd(10_001)));
    }

    public static Deal deal(String title) {
        return aDeal().about(JOB, Proposal.id(JOB, ANN))
                .between(CLIENT, ANN)
                .titled(title)
                .priced(usd(10_010))
                .build();
    }

    private static List<Milestone> milestones() {
        return List.of(Milestone.pending(1, "Draft", usd(10_001), 3), Milestone.pending(2, "Final", usd(9), 4));
    }

    public static EscrowDeal escrow(int number, String title, long amount) {
        return aDeal().between(CLIENT, ANN).titled(title).priced(usd(amount)).buildEscrow(CONTRACT, number);
    }
}
