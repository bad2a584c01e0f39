package io.guildhall.projections.process;

import static io.guildhall.projections.process.UserActions.newId;
import static io.guildhall.projections.process.UserActions.terms;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.guildhall.Await;
import io.guildhall.domain.contract.Contract;
import io.guildhall.domain.contract.ContractCommand;
import io.guildhall.domain.contract.ContractEvent;
import io.guildhall.domain.contract.Deal;
import io.guildhall.domain.contract.EscrowRules;
import io.guildhall.domain.contract.Milestone;
import io.guildhall.domain.escrow.Escrow;
import io.guildhall.domain.hire.Hire;
import io.guildhall.domain.hire.HireCommand;
import io.guildhall.domain.hire.HireEvent;
import io.guildhall.domain.hire.HireFailure;
import io.guildhall.domain.hire.HireSource;
import io.guildhall.domain.hire.HireTerms;
import io.guildhall.domain.invite.AcceptanceFailure;
import io.guildhall.domain.invite.Invite;
import io.guildhall.domain.invite.InviteEvent;
import io.guildhall.domain.job.Job;
import io.guildhall.domain.job.JobCommand;
import io.guildhall.domain.job.JobEvent;
import io.guildhall.domain.proposal.Proposal;
import io.guildhall.domain.proposal.ProposalCommand;
import io.guildhall.domain.room.Room;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A step of a hire is lost, any one: at its deadline the hire ends, one way or the other. */
class LostStepsTest {
    private static final Duration AFTER_THE_LIMIT = ProcessFixture.HIRE_TIME_LIMIT.plusMinutes(2);

    private static final LossyProcesses PROCESSES = new LossyProcesses();
    private static ProcessFixture fixture;
    private static UserActions users;
    private final String client = newId("acc");
    private final String freelancer = newId("acc");
    private String job;
    private final String contract = newId("ctr");

