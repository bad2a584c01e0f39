package io.guildhall.projections.process;

import static io.guildhall.projections.process.UserActions.newId;
import static org.assertj.core.api.Assertions.assertThat;

import io.guildhall.Await;
import io.guildhall.actors.Outcome;
import io.guildhall.domain.contract.Contract;
import io.guildhall.domain.escrow.Escrow;
import io.guildhall.domain.invite.Invite;
import io.guildhall.domain.invite.InviteCommand;
import io.guildhall.domain.invite.InviteRejection;
import io.guildhall.domain.job.Job;
import io.guildhall.domain.job.JobCommand;
import io.guildhall.domain.proposal.DeclineReason;
import io.guildhall.domain.proposal.Proposal;
import io.guildhall.kernel.Correlation;
import io.guildhall.port.PaymentGateway.AccountStatus;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The process of invites over real entities, a real database and the provider's own records. */
class InvitesTest {
    private static ProcessFixture fixture;
    private static UserActions users;
    private final String client = newId("acc");

    @BeforeAll
    static void open() throws Exception {
        fixture = new ProcessFixture();
        users = new UserActions(fixture);
    }

    @AfterAll
    static void close() {
        new MoneyAudit(fixture).verify();
        fixture.close();
    }

    private static void awaitEnd(String invite, Invite.End end) {
        Await.until(() -> assertThat(fixture.state(Invite.AGGREGATE, invite))
                .isInstanceOfSatisfying(
                        Invite.Ended.class, it -> assertThat(it.end()).isEqualTo(end)));
    }

    @Test
    void acceptedInviteFillsJobAndEndsOtherInvitesAndProposals() {
        var freelancer = users.createFreelancer(AccountStatus.VERIFIED);
        var other = users.createFreelancer(AccountStatus.VERIFIED);
        var job = users.postJob(client);
        var proposal = users.propose(other, client, job, 500);
        var otherInvite = users.invite(client, newId("acc"), job, 700);
        var contract = users.acceptInvite(freelancer, users.invite(client, freelancer, job, 1_000, 2_000));
        users.awaitContract(contract);
        Await.until(() -> assertThat(fixture.state(Job.AGGREGATE, job)).isInstanceOf(Job.Hired.class));
        Await.until(() -> assertThat(fixture.state(Proposal.AGGREGATE, proposal))
                .isInstanceOfSatisfying(
                        Proposal.Declined.class, it -> assertThat(it.reason()).isEqualTo(DeclineReason.JOB_FILLED)));
        awaitEnd(otherInvite, Invite.End.EXPIRED);
        users.fund(client, contract, 1, "pm_card_visa");
        users.fund(client, contract, 2, "pm_card_visa");
        for (int i = 1; i <= 2; i++) users.awaitFunded(contract, i);
        for (int i = 1; i <= 2; i++) users.deliver(client, freelancer, contract, i);
        Await.until(() -> assertThat(fixture.state(Job.AGGREGATE, job)).isInstanceOf(Job.Completed.class));
    }

    @Test
    void acceptedOrderGetsContractWithoutJob() {
        var freelancer = users.createFreelancer(AccountStatus.VERIFIED);
        var contract = users.acceptInvite(freelancer, users.order(client, freelancer, 4_000));
        users.awaitContract(contract);
        users.fund(client, contract, 1, "pm_card_visa");
        users.awaitFunded(contract, 1);
        users.deliver(client, freelancer, contract, 1);
        users.awaitEscrow(contract, 1, Escrow.Released.class);
        Await.until(() -> assertThat(fixture.state(Contract.AGGREGATE, contract))
                .isInstanceOfSatisfying(
                        Contract.Completed.class,
                        it -> assertThat(it.details().deal().jobId()).isEmpty()));
    }

    @Test
    void fillsJobOnceWhenProposalAndInviteAreAcceptedConcurrently() {
        var invited = users.createFreelancer(AccountStatus.VERIFIED);
        var applied = users.createFreelancer(AccountStatus.VERIFIED);
        for (int i = 0; i < 5; i++) {
            var job = users.postJob(client);
            var proposal = users.propose(applied, client, job, 500);
            var invite = users.invite(client, invited, job, 700);
            var won = newId("ctr");
            Thread.startVirtualThread(() -> fixture.entities.execute(
                    Correlation.NONE, Job.AGGREGATE, job, new JobCommand.Accept(client, proposal, 1, won, 500)));
            var taken = users.acceptInvite(invited, invite);
            var hired = Await.value(() -> (Job.Hired) fixture.state(Job.AGGREGATE, job));
            if (hired.contractId().equals(taken)) {
                users.awaitContract(taken);
                Await.until(() ->
                        assertThat(fixture.state(Proposal.AGGREGATE, proposal)).isInstanceOf(Proposal.Declined.class));
            } else {
                awaitEnd(invite, Invite.End.REFUSED);
                assertThat(fixture.state(Contract.AGGREGATE, taken)).isInstanceOf(Contract.NotCreated.class);
            }
        }
    }

    @Test
    void freelancerCanAcceptAgainOncePayoutAccountIsVerified() {
        var freelancer = newId("acc");
        var job = users.postJob(client);
        var invite = users.invite(client, freelancer, job, 900);
        assertThat(fixture.attempt(
                        Invite.AGGREGATE, invite, new InviteCommand.Accept(freelancer, newId("ctr"), 500, false)))
                .isEqualTo(new Outcome.Rejected<>(InviteRejection.PAYOUT_NOT_READY));
        users.awaitContract(users.acceptInvite(freelancer, invite));
    }

    @Test
    void expiresWhenJobIsClosed() {
        var job = users.postJob(client);
        var invite = users.invite(client, newId("acc"), job, 900);
        fixture.execute(Job.AGGREGATE, job, new JobCommand.Close(client, "No money"));
        awaitEnd(invite, Invite.End.EXPIRED);
        // An invite that is sent at the same time expires as well.
        awaitEnd(users.invite(client, newId("acc"), job, 900), Invite.End.EXPIRED);
    }

    @Test
    void remindsAndThenExpires() {
        var freelancer = users.createFreelancer(AccountStatus.VERIFIED);
        var job = users.postJob(client);
        var invite = users.invite(client, freelancer, job, 900);
        fixture.execute(Invite.AGGREGATE, invite, new InviteCommand.Decline(freelancer, "Too little"));
        users.invite(client, freelancer, job, 1_200);
        Await.until(() -> assertThat(
                        fixture.queryNumber("SELECT count(*) FROM deadline WHERE entity_id = ? AND number = 2", invite))
                .isEqualTo(2));
        fixture.advanceClock(Duration.ofDays(6).plusHours(1));
        Await.until(() -> assertThat(fixture.state(Invite.AGGREGATE, invite))
                .isInstanceOfSatisfying(
                        Invite.Pending.class, it -> assertThat(it.isReminded()).isTrue()));
        fixture.advanceClock(Duration.ofDays(1));
        awaitEnd(invite, Invite.End.EXPIRED);
    }
}
