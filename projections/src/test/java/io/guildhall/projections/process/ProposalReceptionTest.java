package io.guildhall.projections.process;

import static io.guildhall.projections.process.UserActions.newId;
import static io.guildhall.testing.JobBuilder.aJob;
import static org.assertj.core.api.Assertions.assertThat;

import io.guildhall.Await;
import io.guildhall.domain.job.Job;
import io.guildhall.domain.job.JobCommand;
import io.guildhall.domain.proposal.DeclineReason;
import io.guildhall.domain.proposal.Proposal;
import io.guildhall.domain.proposal.ProposalCommand;
import io.guildhall.domain.proposal.ProposalCommand.Submit;
import io.guildhall.domain.proposal.ProposalEvent;
import io.guildhall.kernel.Money;
import io.guildhall.testing.TermsBuilder;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Jobs that receive proposals: counted, limited, and declined when the job is filled. */
class ProposalReceptionTest {
    private static final LossyProcesses LOSSY = new LossyProcesses();
    private static ProcessFixture fixture;
    private static UserActions users;
    private final String client = newId("acc");
    private String job;

    @BeforeAll
    static void open() throws Exception {
        fixture = new ProcessFixture(LOSSY);
        users = new UserActions(fixture);
    }

    @BeforeEach
    void postJob() {
        job = users.postJob(client);
    }

    @AfterAll
    static void close() {
        fixture.close();
    }

    private void awaitCount(int waiting) {
        Await.until(() -> assertThat(((Job.Open) fixture.state(Job.AGGREGATE, job))
                        .proposals()
                        .waiting())
                .isEqualTo(waiting));
    }

    private void awaitDeclined(String proposal, DeclineReason reason) {
        Await.until(() -> assertThat(fixture.state(Proposal.AGGREGATE, proposal))
                .isInstanceOfSatisfying(
                        Proposal.Declined.class, it -> assertThat(it.reason()).isEqualTo(reason)));
    }

    @Test
    void countsProposalsThatWait() {
        var freelancer = newId("acc");
        var first = users.submitProposal(freelancer, client, job, 500);
        users.submitProposal(newId("acc"), client, job, 600);
        awaitCount(2);
        fixture.execute(Proposal.AGGREGATE, first, new ProposalCommand.Withdraw(freelancer));
        awaitCount(1);
    }

    /** Counts as many waiting proposals as are allowed. */
    private void fill() {
        fixture.queryNumber(
                "WITH filled AS (UPDATE waiting_proposal_count SET waiting = ? WHERE job_id = ? RETURNING 1) SELECT count(*) FROM filled",
                Job.MAX_WAITING_PROPOSALS,
                job);
    }

    @Test
    void withdrawnProposalMakesRoomInAFullJob() {
        var freelancer = newId("acc");
        var withdrawn = users.propose(freelancer, client, job, 500);
        fill();
        awaitDeclined(users.submitProposal(newId("acc"), client, job, 600), DeclineReason.TOO_MANY_PROPOSALS);
        fixture.execute(Proposal.AGGREGATE, withdrawn, new ProposalCommand.Withdraw(freelancer));
        awaitCount(Job.MAX_WAITING_PROPOSALS - 1);
        var next = users.propose(newId("acc"), client, job, 600);
        awaitCount(Job.MAX_WAITING_PROPOSALS);
        assertThat(fixture.state(Proposal.AGGREGATE, next)).isInstanceOf(Proposal.Pending.class);
    }

    @Test
    void withdrawnProposalIsSubmittedAgainAndHired() {
        var freelancer = newId("acc");
        var proposal = users.propose(freelancer, client, job, 500);
        fixture.execute(Proposal.AGGREGATE, proposal, new ProposalCommand.Withdraw(freelancer));
        awaitCount(0);
        users.propose(freelancer, client, job, 600);
        awaitCount(1);
        var contract = newId("ctr");
        fixture.execute(Job.AGGREGATE, job, new JobCommand.Accept(client, proposal, 2, contract, 500));
        users.awaitContract(contract);
    }

