package io.guildhall.projections.process;

import static io.guildhall.projections.process.UserActions.newId;
import static io.guildhall.projections.process.UserActions.terms;
import static io.guildhall.testing.JobBuilder.aJob;
import static org.assertj.core.api.Assertions.assertThat;

import io.guildhall.Await;
import io.guildhall.domain.hire.Hire;
import io.guildhall.domain.hire.HireEvent;
import io.guildhall.domain.invite.AcceptanceFailure;
import io.guildhall.domain.invite.Invite;
import io.guildhall.domain.invite.InviteCommand;
import io.guildhall.domain.invite.InviteEvent;
import io.guildhall.domain.invite.Source;
import io.guildhall.domain.job.Job;
import io.guildhall.domain.job.JobCommand;
import io.guildhall.domain.job.JobEvent;
import io.guildhall.domain.proposal.Proposal;
import io.guildhall.domain.proposal.ProposalCommand;
import io.guildhall.kernel.Money;
import io.guildhall.testing.TermsBuilder;
import java.sql.Timestamp;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Every event of finished and unfinished stories is handled again, in random order, after everything else has happened:
 * no aggregate changes, and no second contract is created.
 */
class HireReplayTest {
    private static final Set<String> PROCESSES = Set.of("hiring", "hire-deadlines", "inviting", "proposal-reception");
    private static final int REPLAYS = 3;

    private static final LossyProcesses LOSSY = new LossyProcesses();
    private static ProcessFixture fixture;
    private static UserActions users;
    private final String client = newId("acc");
    private final String freelancer = newId("acc");

    @BeforeAll
    static void open() throws Exception {
        fixture = new ProcessFixture(LOSSY);
        users = new UserActions(fixture);
    }

    @AfterAll
    static void close() {
        fixture.close();
    }

    @Test
    void replayedEventsChangeNothing() {
        long seed = System.nanoTime();
        System.out.println("HireReplayTest seed " + seed);
        var random = new Random(seed);
        hireByProposal();
        hireByInvite();
        users.awaitContract(users.acceptInvite(freelancer, users.order(client, freelancer, 700)));
        closeJobWithProposals();
        var job = refuseOutdatedRevision();
        replayAll(random);
        var invite = withdrawRefusedInvite();
        timeOutAndWithdrawInvite();
        timeOutProposal();
        replayAll(random);
        assertThat(fixture.state(Job.AGGREGATE, job)).isInstanceOf(Job.Open.class);
        assertThat(fixture.state(Invite.AGGREGATE, invite)).isInstanceOf(Invite.Ended.class);
        assertThat(LOSSY.reactions).anyMatch(it -> it.recorded().event() instanceof InviteEvent.Accepted);
    }

    /** Hires that ended before the program recorded hires, in a journal that is read again. */
    @Test
    void eventsOfHiresThatWereNeverRecordedStartNone() {
        LOSSY.isLost = (process, recorded) -> (process.equals("hiring") || process.equals("inviting"))
                && (recorded.event() instanceof JobEvent.FillingStarted
                        || recorded.event() instanceof InviteEvent.Accepted);
        var job = users.postJob(client);
        var proposal = users.propose(freelancer, client, job, 500);
        var abandoned = newId("ctr");
        fixture.execute(Job.AGGREGATE, job, new JobCommand.Accept(client, proposal, 1, abandoned, 500));
        fixture.execute(Job.AGGREGATE, job, new JobCommand.AbandonHire(abandoned, "changed-meanwhile"));
        var invite = users.invite(client, freelancer, job, 500);
        var refused = users.acceptInvite(freelancer, invite);
        fixture.execute(
                Invite.AGGREGATE, invite, new InviteCommand.Refuse(refused, AcceptanceFailure.PAYOUT_NOT_READY));
        fixture.execute(Invite.AGGREGATE, invite, new InviteCommand.Withdraw(client));
        awaitSettled();
        LOSSY.isLost = (_, _) -> false;
        var before = counts();
        for (var reaction : LOSSY.reactions)
            if (Set.of(job, invite).contains(reaction.recorded().entityId()))
                Await.result(reaction.again().get());
        awaitSettled();
        assertThat(counts()).isEqualTo(before);
        for (var contract : List.of(abandoned, refused))
            assertThat(fixture.state(Hire.AGGREGATE, contract)).isInstanceOf(Hire.NotStarted.class);
    }

    private void hireByProposal() {
        var job = users.postJob(client);
        var other = newId("acc");
        var withdrawn = users.propose(other, client, job, 400);
        fixture.execute(Proposal.AGGREGATE, withdrawn, new ProposalCommand.Withdraw(other));
        users.propose(newId("acc"), client, job, 600);
        users.hire(client, job, users.propose(freelancer, client, job, 500));
    }

    private void hireByInvite() {
        var job = users.postJob(client);
        users.propose(newId("acc"), client, job, 600);
        users.invite(client, newId("acc"), job, 300);
        users.awaitContract(users.acceptInvite(freelancer, users.invite(client, freelancer, job, 500)));
    }

