package io.guildhall.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.ConfigFactory;
import com.zaxxer.hikari.HikariDataSource;
import io.guildhall.domain.job.JobEvent;
import io.guildhall.domain.room.RoomEvent.MessageDeleted;
import io.guildhall.domain.room.RoomEvent.MessagePosted;
import io.guildhall.journal.CorrelatedEvent;
import io.guildhall.journal.JournalEncryption;
import io.guildhall.journal.NewEntities;
import io.guildhall.journal.UnreadableEvent;
import io.guildhall.kernel.Correlation;
import io.guildhall.kernel.Personal;
import io.guildhall.projections.store.Migrations;
import io.guildhall.testing.TestDatabase;
import io.guildhall.testing.TestPersonKeys;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.stream.IntStream;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.persistence.AtomicWrite;
import org.apache.pekko.persistence.PersistentRepr;
import org.apache.pekko.persistence.jdbc.config.JournalConfig;
import org.apache.pekko.persistence.jdbc.journal.dao.DefaultJournalDao;
import org.apache.pekko.persistence.journal.Tagged;
import org.apache.pekko.serialization.SerializationExtension;
import org.apache.pekko.stream.Materializer;
import org.apache.pekko.stream.javadsl.Sink;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;
import scala.Option;
import scala.jdk.javaapi.CollectionConverters;
import scala.jdk.javaapi.FutureConverters;
import slick.jdbc.JdbcBackend$;
import slick.jdbc.JdbcBackend.JdbcDatabaseDef;
import slick.jdbc.PostgresProfile$;
import slick.util.AsyncExecutor;

/** Our single statement writes the same rows as the library. */
class JournalWriterTest {
    private static final String ROWS = """
            SELECT string_agg(concat_ws(' ', persistence_id, sequence_number, deleted, writer, write_timestamp,
                                        coalesce(adapter_manifest, '-'), event_ser_id, event_ser_manifest,
                                        encode(event_payload, 'hex'), coalesce(meta_ser_manifest, '-'),
                                        coalesce(meta_ser_id, -1), coalesce(encode(meta_payload, 'hex'), '-')),
                              E'\\n' ORDER BY persistence_id, ordering)
              FROM event_journal""";

    private final ActorTestKit kit = ActorTestKit.create("journal", ConfigFactory.defaultReference());
    private final TestPersonKeys keys = new TestPersonKeys();
    private final List<HikariDataSource> pools = new ArrayList<>();

    /** A separate journal and the writer under test. */
    private record Journal(HikariDataSource pool, DefaultJournalDao writer) {
        void write(AtomicWrite... writes) {
            submit(writes).join();
        }

        CompletableFuture<?> submit(AtomicWrite... writes) {
            return FutureConverters.asJava(writer.asyncWriteMessages(
                            CollectionConverters.asScala(List.of(writes)).toSeq()))
                    .toCompletableFuture();
        }

        long highestSequenceNumber(String persistenceId) {
            return (Long) FutureConverters.asJava(writer.highestSequenceNr(persistenceId, 0))
                    .toCompletableFuture()
                    .join();
        }

        List<String> correlations() throws SQLException {
            try (var connection = pool.getConnection();
                    var result = connection
                            .createStatement()
                            .executeQuery("SELECT correlation_id FROM journal ORDER BY ordering")) {
                var correlations = new ArrayList<String>();
                while (result.next()) correlations.add(result.getString(1));
                return correlations;
            }
        }

        String payloads() throws SQLException {
            try (var connection = pool.getConnection();
                    var result = connection
                            .createStatement()
                            .executeQuery(
                                    "SELECT string_agg(convert_from(event_payload, 'UTF8'), ' ') FROM event_journal")) {
                result.next();
                return result.getString(1);
            }
        }

        List<Object> read(String persistenceId) {
            return writer.messages(persistenceId, 0, Long.MAX_VALUE, Long.MAX_VALUE)
                    .asJava()
                    .map(it -> it.get()._1().payload())
                    .runWith(Sink.seq(), writer.mat())
                    .toCompletableFuture()
                    .join();
        }

        String rows() throws SQLException {
            try (var connection = pool.getConnection();
                    var result = connection.createStatement().executeQuery(ROWS)) {
                result.next();
                return result.getString(1);
            }
        }
    }

    private interface WriterFactory {
        DefaultJournalDao create(JdbcDatabaseDef database, JournalConfig config);
    }

    private Journal library() {
        return journal((database, config) -> new DefaultJournalDao(
                database,
                PostgresProfile$.MODULE$,
                config,
                SerializationExtension.get(kit.system()),
                kit.system().executionContext(),
                Materializer.createMaterializer(kit.system())));
    }

    private Journal ours() {
        return journal(this::writer);
    }

    private JournalWriter writer(JdbcDatabaseDef database, JournalConfig config) {
        return new JournalWriter(
                database,
                PostgresProfile$.MODULE$,
                config,
                SerializationExtension.get(kit.system()),
                kit.system().executionContext(),
                Materializer.createMaterializer(kit.system()));
    }

