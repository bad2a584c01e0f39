package io.guildhall.projections.view;

import static io.guildhall.testing.DealBuilder.aDeal;
import static io.guildhall.testing.JobBuilder.aJob;
import static io.guildhall.testing.TermsBuilder.someTerms;

import io.guildhall.domain.contract.Contract;
import io.guildhall.domain.contract.ContractCommand;
import io.guildhall.domain.contract.Deal;
import io.guildhall.domain.contract.Milestone;
import io.guildhall.domain.escrow.Escrow;
import io.guildhall.domain.escrow.EscrowCommand;
import io.guildhall.domain.escrow.EscrowDeal;
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

/** The path that defines the house, and what goes wrong on it. */
final class Stories {
    static final String CLIENT = "acc_client";
    static final String ANN = "acc_ann";
    static final String BOB = "acc_bob";
    static final String CARL = "acc_carl";
    static final String JOB = "job_1";
    static final String CONTRACT = "ctr_2";
    static final String FIRST = Escrow.id(CONTRACT, 1);
    static final String SECOND = Escrow.id(CONTRACT, 2);
    static final String ROOM = Room.id(CONTRACT);
    static final Ratings FIVE = new Ratings(5, 4, 3, 2, 1);

    private Stories() {}

    static Money usd(long amount) {
        return new Money(amount, "USD");
    }

    static JobDetails details(String title, String category, String... skills) {
        return aJob().titled(title).inCategory(category).requiring(skills).build();
    }

    static Terms terms(String letter) {
        var milestones = List.of(new MilestoneTerms("Draft", usd(10_001), 3), new MilestoneTerms("Final", usd(9), 4));
        return someTerms()
                .withMessage(letter)
                .withMilestones(milestones)
                .withLinks("https://example.org/a?b=c")
                .build();
    }

    static Story posted(String title, String letter) {
        var ann = Proposal.id(JOB, ANN);
        var bob = Proposal.id(JOB, BOB);
        return new Story()
                .tell(Job.AGGREGATE, JOB, new JobCommand.Post(CLIENT, details("A title", "Web", "Java"), false))
                .tell(Job.AGGREGATE, JOB, new JobCommand.Edit(CLIENT, 1, details(title, "Design", "Java", "SQL")))
                .tell(Job.AGGREGATE, JOB, new JobCommand.Publish(CLIENT))
                .tell(Proposal.AGGREGATE, ann, new ProposalCommand.Submit(ANN, JOB, CLIENT, terms(letter)))
                .tell(Job.AGGREGATE, JOB, new JobCommand.ReceiveProposal(ann, ANN, "USD"))
                .tell(Proposal.AGGREGATE, bob, new ProposalCommand.Submit(BOB, JOB, CLIENT, terms("Bob's")))
                .tell(Job.AGGREGATE, JOB, new JobCommand.ReceiveProposal(bob, BOB, "USD"));
    }

    /** Declined for want of a payout account, and submitted again with other terms. */
    static Story triesAgain(Story story, String letter) {
        var carl = Proposal.id(JOB, CARL);
        return story.tell(Proposal.AGGREGATE, carl, new ProposalCommand.Submit(CARL, JOB, CLIENT, terms("Carl's")))
                .tell(Proposal.AGGREGATE, carl, new ProposalCommand.Decline(DeclineReason.PAYOUT_NOT_READY))
                .tell(Proposal.AGGREGATE, carl, new ProposalCommand.Submit(CARL, JOB, CLIENT, terms(letter)));
    }

