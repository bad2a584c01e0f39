package io.guildhall.projections.view;

import static io.guildhall.Await.answer;
import static io.guildhall.projections.view.Stage.first;
import static io.guildhall.projections.view.Stories.*;
import static org.assertj.core.api.Assertions.assertThat;

import io.guildhall.domain.job.Job;
import io.guildhall.domain.job.JobCommand;
import io.guildhall.domain.proposal.DeclineReason;
import io.guildhall.domain.proposal.Proposal;
import io.guildhall.domain.proposal.ProposalCommand;
import io.guildhall.domain.review.Side;
import io.guildhall.projections.readmodel.contract.ContractRow;
import io.guildhall.projections.readmodel.contract.ContractStatus;
import io.guildhall.projections.readmodel.job.JobFilter;
import io.guildhall.projections.readmodel.job.JobRow;
import io.guildhall.projections.readmodel.job.JobStatus;
import io.guildhall.projections.readmodel.proposal.ProposalRow;
import io.guildhall.projections.readmodel.proposal.ProposalStatus;
import io.guildhall.projections.readmodel.review.ReviewRow;
import io.guildhall.projections.readmodel.room.MessageRow;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Given events, what the lists show. */
class ViewsTest {
    private static Stage stage;

    @BeforeAll
    static void open() {
        stage = new Stage();
    }

    @BeforeEach
    void empty() {
        stage.empty();
    }

    private JobRow job() {
        return answer(stage.read.jobs().ofClient(CLIENT, first(10))).items().getFirst();
    }

    private List<String> open(Optional<String> category, Optional<String> skill) {
        return answer(stage.read.jobs().open(new JobFilter(category, skill), first(10))).items().stream()
                .map(JobRow::id)
                .toList();
    }

    private ProposalRow proposalOf(String freelancerId) {
        return answer(stage.read.proposals().ofFreelancer(freelancerId, first(10)))
                .items()
                .getFirst();
    }

    private void now(Story story) {
        stage.play(story.all());
    }

    @Test
    void aJobGoesThroughItsStatuses() {
        var story = new Story()
                .tell(Job.AGGREGATE, JOB, new JobCommand.Post(CLIENT, details("A title", "Web", "Java"), false));
        now(story);
        assertThat(job().status()).isEqualTo(JobStatus.DRAFT);
        assertThat(open(Optional.empty(), Optional.empty())).isEmpty();

        now(story.tell(Job.AGGREGATE, JOB, new JobCommand.Publish(CLIENT)));
        assertThat(job().status()).isEqualTo(JobStatus.OPEN);
        assertThat(job().revision()).isEqualTo(1);
        assertThat(open(Optional.empty(), Optional.empty())).containsExactly(JOB);

        now(story.tell(Job.AGGREGATE, JOB, new JobCommand.Edit(CLIENT, 1, details("Another", "Design", "Go"))));
        assertThat(job().revision()).isEqualTo(2);
        assertThat(job().details()).isEqualTo(details("Another", "Design", "Go"));

        now(story.tell(Job.AGGREGATE, JOB, new JobCommand.ReceiveProposal("prp_1", ANN, "USD"))
                .tell(Job.AGGREGATE, JOB, new JobCommand.Accept(CLIENT, "prp_1", 1, "ctr_1")));
        assertThat(job().status()).isEqualTo(JobStatus.FILLING);
        assertThat(job().proposals()).isEqualTo(1);
        assertThat(job().contractId()).contains("ctr_1");
        assertThat(open(Optional.empty(), Optional.empty())).isEmpty();

        now(story.tell(Job.AGGREGATE, JOB, new JobCommand.AbandonHire("ctr_1", "withdrawn")));
        assertThat(job().status()).isEqualTo(JobStatus.OPEN);
        assertThat(job().contractId()).isEmpty();

        now(story.tell(Job.AGGREGATE, JOB, new JobCommand.Accept(CLIENT, "prp_1", 2, "ctr_2"))
                .tell(Job.AGGREGATE, JOB, new JobCommand.ConfirmHire("ctr_2")));
        assertThat(job().status()).isEqualTo(JobStatus.HIRED);
        now(story.tell(Job.AGGREGATE, JOB, new JobCommand.Cancel("ctr_2")));
        assertThat(job().status()).isEqualTo(JobStatus.CANCELLED);
    }

    @Test
    void openJobsAreNarrowedByCategoryAndSkillWhateverTheCapitals() {
        var story = new Story();
        story.tell(Job.AGGREGATE, "job_a", new JobCommand.Post(CLIENT, details("A", "Web", "Java", "SQL"), true));
        story.tell(Job.AGGREGATE, "job_b", new JobCommand.Post(CLIENT, details("B", "web", "Go"), true));
        story.tell(Job.AGGREGATE, "job_c", new JobCommand.Post(CLIENT, details("C", "Design", "java"), true));
        story.tell(Job.AGGREGATE, "job_d", new JobCommand.Post(CLIENT, details("D", "Web", "Java"), true))
                .tell(Job.AGGREGATE, "job_d", new JobCommand.Close(CLIENT, "No more"));
        now(story);
        assertThat(open(Optional.empty(), Optional.empty())).containsExactly("job_c", "job_b", "job_a");
        assertThat(open(Optional.of("WEB"), Optional.empty())).containsExactly("job_b", "job_a");
        assertThat(open(Optional.empty(), Optional.of("JAVA"))).containsExactly("job_c", "job_a");
        assertThat(open(Optional.of("web"), Optional.of("sql"))).containsExactly("job_a");
        assertThat(open(Optional.of("' OR true --"), Optional.empty())).isEmpty();
        assertThat(answer(stage.read.jobs().ofClient("acc_stranger", first(10))).items())
                .isEmpty();
    }

