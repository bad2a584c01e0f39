package io.guildhall.projections.view.proposal;

import static io.guildhall.Await.result;
import static io.guildhall.projections.view.HireScenario.*;
import static io.guildhall.projections.view.ViewFixture.firstPage;
import static org.assertj.core.api.Assertions.assertThat;

import io.guildhall.domain.proposal.DeclineReason;
import io.guildhall.domain.proposal.Proposal;
import io.guildhall.domain.proposal.ProposalCommand;
import io.guildhall.projections.readmodel.proposal.ProposalRow;
import io.guildhall.projections.readmodel.proposal.ProposalStatus;
import io.guildhall.projections.view.EventStory;
import io.guildhall.projections.view.HireScenario;
import io.guildhall.projections.view.ViewFixture;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ProposalViewTest {
    private static ViewFixture fixture;

    @BeforeAll
    static void open() {
        fixture = new ViewFixture();
    }

    @BeforeEach
    void empty() {
        fixture.empty();
    }

    private void apply(EventStory story) {
        fixture.apply(story.events());
    }

    private ProposalRow proposalOf(String freelancerId) {
        return result(fixture.readModel.proposals().ofFreelancer(freelancerId, firstPage(10)))
                .items()
                .getFirst();
    }

    @Test
    void showsTermsStatusAndWhetherTheClientHasSeenThem() {
        var story = jobWithProposals("A job", "Dear client");
        var ann = Proposal.id(JOB, ANN);
        apply(story);
        var row = proposalOf(ANN);
        assertThat(row.terms()).isEqualTo(terms("Dear client"));
        assertThat(row.jobTitle()).contains("A job");
        assertThat(row.status()).isEqualTo(ProposalStatus.SUBMITTED);
        assertThat(row.seen()).isFalse();
        assertThat(result(fixture.readModel.proposals().ofJob(JOB, firstPage(10)))
                        .items())
                .extracting(ProposalRow::freelancerId)
                .containsExactly(BOB, ANN);

        apply(story.execute(Proposal.AGGREGATE, ann, new ProposalCommand.Shortlist(CLIENT)));
        assertThat(proposalOf(ANN).status()).isEqualTo(ProposalStatus.SHORTLISTED);
        assertThat(proposalOf(ANN).seen()).isTrue();

        apply(story.execute(Proposal.AGGREGATE, ann, new ProposalCommand.Revise(ANN, 1, terms("Dearer client"))));
        assertThat(proposalOf(ANN).seen()).isFalse();
        assertThat(proposalOf(ANN).revision()).isEqualTo(2);
        assertThat(proposalOf(ANN).terms()).isEqualTo(terms("Dearer client"));

        apply(story.execute(Proposal.AGGREGATE, ann, new ProposalCommand.Withdraw(ANN))
                .execute(
                        Proposal.AGGREGATE,
                        Proposal.id(JOB, BOB),
                        new ProposalCommand.Decline(DeclineReason.JOB_CLOSED)));
        assertThat(proposalOf(ANN).status()).isEqualTo(ProposalStatus.WITHDRAWN);
        assertThat(proposalOf(BOB).status()).isEqualTo(ProposalStatus.DECLINED);
        assertThat(proposalOf(BOB).declineReason()).contains(DeclineReason.JOB_CLOSED);

        apply(HireScenario.resubmit(story, "Once more"));
        assertThat(proposalOf(CARL).status()).isEqualTo(ProposalStatus.SUBMITTED);
        assertThat(proposalOf(CARL).declineReason()).isEmpty();
        assertThat(proposalOf(CARL).revision()).isEqualTo(2);
        assertThat(proposalOf(CARL).terms()).isEqualTo(terms("Once more"));
    }

    @Test
    void showsAWithdrawnProposalThatIsSubmittedAgain() {
        var ann = Proposal.id(JOB, ANN);
        apply(jobWithProposals("A job", "Dear client")
                .execute(Proposal.AGGREGATE, ann, new ProposalCommand.Shortlist(CLIENT))
                .execute(Proposal.AGGREGATE, ann, new ProposalCommand.Withdraw(ANN))
                .execute(
                        Proposal.AGGREGATE,
                        ann,
                        new ProposalCommand.Submit(ANN, JOB, CLIENT, "A job", true, terms("Once more"))));
        assertThat(proposalOf(ANN).status()).isEqualTo(ProposalStatus.SUBMITTED);
        assertThat(proposalOf(ANN).seen()).isFalse();
        assertThat(proposalOf(ANN).revision()).isEqualTo(2);
        assertThat(proposalOf(ANN).terms()).isEqualTo(terms("Once more"));
        assertThat(proposalOf(ANN).submittedAt()).isBefore(proposalOf(ANN).changedAt());
    }

    @Test
    void waitsAgainAfterItsHireHasFailed() {
        var ann = Proposal.id(JOB, ANN);
        var accept = new ProposalCommand.Accept(JOB, 1, "ctr_1", "A job", 500);
        var story = jobWithProposals("A job", "Dear client")
                .execute(Proposal.AGGREGATE, ann, new ProposalCommand.Shortlist(CLIENT))
                .execute(Proposal.AGGREGATE, ann, accept);
        apply(story);
        assertThat(proposalOf(ANN).status()).isEqualTo(ProposalStatus.ACCEPTED);
        apply(story.execute(Proposal.AGGREGATE, ann, new ProposalCommand.Reinstate("ctr_1", "timed-out")));
        assertThat(proposalOf(ANN).status()).isEqualTo(ProposalStatus.SHORTLISTED);
        assertThat(proposalOf(ANN).contractId()).isEmpty();
        assertThat(proposalOf(ANN).seen()).isTrue();
    }

    @Test
    void showsTheContractOfAnAcceptedProposal() {
        apply(hireAndPay("A job", "Note"));
        assertThat(proposalOf(ANN).status()).isEqualTo(ProposalStatus.ACCEPTED);
        assertThat(proposalOf(ANN).contractId()).contains(CONTRACT);
    }
}
