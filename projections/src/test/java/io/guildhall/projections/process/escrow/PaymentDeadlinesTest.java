package io.guildhall.projections.process.escrow;

import static io.guildhall.Await.result;
import static io.guildhall.kernel.Correlation.NONE;
import static java.util.Objects.requireNonNull;
import static java.util.concurrent.CompletableFuture.completedFuture;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.typesafe.config.ConfigFactory;
import io.guildhall.actors.Entities;
import io.guildhall.domain.discrepancy.Discrepancy;
import io.guildhall.domain.discrepancy.DiscrepancyCommand;
import io.guildhall.domain.discrepancy.DiscrepancyEvent;
import io.guildhall.domain.discrepancy.Report;
import io.guildhall.domain.payout.PayoutAccount;
import io.guildhall.domain.payout.PayoutAccountCommand;
import io.guildhall.domain.payout.PayoutStatus;
import io.guildhall.journal.Names;
import io.guildhall.kernel.Money;
import io.guildhall.payment.DiscrepancyReporter;
import io.guildhall.payment.PaymentRecorder;
import io.guildhall.payment.ProviderReports;
import io.guildhall.port.PaymentGateway;
import io.guildhall.projections.Deadline;
import io.guildhall.projections.DeadlineResult;
import io.guildhall.projections.Process;
import io.guildhall.projections.Recorded;
import io.guildhall.projections.Schedule;
import io.guildhall.projections.process.discrepancy.DiscrepancyProcess;
import io.guildhall.testing.TestCluster;
import io.guildhall.testing.TestSuspensions;
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
import org.slf4j.LoggerFactory;