    @Test
    void aProposalShowsItsTermsItsStatusAndWhatWasSeen() {
        var story = posted("A job", "Dear client");
        var ann = Proposal.id(JOB, ANN);
        now(story);
        var row = proposalOf(ANN);
        assertThat(row.terms()).isEqualTo(terms("Dear client"));
        assertThat(row.jobTitle()).contains("A job");
        assertThat(row.status()).isEqualTo(ProposalStatus.SUBMITTED);
        assertThat(row.seen()).isFalse();
        assertThat(answer(stage.read.proposals().ofJob(JOB, first(10))).items())
                .extracting(ProposalRow::freelancerId)
                .containsExactly(BOB, ANN);

        now(story.tell(Proposal.AGGREGATE, ann, new ProposalCommand.Shortlist(CLIENT)));
        assertThat(proposalOf(ANN).status()).isEqualTo(ProposalStatus.SHORTLISTED);
        assertThat(proposalOf(ANN).seen()).isTrue();

        now(story.tell(Proposal.AGGREGATE, ann, new ProposalCommand.Revise(ANN, 1, terms("Dearer client"))));
        assertThat(proposalOf(ANN).seen()).isFalse();
        assertThat(proposalOf(ANN).revision()).isEqualTo(2);
        assertThat(proposalOf(ANN).terms()).isEqualTo(terms("Dearer client"));

        now(story.tell(Proposal.AGGREGATE, ann, new ProposalCommand.Withdraw(ANN))
                .tell(
                        Proposal.AGGREGATE,
                        Proposal.id(JOB, BOB),
                        new ProposalCommand.Decline(DeclineReason.JOB_CLOSED)));
        assertThat(proposalOf(ANN).status()).isEqualTo(ProposalStatus.WITHDRAWN);
        assertThat(proposalOf(BOB).status()).isEqualTo(ProposalStatus.DECLINED);
        assertThat(proposalOf(BOB).declined()).contains(DeclineReason.JOB_CLOSED);

        now(Stories.triesAgain(story, "Once more"));
        assertThat(proposalOf(CARL).status()).isEqualTo(ProposalStatus.SUBMITTED);
        assertThat(proposalOf(CARL).declined()).isEmpty();
        assertThat(proposalOf(CARL).revision()).isEqualTo(2);
        assertThat(proposalOf(CARL).terms()).isEqualTo(terms("Once more"));
    }

    @Test
    void aContractIsInBothPartiesListsWithItsMilestones() {
        now(hireAndPay("A job", "Note"));
        for (var party : List.of(CLIENT, ANN)) {
            ContractRow row = answer(stage.read.contracts().ofParty(party, first(10)))
                    .items()
                    .getFirst();
            assertThat(row.status()).isEqualTo(ContractStatus.COMPLETED);
            assertThat(row.price()).isEqualTo(usd(10_010));
            assertThat(row.milestones()).extracting(Object::toString).hasSize(2).allMatch(it -> it.contains("PAID"));
            assertThat(row.milestones().getFirst().note()).isEqualTo("Bluer");
        }
        assertThat(answer(stage.read.contracts().ofParty(BOB, first(10))).items())
                .isEmpty();
        assertThat(proposalOf(ANN).contractId()).contains(CONTRACT);

        stage.empty();
        now(cancelled());
        assertThat(answer(stage.read.contracts().ofParty(ANN, first(10))).items())
                .extracting(ContractRow::status)
                .containsExactly(ContractStatus.CANCELLED);
    }

    @Test
    void messagesComeTheLatestFirst() {
        now(hireAndPay("A job", "Hi"));
        assertThat(answer(stage.read.messages().ofRoom(ROOM, first(10))).items())
                .extracting(MessageRow::text)
                .containsExactly("Hello", "Hi");
    }

    @Test
    void aSealedReviewIsReadByItsAuthorAlone() {
        var story = hireAndPay("A job", "Great");
        now(story);
        assertThat(texts(CLIENT)).containsExactly(Optional.of("Great"), Optional.empty());
        assertThat(texts(ANN)).containsExactly(Optional.empty(), Optional.empty());
        assertThat(texts("")).containsExactly(Optional.empty(), Optional.empty());
        assertThat(answer(stage.read.reviews().about(ANN, first(10))).items()).isEmpty();

        reveal(story);
        now(story);
        assertThat(texts(ANN)).containsExactly(Optional.of("Great"), Optional.of("Pays"));
        assertThat(answer(stage.read.reviews().about(ANN, first(10))).items())
                .extracting(ReviewRow::side)
                .containsExactly(Side.CLIENT);
        assertThat(answer(stage.read.reviews().about(ANN, first(10)))
                        .items()
                        .getFirst()
                        .content())
                .get()
                .extracting(ReviewRow.Content::ratings)
                .isEqualTo(FIVE);
    }

    private List<Optional<String>> texts(String readerId) {
        return answer(stage.read.reviews().ofContract(CONTRACT, readerId)).stream()
                .map(it -> it.content().map(ReviewRow.Content::text))
                .toList();
    }
}
