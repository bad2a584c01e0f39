package io.guildhall.projections.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.CompletableFuture.completedFuture;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.guildhall.Await;
import io.guildhall.domain.account.Account;
import io.guildhall.domain.account.AccountEvent;
import io.guildhall.domain.account.AccountOwner;
import io.guildhall.domain.account.Role;
import io.guildhall.domain.contract.Contract;
import io.guildhall.domain.contract.ContractEvent;
import io.guildhall.domain.contract.Deal;
import io.guildhall.domain.contract.Milestone;
import io.guildhall.domain.gig.Gig;
import io.guildhall.domain.gig.GigEvent;
import io.guildhall.kernel.Money;
import io.guildhall.projections.Process;
import io.guildhall.projections.Start;
import io.guildhall.projections.TestNode;
import io.guildhall.projections.relay.KafkaPublisher;
import io.guildhall.projections.relay.KafkaRelay;
import io.guildhall.projections.relay.KafkaSettings;
import io.guildhall.projections.relay.TestKafka;
import io.guildhall.testing.TestLoops;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The relay with a real broker: each event arrives, those of an entity in their order, also if the broker stops. */
class KafkaRelayTest {
    private static final int MAX_RECORD_BYTES = 2_000;
    private static final Tries.Limits LIMITS = new Tries.Limits(2, Duration.ofDays(1), Duration.ofDays(1));
    private static final Duration TIMEOUT = Duration.ofSeconds(3);
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String JOBS = "guildhall.jobs";

    private static TestKafka kafka;

    private final TestJournal journal = new TestJournal();
    private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();
    private final Queue<String> handled = new ConcurrentLinkedQueue<>();
    private ActorTestKit kit;
    private Followers followers;
    private KafkaPublisher publisher;

    @BeforeAll
    static void startBroker() {
        kafka = TestKafka.start(MAX_RECORD_BYTES);
    }

    @AfterAll
    static void stopBroker() {
        kafka.close();
    }

    @BeforeEach
    void startNode() {
        kit = TestNode.start(journal.url);
        followers = new Followers(
                kit.system(),
                journal.database,
                new FollowerMetrics(metrics, InstantSource.system()),
                TestLoops.create(),
                1,
                LIMITS);
        publisher = new KafkaPublisher(kit.system(), new KafkaSettings(kafka.bootstrapServers(), TIMEOUT, Map.of()));
    }

    @AfterEach
    void stopNode() {
        followers.close();
        publisher.close();
        kit.shutdownTestKit();
    }

    private void run(Start start) {
        followers.run(new KafkaRelay(publisher, start));
    }

    /** Writes events {@code from} to {@code to} of a gig. */
    private void writeGig(String id, long from, long to) throws SQLException {
        for (long i = from; i <= to; i++) journal.write(Gig.AGGREGATE, id, i, new GigEvent.Published(TestJournal.AT));
    }

    private static List<String> ids(List<ConsumerRecord<String, byte[]>> records) {
        return records.stream().map(it -> text(it, "id")).toList();
    }

