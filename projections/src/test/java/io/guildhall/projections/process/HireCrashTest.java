package io.guildhall.projections.process;

import static io.guildhall.projections.process.UserActions.newId;
import static org.assertj.core.api.Assertions.assertThat;

import io.guildhall.Await;
import io.guildhall.domain.contract.Contract;
import io.guildhall.domain.contract.ContractEvent;
import io.guildhall.domain.hire.Hire;
import io.guildhall.domain.hire.HireEvent;
import io.guildhall.domain.invite.Invite;
import io.guildhall.domain.invite.InviteEvent;
import io.guildhall.domain.job.Job;
import io.guildhall.domain.job.JobCommand;
import io.guildhall.domain.job.JobEvent;
import io.guildhall.domain.proposal.Proposal;
import io.guildhall.domain.proposal.ProposalCommand;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A node that goes down at each step of a hire, before or after the step: the hire ends as it would have. */
class HireCrashTest {
    private static final Crash CRASH = new Crash();
    private static ProcessFixture fixture;
    private static UserActions users;
    private final String client = newId("acc");
    private final String freelancer = newId("acc");
    private final String contract = newId("ctr");

    @BeforeAll
    static void open() throws Exception {
        fixture = new ProcessFixture(CRASH);
        users = new UserActions(fixture);
    }

    @AfterAll
    static void close() {
        fixture.close();
    }

    private void verifyHired(String job) {
        Await.until(() -> assertThat(fixture.state(Job.AGGREGATE, job))
                .isInstanceOfSatisfying(
                        Job.Hired.class, it -> assertThat(it.contractId()).isEqualTo(contract)));
        verifyOneContract();
    }

    private void verifyOneContract() {
        Await.until(() -> assertThat(fixture.state(Hire.AGGREGATE, contract)).isInstanceOf(Hire.Succeeded.class));
        users.awaitContract(contract);
        assertThat(fixture.state(Contract.AGGREGATE, contract)).isInstanceOf(Contract.AwaitingFunding.class);
        assertThat(fixture.queryNumber("""
                SELECT count(*) FROM event_journal
                 WHERE event_ser_manifest = 'contract.drawn' AND convert_from(event_payload, 'UTF8') LIKE ?
                """, "%" + client + "%")).isOne();
    }

    @ParameterizedTest
    @ValueSource(
            classes = {
                JobEvent.FillingStarted.class,
                HireEvent.Started.class,
                HireEvent.Agreed.class,
                ContractEvent.Created.class,
                HireEvent.Succeeded.class,
                JobEvent.Hired.class
            })
    void hiresOnceByProposal(Class<?> step) {
        for (boolean hasSent : List.of(false, true)) {
            var test = hasSent ? new HireCrashTest() : this;
            var job = users.postJob(test.client);
            var other = users.propose(newId("acc"), test.client, job, 600);
            var proposal = users.propose(test.freelancer, test.client, job, 500);
            var accept = new JobCommand.Accept(test.client, proposal, 1, test.contract, 500);
            CRASH.at(fixture, step, hasSent, () -> fixture.execute(Job.AGGREGATE, job, accept));
            test.verifyHired(job);
            Await.until(
                    () -> assertThat(fixture.state(Proposal.AGGREGATE, other)).isInstanceOf(Proposal.Declined.class));
        }
    }

    @ParameterizedTest
    @ValueSource(classes = {InviteEvent.Accepted.class, HireEvent.Started.class, HireEvent.Agreed.class})
    void hiresOnceByInvite(Class<?> step) {
        var job = users.postJob(client);
        var invite = users.invite(client, freelancer, job, 500);
        CRASH.at(
                fixture,
                step,
                true,
                () -> fixture.execute(Invite.AGGREGATE, invite, UserActions.accept(freelancer, contract)));
        verifyHired(job);
    }

    @ParameterizedTest
    @ValueSource(classes = {InviteEvent.Accepted.class, HireEvent.Agreed.class})
    void hiresOnceByOrder(Class<?> step) {
        var order = users.order(client, freelancer, 500);
        CRASH.at(
                fixture,
                step,
                true,
                () -> fixture.execute(Invite.AGGREGATE, order, UserActions.accept(freelancer, contract)));
        verifyOneContract();
    }

    @ParameterizedTest
    @ValueSource(classes = {HireEvent.Started.class, HireEvent.Failed.class, JobEvent.FillingAbandoned.class})
    void undoesRefusedHire(Class<?> step) {
        var job = users.postJob(client);
        var proposal = users.propose(freelancer, client, job, 500);
        fixture.execute(Proposal.AGGREGATE, proposal, new ProposalCommand.Withdraw(freelancer));
        var accept = new JobCommand.Accept(client, proposal, 1, contract, 500);
        CRASH.at(fixture, step, true, () -> fixture.execute(Job.AGGREGATE, job, accept));
        Await.until(() -> assertThat(fixture.state(Job.AGGREGATE, job))
                .isInstanceOfSatisfying(
                        Job.Open.class,
                        it -> assertThat(it.lastFailure().orElseThrow().reason())
                                .isEqualTo("already-withdrawn")));
        assertThat(fixture.state(Contract.AGGREGATE, contract)).isInstanceOf(Contract.NotCreated.class);
    }
}
