package io.guildhall.projections.process.escrow;

import static io.guildhall.Await.result;
import static io.guildhall.kernel.Correlation.NONE;
import static java.util.Objects.requireNonNull;
import static java.util.concurrent.CompletableFuture.completedFuture;
import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.ConfigFactory;
import io.guildhall.actors.Entities;
import io.guildhall.domain.payout.PayoutAccount;
import io.guildhall.domain.payout.PayoutAccountCommand;
import io.guildhall.domain.payout.PayoutStatus;
import io.guildhall.journal.Names;
import io.guildhall.payment.DiscrepancyReporter;
import io.guildhall.payment.PaymentRecorder;
import io.guildhall.payment.ProviderReports;
import io.guildhall.port.PaymentGateway;
import io.guildhall.projections.Deadline;
import io.guildhall.projections.DeadlineResult;
import io.guildhall.testing.TestCluster;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Over real entities with an in-memory journal, and a provider that does not know any account. */
class PaymentDeadlinesTest {
    private static final InstantSource CLOCK = InstantSource.system();
    private static final ActorTestKit KIT = ActorTestKit.create(
            "deadlines",
            ConfigFactory.parseString("""
            pekko.persistence.journal.plugin = "pekko.persistence.journal.inmem"
            """).withFallback(TestCluster.SETTINGS).withFallback(ConfigFactory.load()));
    private static final Entities ENTITIES =
            new Entities(KIT.system(), Names.AGGREGATES, CLOCK, _ -> false, Duration.ofSeconds(10), 10_000);

    @BeforeAll
    static void join() {
        TestCluster.form(KIT.system());
    }

    @AfterAll
    static void stop() {
        KIT.shutdownTestKit();
    }

    private static PaymentGateway gateway() {
        return (PaymentGateway) Proxy.newProxyInstance(
                PaymentGateway.class.getClassLoader(), new Class<?>[] {PaymentGateway.class}, (_, method, _) -> {
                    if (!method.getName().equals("accountState")) throw new AssertionError("unexpected " + method);
                    return completedFuture(Optional.empty());
                });
    }

    private static PaymentDeadlines deadlines(RetryPauses pauses) {
        var gateway = gateway();
        var discrepancies = new DiscrepancyReporter(ENTITIES);
        var recorder = new PaymentRecorder(ENTITIES, discrepancies);
        var reports = new ProviderReports(ENTITIES, gateway, recorder, discrepancies);
        return new PaymentDeadlines(
                ENTITIES, gateway, recorder, reports, _ -> false, CLOCK, Duration.ofHours(1), pauses);
    }

    @Test
    void doublesThePauseBetweenChecksOfAnUnverifiedAccountFromTheFirstCheckOn() {
        result(ENTITIES.execute(NONE, PayoutAccount.AGGREGATE, "acc_ann", new PayoutAccountCommand.Request("CH")));
        result(ENTITIES.execute(
                NONE,
                PayoutAccount.AGGREGATE,
                "acc_ann",
                new PayoutAccountCommand.RecordOpened(
                        "acct_1", PayoutStatus.PENDING, "https://provider.example", Instant.EPOCH)));
        var pauses = new RetryPauses(Duration.ofSeconds(1), Duration.ofMinutes(1));
        var check = requireNonNull(deadlines(pauses).handlers().get(PaymentDeadlines.CHECK_ACCOUNT));

        assertThat(IntStream.range(0, 3)
                        .mapToObj(previousRuns -> result(check.handle(new Deadline(
                                PaymentDeadlines.CHECK_ACCOUNT.forEntity("acc_ann"), previousRuns, NONE)))))
                .containsExactly(
                        DeadlineResult.retryAfter(Duration.ofMinutes(1)),
                        DeadlineResult.retryAfter(Duration.ofMinutes(2)),
                        DeadlineResult.retryAfter(Duration.ofMinutes(4)));
    }
}