/** Over real entities with an in-memory journal, and a provider that does not know any account. */
class PaymentDeadlinesTest {
    private static final InstantSource CLOCK = InstantSource.system();
    private static final ActorTestKit KIT = ActorTestKit.create(
            "deadlines",
            ConfigFactory.parseString("""
            pekko.persistence.journal.plugin = "pekko.persistence.journal.inmem"
            """).withFallback(TestCluster.SETTINGS).withFallback(ConfigFactory.load()));
    private static final Entities ENTITIES =
            new Entities(KIT.system(), Names.AGGREGATES, CLOCK, new TestSuspensions(), Duration.ofSeconds(10), 10_000);

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
                    return switch (method.getName()) {
                        case "accountState" -> completedFuture(Optional.empty());
                        case "retrieve" -> completedFuture(new PaymentGateway.SearchResult.NotFound());
                        default -> throw new AssertionError("unexpected " + method);
                    };
                });
    }

    private static PaymentDeadlines deadlines(RetryPauses pauses) {
        var gateway = gateway();
        var discrepancies = new DiscrepancyReporter(ENTITIES);
        var recorder = new PaymentRecorder(ENTITIES, discrepancies);
        var reports = new ProviderReports(ENTITIES, gateway, recorder, discrepancies);
        return new PaymentDeadlines(
                ENTITIES, gateway, recorder, reports, new TestSuspensions(), CLOCK, Duration.ofHours(1), pauses);
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

    @Test
    void leavesAnAccountThatStaysUnverifiedToAnOperator() {
        result(ENTITIES.execute(NONE, PayoutAccount.AGGREGATE, "acc_bob", new PayoutAccountCommand.Request("CH")));
        result(ENTITIES.execute(
                NONE,
                PayoutAccount.AGGREGATE,
                "acc_bob",
                new PayoutAccountCommand.RecordOpened(
                        "acct_2", PayoutStatus.PENDING, "https://provider.example", Instant.EPOCH)));
        var pauses = new RetryPauses(Duration.ofSeconds(1), Duration.ofMinutes(1));
        var check = requireNonNull(deadlines(pauses).handlers().get(PaymentDeadlines.CHECK_ACCOUNT));
        var id = PaymentDeadlines.CHECK_ACCOUNT.forEntity("acc_bob");

        assertThat(result(check.handle(new Deadline(id, 28, NONE))))
                .isEqualTo(DeadlineResult.retryAfter(Duration.ofDays(1)));
        assertThat(bob().waitsForOperator()).isFalse();
        assertThat(result(check.handle(new Deadline(id, 29, NONE)))).isEqualTo(DeadlineResult.done());
        assertThat(bob().waitsForOperator()).isTrue();
        result(ENTITIES.execute(
                NONE,
                PayoutAccount.AGGREGATE,
                "acc_bob",
                new PayoutAccountCommand.RecordStatus(PayoutStatus.VERIFIED, Instant.EPOCH.plusSeconds(1))));
        assertThat(bob().waitsForOperator()).isFalse();
    }

    private static PayoutAccount.Open bob() {
        return (PayoutAccount.Open) result(ENTITIES.state(PayoutAccount.AGGREGATE, "acc_bob"));
    }

    @Test
    void queriesADiscrepancyForALimitedTime() {
        var report = new Report(
                Report.Kind.FALSE_REPORT,
                Report.Movement.CHARGE,
                "esc_1-1",
                1,
                "pi_1",
                new Money(1, "USD"),
                Optional.empty(),
                Optional.empty());
        var discrepancy = Discrepancy.id(report);
        result(ENTITIES.execute(NONE, Discrepancy.AGGREGATE, discrepancy, new DiscrepancyCommand.RecordReport(report)));
        var schedule = (Schedule) Proxy.newProxyInstance(
                Schedule.class.getClassLoader(), new Class<?>[] {Schedule.class}, (_, method, _) -> {
                    throw new AssertionError("unexpected " + method);
                });
        var confirm = new DiscrepancyProcess(ENTITIES, schedule, gateway(), _ -> {})
                .deadlines()
                .entrySet()
                .iterator()
                .next();
        var id = confirm.getKey().forEntity(discrepancy);
        assertThat(result(confirm.getValue().handle(new Deadline(id, 38, NONE))))
                .isEqualTo(DeadlineResult.retryAfter(Duration.ofDays(1)));
        // It stays on the operator's list. An event can still make it due.
        assertThat(result(confirm.getValue().handle(new Deadline(id, 39, NONE))))
                .isEqualTo(DeadlineResult.retryAfter(Duration.ofDays(36_500)));
    }

    @Test
    void logsAsErrorsOnlyDiscrepanciesThatNeedAnOperator() {
        assertThat(loggedOf(Report.Kind.SECOND_PAYMENT))
                .startsWith(
                        "INFO Discrepancy dsc_1 (SECOND_PAYMENT): CHARGE pi_1 of 12.34 EUR for esc_1-1, expected nothing;")
                .endsWith("; sending the money back");
        assertThat(loggedOf(Report.Kind.UNKNOWN_PAYMENT))
                .startsWith("ERROR Discrepancy dsc_1 (UNKNOWN_PAYMENT)")
                .endsWith("; see ./guildhall tasks");
    }

    /** The level and the message that the process logs for a reported charge. */
    private static String loggedOf(Report.Kind kind) {
        var report = new Report(
                kind,
                Report.Movement.CHARGE,
                "esc_1-1",
                1,
                "pi_1",
                new Money(1234, "EUR"),
                Optional.empty(),
                Optional.empty());
        var log = new ListAppender<ILoggingEvent>();
        var logger = (Logger) LoggerFactory.getLogger(DiscrepancyProcess.class);
        log.start();
        logger.setLevel(Level.INFO);
        logger.setAdditive(false);
        logger.addAppender(log);
        try {
            handle(new DiscrepancyEvent.Reported(report, Instant.EPOCH));
        } finally {
            logger.detachAppender(log);
            logger.setLevel(null);
            logger.setAdditive(true);
        }
        var line = log.list.getFirst();
        return line.getLevel() + " " + line.getFormattedMessage();
    }

    private static void handle(DiscrepancyEvent event) {
        var schedule = (Schedule) Proxy.newProxyInstance(
                Schedule.class.getClassLoader(), new Class<?>[] {Schedule.class}, (_, method, _) -> {
                    throw new AssertionError("unexpected " + method);
                });
        var subscription = new DiscrepancyProcess(ENTITIES, schedule, gateway(), _ -> {})
                .follows()
                .getFirst();
        handle(subscription, new Recorded<>("dsc_1", 1, event, Instant.EPOCH, NONE));
    }

    private static <E> void handle(Process.Subscription<E> subscription, Recorded<?> recorded) {
        result(subscription.reaction().to(recorded.cast(subscription.aggregate().events())));
    }
}
