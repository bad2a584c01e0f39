package io.guildhall.projections.process;

import static io.guildhall.projections.process.UserActions.newId;
import static org.assertj.core.api.Assertions.assertThat;

import io.guildhall.Await;
import io.guildhall.domain.job.Job;
import io.guildhall.port.PaymentGateway.AccountStatus;
import io.guildhall.projections.Process;
import io.guildhall.projections.Recorded;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** A node that goes down after any event: what should follow from it follows once, after the restart. */
class CrashTest {
    private static final int CRASHES = 7;

    /**
     * Lets a limited number of reactions complete on the node. The next ones never complete: some are not started,
     * others have sent their commands but do not complete.
     */
    private static final class CrashingProcesses implements UnaryOperator<Process> {
        private final AtomicInteger remaining = new AtomicInteger();
        private final Random random;
        private volatile CompletableFuture<Void> crash = new CompletableFuture<>();

        CrashingProcesses(Random random) {
            this.random = random;
        }

        void allow(int reactions) {
            crash = new CompletableFuture<>();
            remaining.set(reactions);
        }

        boolean isCrashing() {
            return remaining.get() < 0;
        }

        void crash() {
            remaining.set(-1);
            crash.completeExceptionally(new IllegalStateException("the node has crashed"));
        }

        @Override
        public Process apply(Process process) {
            return new ReplacedReactions(process, this::react);
        }

        /** Reacts to every event twice, as when a node crashes before it has saved its position. */
        private <E> CompletionStage<?> react(Process.Reaction<E> original, Recorded<E> recorded) {
            boolean last = remaining.getAndDecrement() <= 0;
            if (last && random.nextBoolean()) return crash;
            return original.to(recorded)
                    .thenCompose(_ -> original.to(recorded))
                    .thenCompose(_ -> last ? crash : CompletableFuture.completedFuture(null));
        }
    }

    @Test
    void crashesAndRepeatsHaveNoEffect() throws Exception {
        long seed = System.nanoTime();
        System.out.println("CrashTest seed " + seed);
        var random = new Random(seed);
        var crashing = new CrashingProcesses(random);
        crashing.allow(4);
        try (var fixture = new ProcessFixture(crashing)) {
            var user = CompletableFuture.supplyAsync(
                    () -> runScenario(fixture), task -> Thread.ofVirtual().start(task));
            for (int i = 0; i < CRASHES; i++) {
                Await.until(
                        () -> assertThat(user.isDone() || crashing.isCrashing()).isTrue());
                crashing.crash();
                fixture.stop();
                crashing.allow(i == CRASHES - 1 ? Integer.MAX_VALUE / 2 : 3 + random.nextInt(8));
                fixture.start(crashing);
            }
            var job = user.get(120, TimeUnit.SECONDS);
            Await.until(() -> assertThat(fixture.state(Job.AGGREGATE, job)).isInstanceOf(Job.Completed.class));
            new MoneyAudit(fixture).verify();
            assertThat(new MoneyAudit(fixture).platformFees())
                    .as("5 % of each milestone")
                    .isEqualTo(50 + 100 + 150 + 200);
            replayChangesNothing(fixture);
        }
    }

    /** Runs all actions; each retries while the node is down. */
    private static String runScenario(ProcessFixture fixture) {
        var users = new UserActions(fixture);
        var client = newId("acc");
        var email = client + "@example.org";
        var account = users.register("Ann", email);
        users.verify(account, email);
        var freelancer = users.createFreelancer(AccountStatus.VERIFIED);
        var job = users.postJob(client);
        users.propose(users.createFreelancer(AccountStatus.VERIFIED), client, job, 999);
        var contract = users.hire(client, job, users.propose(freelancer, client, job, 1_000, 2_000, 3_000));
        users.fund(client, contract, 1, "pm_card_visa");
        users.fund(client, contract, 2, "pm_card_late");
        users.fund(client, contract, 3, "pm_card_lost");
        for (int i = 1; i <= 3; i++) users.awaitFunded(contract, i);
        for (int i = 1; i <= 3; i++) users.deliver(client, freelancer, contract, i);
        hireByInvite(fixture, users, client, freelancer);
        return job;
    }

    private static void hireByInvite(ProcessFixture fixture, UserActions users, String client, String freelancer) {
        var job = users.postJob(client);
        var contract = users.acceptInvite(freelancer, users.invite(client, freelancer, job, 4_000));
        users.awaitContract(contract);
        users.fund(client, contract, 1, "pm_card_visa");
        users.awaitFunded(contract, 1);
        users.deliver(client, freelancer, contract, 1);
        Await.until(() -> assertThat(fixture.state(Job.AGGREGATE, job)).isInstanceOf(Job.Completed.class));
    }

    /** Deletes the positions of all processes, so that they read the journal again from the first event. */
    private static void replayChangesNothing(ProcessFixture fixture) {
        awaitSettled(fixture);
        var before = counts(fixture);
        fixture.stop();
        fixture.queryNumber("WITH deleted AS (DELETE FROM follower_position RETURNING 1) SELECT count(*) FROM deleted");
        fixture.start(UnaryOperator.identity());
        awaitSettled(fixture);
        assertThat(counts(fixture)).isEqualTo(before);
    }

    private static void awaitSettled(ProcessFixture fixture) {
        Await.until(() -> {
            assertThat(fixture.eventsBehind()).as("events still to handle").isZero();
            assertThat(fixture.queryNumber(
                            "SELECT count(*) FROM deadline WHERE kind LIKE 'escrow%' OR kind LIKE 'payout%'"))
                    .as("calls still to make")
                    .isZero();
            assertThat(fixture.queryNumber("SELECT count(*) FROM sandbox.webhook_delivery WHERE delivered_at IS NULL"))
                    .as("webhooks still to deliver")
                    .isZero();
            assertThat(fixture.queryNumber("SELECT count(*) FROM mail_queue WHERE status = 'WAITING'"))
                    .as("mails still to deliver")
                    .isZero();
        });
    }

    private static List<Long> counts(ProcessFixture fixture) {
        return List.of(
                fixture.queryNumber("SELECT count(*) FROM event_journal"),
                fixture.queryNumber("SELECT count(*) FROM sandbox.balance_entry"),
                fixture.queryNumber("SELECT count(*) FROM sandbox.payment_intent"),
                fixture.queryNumber("SELECT count(*) FROM sandbox.transfer"),
                fixture.queryNumber("SELECT count(*) FROM sandbox.connected_account"),
                fixture.queryNumber("SELECT count(*) FROM mail_queue"),
                fixture.queryNumber("SELECT count(*) FROM mail_outbox"));
    }
}
