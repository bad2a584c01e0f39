package io.guildhall.projections.process;

import static io.guildhall.projections.process.Players.mint;
import static org.assertj.core.api.Assertions.assertThat;

import io.guildhall.Await;
import io.guildhall.domain.account.Account;
import io.guildhall.domain.account.AccountAddress;
import io.guildhall.domain.account.AccountCommand;
import io.guildhall.domain.job.Job;
import io.guildhall.domain.profile.Profile;
import io.guildhall.port.PaymentGateway.Standing;
import io.guildhall.projections.Process;
import io.guildhall.projections.Recorded;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** A node that goes down after any event: what should follow from it follows once, after the restart. */
class CrashTest {
    private static final int CRASHES = 7;

    /**
     * Lets so many reactions happen on the node. Those after it never end: some were not begun when the node went down, some had done their
     * work and had not said so.
     */
    private static final class Mortal implements UnaryOperator<Process> {
        private final AtomicInteger left = new AtomicInteger();
        private final Random chance;
        private volatile CompletableFuture<Void> death = new CompletableFuture<>();

        Mortal(Random chance) {
            this.chance = chance;
        }

        void live(int reactions) {
            death = new CompletableFuture<>();
            left.set(reactions);
        }

        boolean isDying() {
            return left.get() < 0;
        }

        void die() {
            left.set(-1);
            death.completeExceptionally(new IllegalStateException("the node is gone"));
        }

        @Override
        public Process apply(Process process) {
            return new Process() {
                @Override
                public String name() {
                    return process.name();
                }

                @Override
                public List<On<?>> follows() {
                    return process.follows().stream()
                            .<On<?>>map(Mortal.this::mortal)
                            .toList();
                }
            };
        }

        private <E> Process.On<E> mortal(Process.On<E> on) {
            return Process.on(on.aggregate(), recorded -> react(on, recorded));
        }

        /** Everything is done twice in any case, as when a node dies before it has noted its place. */
        private <E> CompletionStage<?> react(Process.On<E> on, Recorded<E> recorded) {
            boolean last = left.getAndDecrement() <= 0;
            if (last && chance.nextBoolean()) return death;
            return on.reaction()
                    .to(recorded)
                    .thenCompose(_ -> on.reaction().to(recorded))
                    .thenCompose(_ -> last ? death : CompletableFuture.completedFuture(null));
        }
    }

    @Test
    void whatFollowsFollowsOnceWhereverTheNodeDies() throws Exception {
        long seed = System.nanoTime();
        System.out.println("crash seed " + seed);
        var chance = new Random(seed);
        var mortal = new Mortal(chance);
        mortal.live(4);
        try (var house = new House(mortal)) {
            var user = CompletableFuture.supplyAsync(
                    () -> story(house), task -> Thread.ofVirtual().start(task));
            for (int i = 0; i < CRASHES; i++) {
                Await.until(() -> assertThat(user.isDone() || mortal.isDying()).isTrue());
                mortal.die();
                house.stop();
                mortal.live(i == CRASHES - 1 ? Integer.MAX_VALUE / 2 : 3 + chance.nextInt(8));
                house.start(mortal);
            }
            var job = user.get(120, java.util.concurrent.TimeUnit.SECONDS);
            Await.until(() -> assertThat(house.state(Job.AGGREGATE, job)).isInstanceOf(Job.Completed.class));
            new Books(house).agree();
            assertThat(new Books(house).platform()).as("5 % of each part").isEqualTo(50 + 100 + 150 + 200);
            allOverAgain(house);
        }
    }

    /** Somebody who is patient while the house is down. */
    private static String story(House house) {
        var people = new Players(house);
        var client = mint("acc");
        var email = client + "@example.org";
        var account = people.registered("Ann", email);
        house.done(Account.AGGREGATE, AccountAddress.of(email), new AccountCommand.Verify("nonce-1"));
        Await.until(() -> assertThat(house.state(Profile.AGGREGATE, account)).isInstanceOf(Profile.Created.class));
        var freelancer = people.freelancer(Standing.VERIFIED);
        var job = people.job(client);
        people.proposes(people.freelancer(Standing.VERIFIED), client, job, 999);
        var contract = people.hires(client, job, people.proposes(freelancer, client, job, 1_000, 2_000, 3_000));
        people.funds(client, contract, 1, "pm_card_visa");
        people.funds(client, contract, 2, "pm_card_late");
        people.funds(client, contract, 3, "pm_card_lost");
        for (int i = 1; i <= 3; i++) people.awaitFunded(contract, i);
        for (int i = 1; i <= 3; i++) people.delivers(client, freelancer, contract, i);
        byInvite(house, people, client, freelancer);
        return job;
    }

    private static void byInvite(House house, Players people, String client, String freelancer) {
        var job = people.job(client);
        var contract = people.takes(freelancer, people.invites(client, freelancer, job, 4_000));
        people.awaitDrawn(contract);
        people.funds(client, contract, 1, "pm_card_visa");
        people.awaitFunded(contract, 1);
        people.delivers(client, freelancer, contract, 1);
        Await.until(() -> assertThat(house.state(Job.AGGREGATE, job)).isInstanceOf(Job.Completed.class));
    }

    /** All processes lose their place and read the journal from the first event: nothing new comes of it. */
    private static void allOverAgain(House house) {
        settled(house);
        var before = counts(house);
        house.stop();
        house.number("WITH gone AS (DELETE FROM pekko_projection_offset_store RETURNING 1) SELECT count(*) FROM gone");
        house.start(UnaryOperator.identity());
        settled(house);
        assertThat(counts(house)).isEqualTo(before);
    }

    private static void settled(House house) {
        Await.until(() -> {
            assertThat(behind(house)).as("events still to follow").isZero();
            assertThat(house.number("SELECT count(*) FROM deadline WHERE kind LIKE 'escrow%' OR kind LIKE 'payout%'"))
                    .as("calls still to make")
                    .isZero();
            assertThat(house.number("SELECT count(*) FROM sandbox.webhook_delivery WHERE delivered_at IS NULL"))
                    .as("webhooks still to hear")
                    .isZero();
        });
    }

    private static long behind(House house) {
        try {
            return house.followers.control().standings().stream()
                    .mapToLong(it -> it.behind())
                    .sum();
        } catch (java.sql.SQLException e) {
            throw new AssertionError(e);
        }
    }

    private static List<Long> counts(House house) {
        return List.of(
                house.number("SELECT count(*) FROM event_journal"),
                house.number("SELECT count(*) FROM sandbox.balance_entry"),
                house.number("SELECT count(*) FROM sandbox.payment_intent"),
                house.number("SELECT count(*) FROM sandbox.transfer"),
                house.number("SELECT count(*) FROM sandbox.connected_account"),
                house.number("SELECT count(*) FROM mail_outbox"));
    }
}