    @Test
    void withdrawnProposalIsSubmittedAgainOnlyIfThereIsRoom() {
        var freelancer = newId("acc");
        var proposal = users.propose(freelancer, client, job, 500);
        fixture.execute(Proposal.AGGREGATE, proposal, new ProposalCommand.Withdraw(freelancer));
        awaitCount(0);
        fill();
        users.submitProposal(freelancer, client, job, 600);
        awaitDeclined(proposal, DeclineReason.TOO_MANY_PROPOSALS);
    }

    /** The job has changed its currency after the withdrawal. */
    @Test
    void earlierSubmissionThatIsHandledAgainDoesNotDeclineTheLaterOne() {
        var freelancer = newId("acc");
        var proposal = users.propose(freelancer, client, job, 500);
        fixture.execute(Proposal.AGGREGATE, proposal, new ProposalCommand.Withdraw(freelancer));
        awaitCount(0);
        var euros = new Money(500, "EUR");
        var inEuro = aJob().budget(euros, euros).build();
        fixture.execute(Job.AGGREGATE, job, new JobCommand.Edit(client, 1, inEuro));
        var terms = TermsBuilder.someTerms().priced(euros).build();
        fixture.execute(Proposal.AGGREGATE, proposal, new Submit(freelancer, job, client, "A logo", true, terms));
        awaitCount(1);
        LOSSY.repeat("proposal-reception", proposal);
        awaitCount(1);
        assertThat(fixture.state(Proposal.AGGREGATE, proposal)).isInstanceOf(Proposal.Pending.class);
    }

    /** More than one page of the list. */
    @Test
    void declinesAllOtherProposalsAfterAHire() {
        var others = IntStream.range(0, 120)
                .mapToObj(_ -> users.submitProposal(newId("acc"), client, job, 600))
                .toList();
        awaitCount(120);
        users.hire(client, job, users.propose(newId("acc"), client, job, 500));
        for (var other : others) awaitDeclined(other, DeclineReason.JOB_FILLED);
    }

    @Test
    void declinesProposalInOtherCurrency() {
        var id = Proposal.id(job, "acc_eur");
        var inEuro = TermsBuilder.someTerms().priced(new Money(500, "EUR")).build();
        fixture.execute(Proposal.AGGREGATE, id, new Submit("acc_eur", job, client, "A logo", true, inEuro));
        awaitDeclined(id, DeclineReason.OTHER_CURRENCY);
    }

    /** As when this process reads, for the first time, proposals that were submitted long ago. */
    @Test
    void proposalsThatWereSubmittedBeforeASuspensionWait() {
        var freelancer = newId("acc");
        LOSSY.isLost = (_, recorded) -> recorded.event() instanceof ProposalEvent.SubmissionEvent;
        var proposal = users.submitProposal(freelancer, client, job, 500);
        Await.until(() -> assertThat(fixture.eventsBehind()).isZero());
        LOSSY.isLost = (_, _) -> false;
        var suspended = List.of(freelancer, client);
        fixture.suspended.addAll(suspended);
        LOSSY.repeat("proposal-reception", proposal);
        awaitCount(1);
        suspended.forEach(fixture.suspended::remove);
        assertThat(fixture.state(Proposal.AGGREGATE, proposal)).isInstanceOf(Proposal.Pending.class);
    }

    /** The hire was faster than the reception. */
    @Test
    void hiresByProposalThatTheJobHasNotReceivedYet() {
        var freelancer = newId("acc");
        var proposal = users.submitProposal(freelancer, client, job, 500);
        var contract = users.hire(client, job, proposal);
        users.awaitContract(contract);
        assertThat(fixture.state(Proposal.AGGREGATE, proposal)).isInstanceOf(Proposal.Accepted.class);
    }

    @Test
    void proposalThatIsReinstatedAfterTheJobWasClosedIsDeclined() {
        var freelancer = newId("acc");
        var proposal = users.propose(freelancer, client, job, 500);
        fixture.execute(Proposal.AGGREGATE, proposal, new ProposalCommand.Accept(job, 1, "ctr_x", "A logo", 500));
        awaitCount(0);
        fixture.execute(Job.AGGREGATE, job, new JobCommand.Close(client, "no money"));
        fixture.execute(Proposal.AGGREGATE, proposal, new ProposalCommand.Reinstate("ctr_x", "timed-out"));
        awaitDeclined(proposal, DeclineReason.JOB_NOT_OPEN);
    }
}