    /** A hire that is refused first, then everything to the reviews. */
    static Story hireAndPay(String title, String letter) {
        var ann = Proposal.id(JOB, ANN);
        var bob = Proposal.id(JOB, BOB);
        var story = triesAgain(posted(title, letter), letter)
                .tell(Proposal.AGGREGATE, ann, new ProposalCommand.MarkSeen(CLIENT))
                .tell(Job.AGGREGATE, JOB, new JobCommand.Accept(CLIENT, ann, 1, "ctr_1"))
                .tell(Proposal.AGGREGATE, ann, new ProposalCommand.Revise(ANN, 1, terms(letter + "!")))
                .tell(Job.AGGREGATE, JOB, new JobCommand.AbandonHire("ctr_1", "changed-meanwhile"))
                .tell(Proposal.AGGREGATE, ann, new ProposalCommand.Shortlist(CLIENT))
                .tell(Job.AGGREGATE, JOB, new JobCommand.Accept(CLIENT, ann, 2, CONTRACT))
                .tell(Proposal.AGGREGATE, ann, new ProposalCommand.Accept(2, CONTRACT, title))
                .tell(Contract.AGGREGATE, CONTRACT, new ContractCommand.Draw(deal(title), milestones()))
                .tell(Escrow.AGGREGATE, FIRST, new EscrowCommand.Open(escrow(1, "Draft", 10_001)))
                .tell(Escrow.AGGREGATE, SECOND, new EscrowCommand.Open(escrow(2, "Final", 9)))
                .tell(Room.AGGREGATE, ROOM, new RoomCommand.Open(CONTRACT, title, CLIENT, ANN))
                .tell(Job.AGGREGATE, JOB, new JobCommand.ConfirmHire(CONTRACT))
                .tell(Proposal.AGGREGATE, bob, new ProposalCommand.Decline(DeclineReason.JOB_FILLED))
                .tell(Room.AGGREGATE, ROOM, new RoomCommand.PostMessage(CLIENT, "msg_1", letter))
                .tell(Room.AGGREGATE, ROOM, new RoomCommand.PostMessage(ANN, "msg_2", "Hello"));
        work(story, letter);
        review(story, title, letter);
        return story;
    }

    /** At least one row in every table. */
    static Story everything() {
        var story = hireAndPay("Title", "Letter");
        reveal(story);
        AccountStories.allThatHappens(story);
        SavedSearchStories.allThatHappens(story, "A search");
        InviteStories.allThatHappens(story, "A boat");
        return GigStories.allThatHappens(story, "A gig");
    }

    private static void work(Story story, String note) {
        story.tell(Escrow.AGGREGATE, FIRST, new EscrowCommand.Fund(CLIENT, "pm_card_declined", "req_0"))
                .tell(Escrow.AGGREGATE, FIRST, new EscrowCommand.RecordDeclined(1, "card_declined"))
                .tell(Escrow.AGGREGATE, FIRST, new EscrowCommand.Fund(CLIENT, "pm_card_visa", "req_1"))
                .tell(Escrow.AGGREGATE, FIRST, new EscrowCommand.RecordActionRequired(2, "pi_1", "secret"))
                .tell(Escrow.AGGREGATE, FIRST, new EscrowCommand.RecordHeld(2, "pi_1"))
                .tell(Contract.AGGREGATE, CONTRACT, new ContractCommand.MarkFunded(1))
                .tell(Contract.AGGREGATE, CONTRACT, new ContractCommand.Submit(ANN, 1, note))
                .tell(Contract.AGGREGATE, CONTRACT, new ContractCommand.RequestChanges(CLIENT, 1, "More blue"))
                .tell(Contract.AGGREGATE, CONTRACT, new ContractCommand.Submit(ANN, 1, "Bluer"))
                .tell(Contract.AGGREGATE, CONTRACT, new ContractCommand.Accept(CLIENT, 1))
                .tell(Escrow.AGGREGATE, FIRST, new EscrowCommand.Release())
                .tell(Escrow.AGGREGATE, FIRST, new EscrowCommand.RecordReleaseFailed(1, "account-restricted"))
                .tell(Escrow.AGGREGATE, FIRST, new EscrowCommand.Retry())
                .tell(Escrow.AGGREGATE, FIRST, new EscrowCommand.RecordReleaseFailed(2, "account-restricted"))
                .tell(Escrow.AGGREGATE, FIRST, new EscrowCommand.Retry())
                .tell(Escrow.AGGREGATE, FIRST, new EscrowCommand.RecordReleased(3, "tr_1"))
                .tell(Contract.AGGREGATE, CONTRACT, new ContractCommand.MarkPaid(1))
                .tell(Escrow.AGGREGATE, SECOND, new EscrowCommand.Fund(CLIENT, "pm_card_visa", "req_1"))
                .tell(Escrow.AGGREGATE, SECOND, new EscrowCommand.RecordHeld(1, "pi_2"))
                .tell(Contract.AGGREGATE, CONTRACT, new ContractCommand.MarkFunded(2))
                .tell(Contract.AGGREGATE, CONTRACT, new ContractCommand.Submit(ANN, 2, note))
                .tell(Contract.AGGREGATE, CONTRACT, new ContractCommand.Accept(CLIENT, 2))
                .tell(Escrow.AGGREGATE, SECOND, new EscrowCommand.Release())
                .tell(Escrow.AGGREGATE, SECOND, new EscrowCommand.RecordReleased(1, "tr_2"))
                .tell(Contract.AGGREGATE, CONTRACT, new ContractCommand.MarkPaid(2))
                .tell(Job.AGGREGATE, JOB, new JobCommand.Complete(CONTRACT));
    }

