package io.guildhall.node;

import static java.util.stream.Collectors.joining;

import io.guildhall.actors.ChangeSignal;
import io.guildhall.journal.CorrelatedEvent;
import io.guildhall.journal.EncryptedPayload;
import io.guildhall.journal.JournalEncryption;
import io.guildhall.journal.JournalEncryption.Plain;
import io.guildhall.journal.NewEntities;
import java.sql.Array;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future.State;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.apache.pekko.NotUsed;
import org.apache.pekko.persistence.AtomicWrite;
import org.apache.pekko.persistence.PersistentRepr;
import org.apache.pekko.persistence.jdbc.config.JournalConfig;
import org.apache.pekko.persistence.jdbc.journal.dao.DefaultJournalDao;
import org.apache.pekko.persistence.jdbc.journal.dao.JournalTables.JournalPekkoSerializationRow;
import org.apache.pekko.persistence.journal.Tagged;
import org.apache.pekko.serialization.Serialization;
import org.apache.pekko.stream.Materializer;
import org.apache.pekko.stream.scaladsl.Source;
import org.jspecify.annotations.Nullable;
import scala.Option;
import scala.Tuple2;
import scala.collection.immutable.Seq;
import scala.collection.immutable.Set;
import scala.concurrent.ExecutionContext;
import scala.concurrent.Future;
import scala.concurrent.Promise;
import scala.jdk.javaapi.CollectionConverters;
import scala.jdk.javaapi.FutureConverters;
import scala.runtime.BoxedUnit;
import scala.util.Success;
import scala.util.Try;
import slick.jdbc.JdbcBackend.JdbcDatabaseDef;
import slick.jdbc.JdbcProfile;

/**
 * Writes all waiting events to the journal in one statement. One statement is atomic without a transaction, which saves
 * a round trip, and it is the same statement for any number of events. Also writes the correlation id of each event as
 * its metadata, which the library does only for replicated entities, and encrypts the personal data of events. The
 * library does everything else. Pekko creates it by the name in persistence.conf.
 */
public final class JournalWriter extends DefaultJournalDao {
    private record Column<T>(
            String name, String type, IntFunction<T[]> array, Function<JournalPekkoSerializationRow, T> value) {
        Array toArray(Connection connection, List<JournalPekkoSerializationRow> rows) throws SQLException {
            return connection.createArrayOf(type, rows.stream().map(value).toArray(array));
        }
    }

    private static final List<Column<?>> COLUMNS = List.of(
            new Column<>("persistence_id", "text", String[]::new, JournalPekkoSerializationRow::persistenceId),
            new Column<>("sequence_number", "bigint", Long[]::new, JournalPekkoSerializationRow::sequenceNumber),
            new Column<>("writer", "text", String[]::new, JournalPekkoSerializationRow::writer),
            new Column<>("write_timestamp", "bigint", Long[]::new, JournalPekkoSerializationRow::writeTimestamp),
            new Column<>("adapter_manifest", "text", String[]::new, JournalPekkoSerializationRow::adapterManifest),
            new Column<>("event_payload", "bytea", byte[][]::new, JournalPekkoSerializationRow::eventPayload),
            new Column<>("event_ser_id", "int", Integer[]::new, JournalPekkoSerializationRow::eventSerId),
            new Column<>("event_ser_manifest", "text", String[]::new, JournalPekkoSerializationRow::eventSerManifest),
            new Column<>("meta_payload", "bytea", byte[][]::new, it -> orNull(it.metaPayload())),
            new Column<>("meta_ser_id", "int", Integer[]::new, it -> (Integer) orNull(it.metaSerId())),
            new Column<>("meta_ser_manifest", "text", String[]::new, it -> orNull(it.metaSerManifest())));

    private static final String INSERT = "INSERT INTO event_journal ("
            + COLUMNS.stream().map(Column::name).collect(joining(", ")) + ") SELECT * FROM unnest("
            + COLUMNS.stream().map(it -> "?::" + it.type() + "[]").collect(joining(", ")) + ")";

    private static final String UNIQUE_VIOLATION = "23505";

    /** The events of one command, which are written together or not at all. */
    private record Write(List<JournalPekkoSerializationRow> rows, Promise<BoxedUnit> written) {}

    private final JdbcDatabaseDef database;
    private final JournalProgress progress;
    private final NewEntities newEntities;
    private final ChangeSignal changes;
    private final JournalEncryption encryption;
    private final int maxBatch;
    private final BlockingQueue<Write> waiting;
    /** Writes one batch at a time. A thread that ends because of an error is replaced. */
    private final ExecutorService writer = Executors.newSingleThreadExecutor(
            Thread.ofPlatform().name("journal-writer").daemon().factory());

    public JournalWriter(
            JdbcDatabaseDef database,
            JdbcProfile profile,
            JournalConfig config,
            Serialization serialization,
            ExecutionContext execution,
            Materializer materializer) {
        super(database, profile, config, serialization, execution, materializer);
        this.database = database;
        this.progress = JournalDatabase.progress(materializer.system());
        this.newEntities = NewEntities.of(materializer.system());
        this.changes = ChangeSignal.of(materializer.system());
        this.encryption = JournalEncryption.of(materializer.system());
        this.maxBatch = config.daoConfig().batchSize();
        this.waiting = new LinkedBlockingQueue<>(config.daoConfig().bufferSize());
        materializer.system().registerOnTermination(writer::shutdown);
    }