    private static String text(ConsumerRecord<String, byte[]> record, String attribute) {
        try {
            return JSON.readTree(record.value()).path(attribute).asText();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> gigIds(String gig, long from, long to) {
        return LongStream.rangeClosed(from, to)
                .mapToObj(it -> "gig/" + gig + "/" + it)
                .toList();
    }

    private static List<ConsumerRecord<String, byte[]>> records(String topic, String key) {
        return kafka.read(topic).getOrDefault(key, List.of());
    }

    private FollowerControl.Progress progress() {
        try {
            return followers.control().progress().stream()
                    .filter(it -> it.follower().equals(KafkaRelay.NAME))
                    .findFirst()
                    .orElseThrow();
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    private Map<String, Instant> behindSince() {
        try {
            return followers.control().behindSince();
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    private void awaitCaughtUp() {
        Await.until(() -> assertThat(progress().eventsBehind()).isZero());
    }

    private List<ParkedEntity> parked() throws SQLException {
        return followers.control().parked(10);
    }

    @Test
    void publishesEventsOfEachEntityInOrder() throws SQLException {
        var gigs = IntStream.range(0, 8).mapToObj(i -> "gig_order" + i).toList();
        for (int number = 1; number <= 5; number++) for (var gig : gigs) writeGig(gig, number, number);
        writeGig("gig_hot", 1, 30);
        run(Start.beginning());
        awaitCaughtUp();
        var published = kafka.read(JOBS);
        for (var gig : gigs)
            assertThat(ids(published.getOrDefault(gig, List.of()))).isEqualTo(gigIds(gig, 1, 5));
        assertThat(ids(published.getOrDefault("gig_hot", List.of()))).isEqualTo(gigIds("gig_hot", 1, 30));
        assertThat(progress().type()).isEqualTo("relay");
    }

    @Test
    void publishesCloudEventsWithTypeAndKey() throws SQLException {
        var owner = new AccountOwner("acc_joined", "ann@example.org", "Ann", "CH", List.of(Role.CLIENT));
        journal.write(Account.AGGREGATE, "acc_joined", 1, new AccountEvent.Opened(owner, "hash", TestJournal.AT));
        run(Start.beginning());
        awaitCaughtUp();
        var record = records("guildhall.users", "acc_joined").getFirst();
        assertThat(text(record, "type")).isEqualTo("io.guildhall.user.joined.v1");
        assertThat(new String(record.headers().lastHeader("content-type").value(), UTF_8))
                .isEqualTo("application/cloudevents+json; charset=UTF-8");
        assertThat(record.timestamp()).isEqualTo(TestJournal.AT.toEpochMilli());
    }

    @Test
    void catchesUpAfterAnOutageOfTheBrokerAndDelaysNothingElse() throws SQLException {
        run(Start.beginning());
        followers.run(new Process() {
            @Override
            public String name() {
                return "healthy";
            }

            @Override
            public Start start() {
                return Start.beginning();
            }

            @Override
            public List<Subscription<?>> follows() {
                return List.of(Process.on(Gig.AGGREGATE, recorded -> {
                    handled.add(recorded.entityId() + "/" + recorded.sequence());
                    return completedFuture(null);
                }));
            }
        });
        writeGig("gig_away", 1, 20);
        awaitCaughtUp();
        kafka.stop();
        try {
            writeGig("gig_away", 21, 40);
            writeGig("gig_new", 1, 5);
            Await.until(() -> assertThat(handled).contains("gig_away/40", "gig_new/5"));
            assertThat(progress().eventsBehind()).isEqualTo(25);
            // More often than a refused event is tried.
            Await.until(() -> assertThat(metrics.counter("guildhall.follower.failures", "follower", KafkaRelay.NAME)
                            .count())
                    .isGreaterThan(LIMITS.max()));
            Await.until(() -> assertThat(behindSince()).isEqualTo(Map.of(KafkaRelay.NAME, TestJournal.AT)));
        } finally {
            kafka.start();
        }
        awaitCaughtUp();
        assertThat(behindSince()).isEmpty();
        assertThat(parked()).isEmpty();
        assertThat(ids(records(JOBS, "gig_new")).stream().distinct()).isEqualTo(gigIds("gig_new", 1, 5));
        // An event whose acknowledgement was lost is published again, with the same id.
        assertThat(ids(records(JOBS, "gig_away")).stream().distinct().toList()).isEqualTo(gigIds("gig_away", 1, 40));
    }

    @Test
    void publishesWithSameIdsAfterCrash() throws SQLException {
        writeGig("gig_crash", 1, 5);
        run(Start.beginning());
        awaitCaughtUp();
        // As if the node had crashed after the acknowledgement and before the position was saved.
        journal.execute("UPDATE follower_position SET xid = '0', ordering = 0 WHERE follower = 'kafka'");
        journal.execute("UPDATE follower_reset SET resets = resets + 1");
        Await.until(() -> assertThat(records(JOBS, "gig_crash")).hasSizeGreaterThanOrEqualTo(10));
        var records = records(JOBS, "gig_crash");
        assertThat(ids(records.subList(0, 5))).isEqualTo(gigIds("gig_crash", 1, 5));
        assertThat(records.subList(5, 10).stream().map(it -> new String(it.value(), UTF_8)))
                .containsExactlyElementsOf(records.subList(0, 5).stream()
                        .map(it -> new String(it.value(), UTF_8))
                        .toList());
    }

    @Test
    void parksEntityWhoseEventTheBrokerRefuses() throws SQLException {
        var milestones = IntStream.rangeClosed(1, 800)
                .mapToObj(i -> Milestone.pending(i, "Part", new Money((i * 7919L) % 104_729, "USD"), 1 + i % 29))
                .toList();
        var deal = new Deal(
                Optional.empty(),
                Optional.empty(),
                Optional.of("inv_1"),
                "acc_client",
                "acc_freelancer",
                "Boat",
                new Money(100, "USD"),
                500,
                2);
        journal.write(
                Contract.AGGREGATE,
                "con_large",
                1,
                new ContractEvent.Created(deal, milestones, Optional.empty(), TestJournal.AT));
        journal.write(Contract.AGGREGATE, "con_large", 2, new ContractEvent.Completed(deal, TestJournal.AT));
        writeGig("gig_beside", 1, 3);
        run(Start.beginning());
        awaitCaughtUp();
        assertThat(ids(records(JOBS, "gig_beside")).stream().distinct()).isEqualTo(gigIds("gig_beside", 1, 3));
        assertThat(parked()).singleElement().satisfies(it -> {
            assertThat(it.entityId()).isEqualTo("con_large");
            assertThat(it.reason()).contains("RecordTooLarge");
            assertThat(it.first()).isEqualTo(1);
            assertThat(it.last()).isEqualTo(2);
        });
        assertThat(records("guildhall.contracts", "con_large")).isEmpty();
    }

    @Test
    void startsWithNextEventIfConfigured() throws SQLException {
        writeGig("gig_start", 1, 3);
        run(Start.now());
        writeGig("gig_start", 4, 5);
        awaitCaughtUp();
        assertThat(ids(records(JOBS, "gig_start"))).isEqualTo(gigIds("gig_start", 4, 5));
    }

    @Test
    void continuesAtItsPositionAfterRestart() throws SQLException {
        run(Start.now());
        writeGig("gig_restart", 1, 2);
        awaitCaughtUp();
        stopNode();
        writeGig("gig_restart", 3, 4);
        startNode();
        run(Start.now());
        awaitCaughtUp();
        assertThat(ids(records(JOBS, "gig_restart"))).isEqualTo(gigIds("gig_restart", 1, 4));
    }
}