    private static void review(Story story, String title, String text) {
        var byClient = Review.id(CONTRACT, Side.CLIENT);
        var byAnn = Review.id(CONTRACT, Side.FREELANCER);
        var closesAt = story.now.plus(Duration.ofDays(14));
        var subject = new Subject(CONTRACT, title, Side.CLIENT, CLIENT, ANN, closesAt);
        story.tell(Review.AGGREGATE, byClient, new ReviewCommand.Open(subject))
                .tell(Review.AGGREGATE, byAnn, new ReviewCommand.Open(subject.mirrored()))
                .tell(Review.AGGREGATE, byClient, new ReviewCommand.Write(CLIENT, FIVE, text));
    }

    static void reveal(Story story) {
        var byClient = Review.id(CONTRACT, Side.CLIENT);
        var byAnn = Review.id(CONTRACT, Side.FREELANCER);
        story.tell(Review.AGGREGATE, byAnn, new ReviewCommand.Write(ANN, FIVE, "Pays"))
                .tell(Review.AGGREGATE, byClient, new ReviewCommand.Reveal())
                .tell(Review.AGGREGATE, byAnn, new ReviewCommand.Reveal());
    }

    /** A contract that is cancelled while a payment is on its way. */
    static Story cancelled() {
        return new Story()
                .tell(Contract.AGGREGATE, CONTRACT, new ContractCommand.Draw(deal("Off"), milestones()))
                .tell(Escrow.AGGREGATE, FIRST, new EscrowCommand.Open(escrow(1, "Draft", 10_001)))
                .tell(Escrow.AGGREGATE, FIRST, new EscrowCommand.Fund(CLIENT, "pm_card_late", "req_0"))
                .tell(Contract.AGGREGATE, CONTRACT, new ContractCommand.Cancel(ANN, "No time"))
                .tell(Escrow.AGGREGATE, FIRST, new EscrowCommand.CallOff())
                .tell(Escrow.AGGREGATE, FIRST, new EscrowCommand.RecordHeld(1, "pi_1"))
                .tell(Escrow.AGGREGATE, FIRST, new EscrowCommand.RecordRefunded(1, "re_1"));
    }

    static Deal deal(String title) {
        return aDeal().about(JOB, Proposal.id(JOB, ANN))
                .between(CLIENT, ANN)
                .titled(title)
                .priced(usd(10_010))
                .build();
    }

    private static List<Milestone> milestones() {
        return List.of(Milestone.pending(1, "Draft", usd(10_001), 3), Milestone.pending(2, "Final", usd(9), 4));
    }

    static EscrowDeal escrow(int number, String title, long amount) {
        return aDeal().between(CLIENT, ANN).titled(title).priced(usd(amount)).buildEscrow(CONTRACT, number);
    }
}