    /** Encrypts the personal data. If a key must be read or created first, only these events wait for it. */
    @Override
    public Future<Seq<Try<BoxedUnit>>> asyncWriteMessages(Seq<AtomicWrite> writes) {
        var encrypted = encryption
                .encrypt(events(writes).map(JournalWriter::plain).toList())
                .toCompletableFuture();
        return encrypted.state() == State.SUCCESS
                ? super.asyncWriteMessages(stored(writes, encrypted.resultNow().iterator()))
                : FutureConverters.asScala(encrypted.thenCompose(
                        it -> FutureConverters.asJava(super.asyncWriteMessages(stored(writes, it.iterator())))));
    }

    private static Stream<PersistentRepr> events(Seq<AtomicWrite> writes) {
        return CollectionConverters.asJava(writes).stream()
                .flatMap(it -> CollectionConverters.asJava(it.payload()).stream());
    }

    private static Plain plain(PersistentRepr event) {
        var payload = event.payload() instanceof Tagged tagged ? tagged.payload() : event.payload();
        return new Plain(
                event.persistenceId(),
                payload,
                payload instanceof CorrelatedEvent<?>(var _, var _, var owners) ? owners : List.of());
    }

    private static Seq<AtomicWrite> stored(Seq<AtomicWrite> writes, Iterator<EncryptedPayload> payloads) {
        return map(writes, write -> write.copy(map(write.payload(), it -> stored(it, payloads.next()))));
    }

    private static PersistentRepr stored(PersistentRepr event, EncryptedPayload payload) {
        return switch (event.payload()) {
            case Tagged tagged -> event.withPayload(new Tagged(payload, tagged.tags()));
            case CorrelatedEvent<?>(var _, var correlation, var _)
            when correlation.known() -> event.withPayload(payload).withMetadata(correlation.id());
            default -> event.withPayload(payload);
        };
    }

    private static <T> Seq<T> map(Seq<T> items, UnaryOperator<T> change) {
        return CollectionConverters.asScala(
                        CollectionConverters.asJava(items).stream().map(change).toList())
                .toSeq();
    }

    /** Decrypts the personal data. An event that cannot be read becomes an {@code UnreadableEvent}. */
    @Override
    public Source<Try<Tuple2<PersistentRepr, Object>>, NotUsed> messages(
            String persistenceId, long fromSequenceNr, long toSequenceNr, long max) {
        return super.messages(persistenceId, fromSequenceNr, toSequenceNr, max)
                .asJava()
                .mapAsync(1, read -> read.isSuccess() ? decrypted(read.get()) : CompletableFuture.completedStage(read))
                .asScala();
    }

    private CompletionStage<Try<Tuple2<PersistentRepr, Object>>> decrypted(Tuple2<PersistentRepr, Object> read) {
        var event = read._1();
        return encryption
                .decrypt(event.persistenceId(), event.payload())
                .thenApply(it -> Success.apply(Tuple2.apply(event.withPayload(it), read._2())));
    }

    /** The journal is not queried for an entity that is new: see {@link NewEntities}. */
    @Override
    public Future<Object> highestSequenceNr(String persistenceId, long fromSequenceNr) {
        return newEntities.remove(persistenceId)
                ? Future.successful(0L)
                : super.highestSequenceNr(persistenceId, fromSequenceNr);
    }

    @Override
    public Future<BoxedUnit> queueWriteJournalRows(Seq<Tuple2<JournalPekkoSerializationRow, Set<String>>> tagged) {
        var rows = CollectionConverters.asJava(tagged);
        if (rows.stream().anyMatch(it -> it._2().nonEmpty())) return super.queueWriteJournalRows(tagged);
        var write = new Write(rows.stream().map(Tuple2::_1).toList(), Promise.apply());
        if (waiting.offer(write)) writer.execute(this::writeWaiting);
        else write.written().failure(new IllegalStateException("too many events wait for the journal"));
        return write.written().future();
    }

    /** Writes the waiting events, up to one batch. An earlier run may have written all of them. */
    private void writeWaiting() {
        var batch = new ArrayList<Write>();
        int rows = 0;
        for (Write next;
                rows < maxBatch && (next = waiting.poll()) != null;
                rows += next.rows().size()) batch.add(next);
        if (!batch.isEmpty()) write(batch);
    }

    /**
     * Writes all events in one transaction. If the sequence number of one event is taken, all are written one by one,
     * so that only that command fails.
     */
    private void write(List<Write> batch) {
        try {
            progress.duringBatch(() -> {
                insert(batch.stream().flatMap(it -> it.rows().stream()).toList());
                return BoxedUnit.UNIT;
            });
            batch.forEach(it -> it.written().trySuccess(BoxedUnit.UNIT));
            changes.publish(batch.stream()
                    .flatMap(it -> it.rows().stream())
                    .map(JournalPekkoSerializationRow::persistenceId)
                    .distinct()
                    .toList());
        } catch (Throwable e) {
            // Also catch Error: every caller of the batch must get a result.
            if (batch.size() > 1 && e instanceof SQLException sql && UNIQUE_VIOLATION.equals(sql.getSQLState()))
                for (var each : batch) write(List.of(each));
            else batch.forEach(it -> it.written().tryFailure(e));
        }
    }

    private void insert(List<JournalPekkoSerializationRow> rows) throws SQLException {
        try (var connection = database.source().createConnection();
                var insert = connection.prepareStatement(INSERT)) {
            for (int i = 0; i < COLUMNS.size(); i++)
                insert.setArray(i + 1, COLUMNS.get(i).toArray(connection, rows));
            insert.executeUpdate();
        }
    }

    private static <T> @Nullable T orNull(Option<T> value) {
        return value.isEmpty() ? null : value.get();
    }
}