    private void closeJobWithProposals() {
        var job = users.postJob(client);
        users.propose(freelancer, client, job, 600);
        users.invite(client, newId("acc"), job, 300);
        fixture.execute(Job.AGGREGATE, job, new JobCommand.Close(client, "no money"));
    }

    /** The job is open again, and the proposal waits with another revision. */
    private String refuseOutdatedRevision() {
        var job = users.postJob(client);
        var proposal = users.propose(freelancer, client, job, 500);
        fixture.execute(Proposal.AGGREGATE, proposal, new ProposalCommand.Revise(freelancer, 1, terms(900)));
        var contract = newId("ctr");
        fixture.execute(Job.AGGREGATE, job, new JobCommand.Accept(client, proposal, 1, contract, 500));
        Await.until(() -> assertThat(fixture.state(Job.AGGREGATE, job)).isInstanceOf(Job.Open.class));
        return job;
    }

    /** The invite is refused for its currency, then the job changes to that currency. */
    private String withdrawRefusedInvite() {
        var job = users.postJob(client);
        var price = new Money(500, "EUR");
        var offer = TermsBuilder.someTerms().priced(price).buildOffer();
        var id = Invite.id(job, freelancer);
        var send = new InviteCommand.Send(client, freelancer, Source.job(job, "A logo"), offer, 7);
        fixture.execute(Invite.AGGREGATE, id, send);
        var contract = users.acceptInvite(freelancer, id);
        Await.until(() -> assertThat(fixture.state(Hire.AGGREGATE, contract)).isInstanceOf(Hire.Failed.class));
        Await.until(() -> assertThat(fixture.state(Invite.AGGREGATE, id)).isInstanceOf(Invite.Ended.class));
        var open = (Job.Open) fixture.state(Job.AGGREGATE, job);
        var inEuro =
                aJob().budget(new Money(100, "EUR"), new Money(100_000, "EUR")).build();
        fixture.execute(
                Job.AGGREGATE, job, new JobCommand.Edit(client, open.posting().revision(), inEuro));
        return id;
    }

    /** The hire times out, and then the client withdraws the invite. The job is open. */
    private void timeOutAndWithdrawInvite() {
        var job = users.postJob(client);
        var invite = users.invite(client, freelancer, job, 500);
        LOSSY.isLost = (process, recorded) -> process.equals("hiring") && recorded.event() instanceof HireEvent.Started;
        var contract = users.acceptInvite(freelancer, invite);
        awaitTimeout(contract);
        Await.until(() -> assertThat(fixture.state(Invite.AGGREGATE, invite)).isInstanceOf(Invite.Pending.class));
        fixture.execute(Invite.AGGREGATE, invite, new InviteCommand.Withdraw(client));
    }

    /** The hire times out; job and proposal wait as before. */
    private void timeOutProposal() {
        var job = users.postJob(client);
        var proposal = users.propose(freelancer, client, job, 500);
        LOSSY.isLost = (process, recorded) -> process.equals("hiring") && recorded.event() instanceof HireEvent.Started;
        var contract = newId("ctr");
        fixture.execute(Job.AGGREGATE, job, new JobCommand.Accept(client, proposal, 1, contract, 500));
        awaitTimeout(contract);
        Await.until(() -> assertThat(fixture.state(Job.AGGREGATE, job)).isInstanceOf(Job.Open.class));
    }

    /** Lost steps are remembered as well, as they are when the position is set back. */
    private static void awaitTimeout(String contract) {
        Await.until(() -> assertThat(fixture.state(Hire.AGGREGATE, contract)).isInstanceOf(Hire.InProgress.class));
        awaitSettled();
        LOSSY.isLost = (_, _) -> false;
        fixture.advanceClock(ProcessFixture.HIRE_TIME_LIMIT.plus(Duration.ofMinutes(2)));
        Await.until(() -> assertThat(fixture.state(Hire.AGGREGATE, contract)).isInstanceOf(Hire.Failed.class));
    }

    private static void replayAll(Random random) {
        awaitSettled();
        var reactions = new ArrayList<>(LOSSY.reactions.stream()
                .filter(it -> PROCESSES.contains(it.process()))
                .toList());
        assertThat(reactions).hasSizeGreaterThan(50);
        var before = counts();
        for (int i = 0; i < REPLAYS; i++) {
            Collections.shuffle(reactions, random);
            for (var reaction : reactions) {
                Await.result(reaction.again().get());
                assertThat(counts())
                        .as("%s of %s again", reaction.recorded(), reaction.process())
                        .isEqualTo(before);
            }
        }
        awaitSettled();
        assertThat(counts()).isEqualTo(before);
    }

    private static void awaitSettled() {
        Await.until(() -> {
            assertThat(fixture.eventsBehind()).as("events still to handle").isZero();
            assertThat(fixture.queryNumber(
                            "SELECT count(*) FROM deadline WHERE due_at <= ?", Timestamp.from(fixture.clock.instant())))
                    .as("deadlines still to handle")
                    .isZero();
        });
    }

    private static List<Long> counts() {
        return List.of(
                fixture.queryNumber("SELECT count(*) FROM event_journal"),
                fixture.queryNumber("SELECT count(*) FROM event_journal WHERE event_ser_manifest = 'contract.drawn'"));
    }
}