    @BeforeAll
    static void open() throws Exception {
        fixture = new ProcessFixture(PROCESSES);
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

    /** Loses the next steps of these kinds until this is changed. */
    private static void lose(String process, Class<?>... events) {
        PROCESSES.isLost = (name, recorded) ->
                name.equals(process) && Stream.of(events).anyMatch(it -> it.isInstance(recorded.event()));
    }

    private static void loseNothing() {
        PROCESSES.isLost = (_, _) -> false;
    }

    private void acceptProposal(String proposal) {
        acceptProposal(proposal, contract);
    }

    private void acceptProposal(String proposal, String contractId) {
        fixture.execute(Job.AGGREGATE, job, new JobCommand.Accept(client, proposal, 1, contractId, 500));
    }

    private Job job() {
        return fixture.state(Job.AGGREGATE, job);
    }

    private Hire hire(String contractId) {
        return fixture.state(Hire.AGGREGATE, contractId);
    }

    private void awaitHired(String contractId) {
        Await.until(() -> assertThat(job())
                .isInstanceOfSatisfying(
                        Job.Hired.class, it -> assertThat(it.contractId()).isEqualTo(contractId)));
        assertThat(hire(contractId)).isInstanceOf(Hire.Succeeded.class);
        assertThat(fixture.state(Room.AGGREGATE, Room.id(contractId))).isInstanceOf(Room.Open.class);
    }

    static Stream<Arguments> stepsAfterWhichTheHireIsCompleted() {
        return Stream.of(
                arguments(JobEvent.FillingStarted.class, Hire.NotStarted.class),
                arguments(HireEvent.Agreed.class, Hire.Agreed.class),
                arguments(ContractEvent.Created.class, Hire.Agreed.class),
                arguments(HireEvent.Succeeded.class, Hire.Succeeded.class));
    }

    @ParameterizedTest
    @MethodSource("stepsAfterWhichTheHireIsCompleted")
    void completesHireAtItsDeadline(Class<?> step, Class<?> phase) {
        var proposal = users.propose(freelancer, client, job, 500);
        lose("hiring", step);
        acceptProposal(proposal);
        Await.until(() -> assertThat(hire(contract)).isInstanceOf(phase));
        awaitIdle();
        assertThat(job()).isInstanceOf(Job.Filling.class);
        loseNothing();
        fixture.advanceClock(AFTER_THE_LIMIT);
        awaitHired(contract);
    }

    /** It was created before fees were pinned, and the fee was changed since. */
    @Test
    void completesHireAtItsDeadlineWithTheTermsOfTheContractThatExists() {
        var proposal = users.propose(freelancer, client, job, 500);
        lose("hiring", HireEvent.Agreed.class, ContractEvent.Created.class);
        acceptProposal(proposal);
        Await.until(() -> assertThat(hire(contract)).isInstanceOf(Hire.Agreed.class));
        awaitIdle();
        var price = UserActions.usd(500);
        var deal = Deal.byProposal(job, proposal, client, freelancer, "A boat", price, 700);
        var milestones = List.of(Milestone.pending(1, "All of it", price, 7));
        fixture.execute(Contract.AGGREGATE, contract, new ContractCommand.Create(deal, milestones, Optional.empty()));
        awaitIdle();
        loseNothing();
        fixture.advanceClock(AFTER_THE_LIMIT);
        awaitHired(contract);
        assertThat(fixture.state(Escrow.AGGREGATE, Escrow.id(contract, 1)).findDeal())
                .hasValueSatisfying(it -> assertThat(it.feeBasisPoints()).isEqualTo(700));
    }

    /** Other rules may apply when the contract is created. */
    @Test
    void contractHasTheEscrowRulesThatItsHireHasPinned() {
        var pinned = new EscrowRules(10, List.of(2), 5, List.of(1), Optional.empty());
        var source = HireSource.order("inv_1", 1);
        var price = UserActions.usd(500);
        var terms = new HireTerms(freelancer, price, UserActions.terms(500).milestones());
        fixture.execute(
                Hire.AGGREGATE,
                contract,
                new HireCommand.Start(
                        source,
                        Optional.empty(),
                        client,
                        "A logo",
                        500,
                        Optional.of(terms),
                        ProcessFixture.HIRE_TIME_LIMIT,
                        Optional.of(pinned)));
        users.awaitContract(contract);
        assertThat(fixture.state(Contract.AGGREGATE, contract)
                        .findDetails()
                        .orElseThrow()
                        .rules())
                .contains(pinned);
    }

    @Test
    void hirePinsTheConfiguredEscrowRules() {
        acceptProposal(users.propose(freelancer, client, job, 500));
        awaitHired(contract);
        assertThat(hire(contract).findDetails().orElseThrow().rules()).contains(EscrowRules.STANDARD);
    }

    @Test
    void repeatedAcceptOfAFailedHireDoesNotFillTheJob() {
        var proposal = users.propose(freelancer, client, job, 500);
        fixture.execute(Proposal.AGGREGATE, proposal, new ProposalCommand.Revise(freelancer, 1, terms(900)));
        awaitRefused(proposal, contract);
        var second = newId("ctr");
        awaitRefused(proposal, second);
        acceptProposal(proposal, second);
        assertThat(job()).as("the last one").isInstanceOf(Job.Open.class);
        awaitRefused(proposal, contract);
    }

    private void awaitRefused(String proposal, String contractId) {
        acceptProposal(proposal, contractId);
        Await.until(() -> assertThat(job())
                .isInstanceOfSatisfying(
                        Job.Open.class,
                        it -> assertThat(it.lastFailure().orElseThrow().contractId())
                                .isEqualTo(contractId)));
    }

    @Test
    void repeatedAcceptOfAFailedHireDoesNotHoldTheInvite() {
        var invite = users.invite(client, freelancer, job, 500);
        var second = newId("ctr");
        timeOut(invite, contract);
        timeOut(invite, second);
        fixture.execute(Invite.AGGREGATE, invite, UserActions.accept(freelancer, second));
        assertThat(fixture.state(Invite.AGGREGATE, invite)).as("the last one").isInstanceOf(Invite.Pending.class);
        fixture.execute(Invite.AGGREGATE, invite, UserActions.accept(freelancer, contract));
        awaitPendingAfter(invite, contract);
    }

    private static void awaitPendingAfter(String invite, String contractId) {
        Await.until(() -> assertThat(fixture.state(Invite.AGGREGATE, invite))
                .isInstanceOfSatisfying(
                        Invite.Pending.class,
                        it -> assertThat(it.lastFailure())
                                .contains(new Invite.FailedHire(contractId, AcceptanceFailure.TIMED_OUT))));
    }

    private void timeOut(String invite, String contractId) {
        lose("hiring", HireEvent.Started.class);
        fixture.execute(Invite.AGGREGATE, invite, UserActions.accept(freelancer, contractId));
        Await.until(() -> assertThat(hire(contractId)).isInstanceOf(Hire.InProgress.class));
        awaitIdle();
        loseNothing();
        fixture.advanceClock(AFTER_THE_LIMIT);
        awaitPendingAfter(invite, contractId);
    }

    @Test
    void aContractThatEndsBeforeItsHireIsConfirmedCancelsTheJob() {
        var proposal = users.propose(freelancer, client, job, 500);
        lose("hiring", HireEvent.Succeeded.class);
        acceptProposal(proposal);
        Await.until(() -> assertThat(hire(contract)).isInstanceOf(Hire.Succeeded.class));
        awaitIdle();
        assertThat(job()).isInstanceOf(Job.Filling.class);
        fixture.execute(Contract.AGGREGATE, contract, new ContractCommand.Cancel(client, "No longer needed"));
        Await.until(() -> assertThat(job()).isInstanceOf(Job.Cancelled.class));
        loseNothing();
    }

    @Test
    void undoesHireThatNobodyHasAgreedToAtItsDeadline() {
        var proposal = users.propose(freelancer, client, job, 500);
        lose("hiring", HireEvent.Started.class);
        acceptProposal(proposal);
        Await.until(() -> assertThat(hire(contract)).isInstanceOf(Hire.InProgress.class));
        awaitIdle();
        assertThat(job()).isInstanceOf(Job.Filling.class);
        loseNothing();
        fixture.advanceClock(AFTER_THE_LIMIT);
        awaitOpenAfterTimeout(Optional.of(proposal), Optional.empty());
        assertThat(hire(contract))
                .isInstanceOfSatisfying(
                        Hire.Failed.class, it -> assertThat(it.failure()).isEqualTo(HireFailure.TIMED_OUT));
        var second = newId("ctr");
        fixture.execute(Job.AGGREGATE, job, new JobCommand.Accept(client, proposal, 1, second, 500));
        awaitHired(second);
    }

    private void awaitOpenAfterTimeout(Optional<String> proposal, Optional<String> invite) {
        Await.until(() -> assertThat(job())
                .isInstanceOfSatisfying(
                        Job.Open.class,
                        it -> assertThat(it.lastFailure())
                                .contains(new Job.FailedHire(proposal, invite, contract, Hire.TIMED_OUT))));
    }

    /** The proposal was accepted, and the step after it was lost: it waits again. */
    @Test
    void releasesAcceptedProposalAtTheDeadline() {
        var proposal = users.propose(freelancer, client, job, 500);
        lose("hiring", HireEvent.Started.class);
        acceptProposal(proposal);
        Await.until(() -> assertThat(hire(contract)).isInstanceOf(Hire.InProgress.class));
        awaitIdle();
        fixture.execute(Proposal.AGGREGATE, proposal, new ProposalCommand.Shortlist(client));
        fixture.execute(Proposal.AGGREGATE, proposal, new ProposalCommand.Accept(job, 1, contract, "A boat", 500));
        loseNothing();
        fixture.advanceClock(AFTER_THE_LIMIT);
        awaitOpenAfterTimeout(Optional.of(proposal), Optional.empty());
        assertThat(fixture.state(Proposal.AGGREGATE, proposal))
                .isInstanceOfSatisfying(
                        Proposal.Pending.class,
                        it -> assertThat(it.shortlisted()).isTrue());
        Await.until(() -> assertThat(((Job.Open) job()).proposals().waiting()).isOne());
    }

    @Test
    void undoesRefusedHireAtItsDeadline() {
        var proposal = users.propose(freelancer, client, job, 500);
        fixture.execute(Proposal.AGGREGATE, proposal, new ProposalCommand.Revise(freelancer, 1, terms(900)));
        lose("hiring", HireEvent.Failed.class);
        acceptProposal(proposal);
        Await.until(() -> assertThat(hire(contract)).isInstanceOf(Hire.Failed.class));
        awaitIdle();
        assertThat(job()).isInstanceOf(Job.Filling.class);
        loseNothing();
        fixture.advanceClock(AFTER_THE_LIMIT);
        Await.until(() -> assertThat(job())
                .isInstanceOfSatisfying(
                        Job.Open.class,
                        it -> assertThat(it.lastFailure().orElseThrow().reason())
                                .isEqualTo("changed-meanwhile")));
    }

    @Test
    void undoesHireByInviteAtItsDeadline() {
        var invite = users.invite(client, freelancer, job, 500);
        timeOut(invite, contract);
        assertThat(job()).isInstanceOf(Job.Open.class);
        awaitHired(users.acceptInvite(freelancer, invite));
    }

    /** The job was taken, and the step after it was lost. */
    @Test
    void opensJobThatAnInviteHadTakenAtTheDeadline() {
        var invite = users.invite(client, freelancer, job, 500);
        lose("hiring", HireEvent.Started.class);
        fixture.execute(Invite.AGGREGATE, invite, UserActions.accept(freelancer, contract));
        Await.until(() -> assertThat(hire(contract)).isInstanceOf(Hire.InProgress.class));
        awaitIdle();
        fixture.execute(Job.AGGREGATE, job, new JobCommand.TakeInvite(invite, 1, client, "USD", contract, 500));
        loseNothing();
        fixture.advanceClock(AFTER_THE_LIMIT);
        awaitOpenAfterTimeout(Optional.empty(), Optional.of(invite));
        assertThat(fixture.state(Invite.AGGREGATE, invite)).isInstanceOf(Invite.Pending.class);
    }

    @Test
    void startsHireOfAcceptedInviteAtTheDeadline() {
        var invite = users.invite(client, freelancer, job, 500);
        lose("inviting", InviteEvent.Accepted.class);
        fixture.execute(Invite.AGGREGATE, invite, UserActions.accept(freelancer, contract));
        awaitIdle();
        assertThat(hire(contract)).isInstanceOf(Hire.NotStarted.class);
        loseNothing();
        fixture.advanceClock(AFTER_THE_LIMIT);
        awaitHired(contract);
    }

    @Test
    void completesOrderAtItsDeadline() {
        var order = users.order(client, freelancer, 500);
        lose("hiring", HireEvent.Agreed.class);
        fixture.execute(Invite.AGGREGATE, order, UserActions.accept(freelancer, contract));
        Await.until(() -> assertThat(hire(contract)).isInstanceOf(Hire.Agreed.class));
        awaitIdle();
        loseNothing();
        fixture.advanceClock(AFTER_THE_LIMIT);
        Await.until(() -> assertThat(hire(contract)).isInstanceOf(Hire.Succeeded.class));
        users.awaitContract(contract);
    }

    /** Until every process has handled every event: what has not happened now was lost. */
    private static void awaitIdle() {
        Await.until(() -> assertThat(fixture.eventsBehind()).isZero());
    }
}