    private Journal journal(WriterFactory factory) {
        var pool = new HikariDataSource();
        pools.add(pool);
        pool.setJdbcUrl(TestDatabase.migratedUrl(Migrations::run));
        var database = JdbcBackend$.MODULE$
                .Database()
                .forDataSource(pool, Option.apply(4), AsyncExecutor.apply("test", 4, 100), false);
        var config = new JournalConfig(kit.system().settings().config().getConfig("jdbc-journal"));
        return new Journal(pool, factory.create(database, config));
    }

    @AfterEach
    void close() {
        kit.shutdownTestKit();
        pools.forEach(HikariDataSource::close);
    }

    /** An event without personal data, which is stored as the library stores it. */
    private static MessageDeleted deleted(long number) {
        return new MessageDeleted("msg_" + number, number, "Grüße \\ \"{}\" 🪵 " + number, "acc_1", Instant.EPOCH);
    }

    private static MessagePosted said(String text) {
        return new MessagePosted("msg_1", 1, "acc_ada", text, Instant.EPOCH);
    }

    /** Events of one entity with consecutive sequence numbers, in one atomic write. */
    private static AtomicWrite events(String room, int from, int to, @Nullable Object metadata) {
        return new AtomicWrite(CollectionConverters.asScala(IntStream.rangeClosed(from, to)
                        .mapToObj(number -> {
                            var event = PersistentRepr.apply(
                                            deleted(number), number, "room|" + room, "", false, null, "writer-" + room)
                                    .withTimestamp(1_700_000_000_000L + number);
                            return metadata == null ? event : event.withMetadata(metadata);
                        })
                        .toList())
                .toSeq());
    }

    @BeforeEach
    void openKeys() {
        JournalEncryption.of(kit.system().classicSystem()).open(keys);
    }

    private static AtomicWrite single(String persistenceId, Object event) {
        return new AtomicWrite(CollectionConverters.asScala(
                        List.of(PersistentRepr.apply(event, 1, persistenceId, "", false, null, "writer")))
                .toSeq());
    }

    @Test
    void encryptsPersonalData() throws SQLException {
        var journal = ours();
        journal.write(single("room|rm_a", said("secret")));
        assertThat(journal.payloads()).doesNotContain("secret").contains("\"by\":\"acc_ada\"", "$encrypted");
        assertThat(journal.read("room|rm_a")).containsExactly(said("secret"));
        keys.forget();
        assertThat(journal.read("room|rm_a")).containsExactly(said("secret"));
        var _ = keys.destroy("acc_ada");
        assertThat(journal.read("room|rm_a")).containsExactly(said(Personal.ERASED));
    }

    @Test
    void encryptsForTheOwnersOfTheEntity() throws SQLException {
        var journal = ours();
        var closed = new JobEvent.Closed("secret", List.of(), Instant.EPOCH);
        journal.write(single("job|job_1", new CorrelatedEvent<>(closed, Correlation.NONE, List.of("acc_ada"))));
        assertThat(journal.payloads()).doesNotContain("secret").contains("1:acc_ada:");
        assertThat(journal.read("job|job_1")).containsExactly(closed);
        // Nobody knows whose it is.
        assertThatThrownBy(() -> journal.write(single("job|job_2", closed)))
                .hasStackTraceContaining("no person is named for the personal data 'why'");
        assertThat(journal.rows().lines()).hasSize(1);
    }

    @Test
    void readsKeysOnceForManyEvents() throws SQLException {
        var journal = ours();
        for (int i = 0; i < 20; i++) journal.write(single("room|rm_" + i, said("secret")));
        assertThat(keys.reads()).isEqualTo(1);
    }

    @Test
    void writesNothingWithoutKeys() {
        var journal = ours();
        keys.fail(Optional.of(new IllegalStateException("the database is away")));
        assertThatThrownBy(() -> journal.write(single("room|rm_a", said("secret"))))
                .hasStackTraceContaining("the database is away");
        assertThat(journal.highestSequenceNumber("room|rm_a")).isZero();
    }

    /** A key that cannot be read is an outage, not an erasure. */
    @Test
    void readsNothingWithoutKeys() {
        var journal = ours();
        journal.write(single("room|rm_a", said("secret")));
        keys.forget();
        keys.fail(Optional.of(new IllegalStateException("the database is away")));
        assertThatThrownBy(() -> journal.read("room|rm_a")).hasStackTraceContaining("the database is away");
    }

    @Test
    void eventThatWasMovedToAnotherEntityIsUnreadable() throws SQLException {
        var journal = ours();
        journal.write(single("room|rm_a", said("secret")));
        try (var connection = journal.pool().getConnection()) {
            connection.createStatement().execute("UPDATE event_journal SET persistence_id = 'room|rm_b'");
        }
        assertThat(journal.read("room|rm_b")).singleElement().isInstanceOf(UnreadableEvent.class);
    }

