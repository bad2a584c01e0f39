package io.guildhall.projections.process;

import static io.guildhall.projections.process.Players.mint;
import static org.assertj.core.api.Assertions.assertThat;

import io.guildhall.Await;
import io.guildhall.domain.contract.Contract;
import io.guildhall.domain.escrow.Escrow;
import io.guildhall.domain.invite.AcceptanceFailure;
import io.guildhall.domain.invite.Invite;
import io.guildhall.domain.invite.InviteCommand;
import io.guildhall.domain.job.Job;
import io.guildhall.domain.job.JobCommand;
import io.guildhall.domain.proposal.DeclineReason;
import io.guildhall.domain.proposal.Proposal;
import io.guildhall.port.PaymentGateway.Standing;
import java.time.Duration;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What follows from invites, over real entities, a real database and the provider's own books. */
class InvitesTest {
    private static House house;
    private static Players people;
    private final String client = mint("acc");

    @BeforeAll
    static void open() throws Exception {
        house = new House(UnaryOperator.identity());
        people = new Players(house);
    }

    @AfterAll
    static void close() {
        new Books(house).agree();
        house.close();
    }

    private static void awaitOver(String invite, Invite.End end) {
        Await.until(() -> assertThat(house.state(Invite.AGGREGATE, invite))
                .isInstanceOfSatisfying(
                        Invite.Ended.class, it -> assertThat(it.end()).isEqualTo(end)));
    }

    @Test
    void aTakenInviteFillsItsJobAndEverybodyElseIsTold() {
        var freelancer = people.freelancer(Standing.VERIFIED);
        var other = people.freelancer(Standing.VERIFIED);
        var job = people.job(client);
        var proposal = people.proposes(other, client, job, 500);
        var elsewhere = people.invites(client, mint("acc"), job, 700);
        var contract = people.takes(freelancer, people.invites(client, freelancer, job, 1_000, 2_000));
        people.awaitDrawn(contract);
        Await.until(() -> assertThat(house.state(Job.AGGREGATE, job)).isInstanceOf(Job.Hired.class));
        Await.until(() -> assertThat(house.state(Proposal.AGGREGATE, proposal))
                .isInstanceOfSatisfying(
                        Proposal.Declined.class, it -> assertThat(it.reason()).isEqualTo(DeclineReason.JOB_FILLED)));
        awaitOver(elsewhere, Invite.End.EXPIRED);
        people.funds(client, contract, 1, "pm_card_visa");
        people.funds(client, contract, 2, "pm_card_visa");
        for (int i = 1; i <= 2; i++) people.awaitFunded(contract, i);
        for (int i = 1; i <= 2; i++) people.delivers(client, freelancer, contract, i);
        Await.until(() -> assertThat(house.state(Job.AGGREGATE, job)).isInstanceOf(Job.Completed.class));
    }

    @Test
    void whatIsOrderedHasAContractWithoutAJob() {
        var freelancer = people.freelancer(Standing.VERIFIED);
        var contract = people.takes(freelancer, people.orders(client, freelancer, 4_000));
        people.awaitDrawn(contract);
        people.funds(client, contract, 1, "pm_card_visa");
        people.awaitFunded(contract, 1);
        people.delivers(client, freelancer, contract, 1);
        people.awaitEscrow(contract, 1, Escrow.Released.class);
        Await.until(() -> assertThat(house.state(Contract.AGGREGATE, contract))
                .isInstanceOfSatisfying(
                        Contract.Completed.class,
                        it -> assertThat(it.details().deal().jobId()).isEmpty()));
    }

    @Test
    void ofAnAcceptedProposalAndATakenInviteOneWins() {
        var invited = people.freelancer(Standing.VERIFIED);
        var applied = people.freelancer(Standing.VERIFIED);
        for (int i = 0; i < 5; i++) {
            var job = people.job(client);
            var proposal = people.proposes(applied, client, job, 500);
            var invite = people.invites(client, invited, job, 700);
            var won = mint("ctr");
            Thread.startVirtualThread(() -> house.entities.execute(
                    io.guildhall.kernel.Correlation.NONE,
                    Job.AGGREGATE,
                    job,
                    new JobCommand.Accept(client, proposal, 1, won)));
            var taken = people.takes(invited, invite);
            Await.until(() -> assertThat(house.state(Job.AGGREGATE, job)).isInstanceOf(Job.Hired.class));
            if (house.state(Job.AGGREGATE, job).isHiring(taken)) {
                people.awaitDrawn(taken);
                Await.until(() ->
                        assertThat(house.state(Proposal.AGGREGATE, proposal)).isInstanceOf(Proposal.Declined.class));
            } else {
                awaitOver(invite, Invite.End.REFUSED);
                assertThat(house.state(Contract.AGGREGATE, taken)).isInstanceOf(Contract.NotCreated.class);
            }
        }
    }

    @Test
    void whoCannotBePaidYetMayTakeItLater() {
        var freelancer = people.freelancer(Standing.PENDING);
        var job = people.job(client);
        var invite = people.invites(client, freelancer, job, 900);
        people.takes(freelancer, invite);
        Await.until(() -> assertThat(house.state(Invite.AGGREGATE, invite))
                .isInstanceOfSatisfying(
                        Invite.Pending.class,
                        it -> assertThat(it.lastFailure()).isEqualTo(Optional.of(AcceptanceFailure.PAYOUT_NOT_READY))));
        assertThat(house.state(Job.AGGREGATE, job)).isInstanceOf(Job.Open.class);
        people.becomes(freelancer, Standing.VERIFIED);
        people.awaitDrawn(people.takes(freelancer, invite));
    }

    @Test
    void anInviteEndsWithItsJob() {
        var job = people.job(client);
        var invite = people.invites(client, mint("acc"), job, 900);
        house.done(Job.AGGREGATE, job, new JobCommand.Close(client, "No money"));
        awaitOver(invite, Invite.End.EXPIRED);
        // As one that was sent at the same moment.
        awaitOver(people.invites(client, mint("acc"), job, 900), Invite.End.EXPIRED);
    }

    @Test
    void whatIsNotTakenExpiresAfterAReminder() {
        var freelancer = people.freelancer(Standing.VERIFIED);
        var job = people.job(client);
        var invite = people.invites(client, freelancer, job, 900);
        house.done(Invite.AGGREGATE, invite, new InviteCommand.Decline(freelancer, "Too little"));
        people.invites(client, freelancer, job, 1_200);
        Await.until(() -> assertThat(
                        house.number("SELECT count(*) FROM deadline WHERE entity_id = ? AND key LIKE '%/2'", invite))
                .isEqualTo(2));
        house.letPass(Duration.ofDays(6).plusHours(1));
        Await.until(() -> assertThat(house.state(Invite.AGGREGATE, invite))
                .isInstanceOfSatisfying(
                        Invite.Pending.class, it -> assertThat(it.isReminded()).isTrue()));
        house.letPass(Duration.ofDays(1));
        awaitOver(invite, Invite.End.EXPIRED);
    }
}