    @Test
    void writesTheSameRowsAsTheLibrary() throws SQLException {
        var library = library();
        var ours = ours();
        for (var journal : List.of(library, ours)) {
            journal.write(events("rm_a", 1, 1, null));
            journal.write(events("rm_b", 1, 5, deleted(7)), events("rm_c", 1, 70, null));
            journal.write(events("rm_a", 2, 3, null));
        }
        assertThat(ours.rows().lines()).hasSize(78);
        assertThat(ours.rows()).isEqualTo(library.rows());
    }

    @Test
    void writesTheCorrelationIdAsMetadata() throws SQLException {
        var library = library();
        var ours = ours();
        library.write(events("rm_a", 1, 3, "req-42"), events("rm_b", 1, 1, null));
        ours.write(traced(events("rm_a", 1, 3, null)), events("rm_b", 1, 1, null));
        assertThat(ours.rows()).isEqualTo(library.rows());
        assertThat(ours.correlations()).containsExactly("req-42", "req-42", "req-42", null);
    }

    private static AtomicWrite traced(AtomicWrite write) {
        return new AtomicWrite(CollectionConverters.asScala(CollectionConverters.asJava(write.payload()).stream()
                        .map(it -> it.withPayload(
                                new CorrelatedEvent<>(it.payload(), new Correlation("req-42"), List.of())))
                        .toList())
                .toSeq());
    }

    @Test
    void writesNothingIfOneEventCannotBeWritten() throws SQLException {
        var journal = ours();
        journal.write(events("rm_a", 1, 2, null));
        var before = journal.rows();
        assertThatThrownBy(() -> journal.write(events("rm_b", 1, 9, null), events("rm_a", 2, 3, null)))
                .isInstanceOf(CompletionException.class)
                .hasRootCauseInstanceOf(SQLException.class);
        assertThat(journal.rows()).isEqualTo(before);
    }

    /** Only the command with the existing id is refused. */
    @Test
    void aSequenceNumberThatIsTakenFailsOnlyItsOwnCommand() throws SQLException {
        var journal = ours();
        journal.write(events("rm_taken", 1, 1, null));
        CompletableFuture<?> first;
        CompletableFuture<?> taken;
        CompletableFuture<?> other;
        try (var blocker = journal.pool().getConnection()) {
            blocker.setAutoCommit(false);
            blocker.createStatement().execute("LOCK TABLE event_journal");
            first = journal.submit(events("rm_a", 1, 1, null));
            taken = journal.submit(events("rm_taken", 1, 2, null));
            other = journal.submit(events("rm_b", 1, 2, null));
            blocker.commit();
        }
        assertThat(first).succeedsWithin(Duration.ofSeconds(15));
        assertThat(taken).failsWithin(Duration.ofSeconds(15));
        assertThat(other).succeedsWithin(Duration.ofSeconds(15));
        assertThat(journal.rows().lines()).hasSize(4);
    }

    @Test
    void isNotQueriedForANewEntityOnce() {
        var journal = ours();
        journal.write(events("rm_a", 1, 2, null));
        NewEntities.of(kit.system().classicSystem()).add("room|rm_a");
        assertThat(journal.highestSequenceNumber("room|rm_a")).isZero();
        assertThat(journal.highestSequenceNumber("room|rm_a")).isEqualTo(2);
    }

    /** Otherwise the journal would wait for ever, and with it every later write of the node. */
    @Test
    void anErrorFailsTheWrite() {
        var broken = new PGSimpleDataSource() {
            private static final long serialVersionUID = 1L;

            @Override
            public Connection getConnection() {
                throw new NoClassDefFoundError("Missing");
            }
        };
        var writer = writer(
                JdbcBackend$.MODULE$
                        .Database()
                        .forDataSource(broken, Option.apply(1), AsyncExecutor.apply("test", 1, 10), false),
                new JournalConfig(kit.system().settings().config().getConfig("jdbc-journal")));
        var written = FutureConverters.asJava(
                        writer.asyncWriteMessages(CollectionConverters.asScala(List.of(events("rm_a", 1, 1, null)))
                                .toSeq()))
                .toCompletableFuture();
        assertThat(written)
                .failsWithin(Duration.ofSeconds(15))
                .withThrowableThat()
                .havingRootCause()
                .isInstanceOf(NoClassDefFoundError.class);
    }

    @Test
    void leavesTaggedEventsToTheLibrary() throws SQLException {
        var journal = ours();
        var tagged = PersistentRepr.apply(
                new Tagged(said("secret"), Set.of("red")), 1, "room|rm_a", "", false, null, "writer");
        journal.write(
                new AtomicWrite(CollectionConverters.asScala(List.of(tagged)).toSeq()));
        assertThat(journal.rows()).contains("room.said");
        assertThat(journal.payloads()).doesNotContain("secret");
        try (var connection = journal.pool().getConnection();
                var tags = connection.createStatement().executeQuery("SELECT tag FROM event_tag")) {
            assertThat(tags.next()).isTrue();
            assertThat(tags.getString(1)).isEqualTo("red");
        }
    }
}
