package io.guildhall.node;

import io.guildhall.journal.JournalEncryption;
import java.util.concurrent.CompletableFuture;
import org.apache.pekko.persistence.SnapshotMetadata;
import org.apache.pekko.persistence.jdbc.config.SnapshotConfig;
import org.apache.pekko.persistence.jdbc.snapshot.dao.DefaultSnapshotDao;
import org.apache.pekko.serialization.Serialization;
import org.apache.pekko.stream.Materializer;
import scala.Option;
import scala.Tuple2;
import scala.concurrent.ExecutionContext;
import scala.concurrent.Future;
import scala.jdk.javaapi.FutureConverters;
import scala.runtime.BoxedUnit;
import slick.jdbc.JdbcBackend.JdbcDatabaseDef;
import slick.jdbc.JdbcProfile;

/**
 * Encrypts the personal data of snapshots, and decrypts it. The library does everything else. Pekko creates it by the
 * name in persistence.conf.
 */
public class SnapshotWriter extends DefaultSnapshotDao {
    private final JournalEncryption encryption;

    public SnapshotWriter(
            JdbcDatabaseDef database,
            JdbcProfile profile,
            SnapshotConfig config,
            Serialization serialization,
            ExecutionContext execution,
            Materializer materializer) {
        super(database, profile, config, serialization, execution, materializer);
        this.encryption = JournalEncryption.of(materializer.system());
    }

    @Override
    public Future<BoxedUnit> save(SnapshotMetadata metadata, Object snapshot) {
        return FutureConverters.asScala(encryption
                .encryptState(metadata.persistenceId(), snapshot)
                .thenCompose(it -> FutureConverters.asJava(super.save(metadata, it))));
    }

    @Override
    public Future<Option<Tuple2<SnapshotMetadata, Object>>> latestSnapshot(String persistenceId) {
        return decrypted(super.latestSnapshot(persistenceId));
    }

    @Override
    public Future<Option<Tuple2<SnapshotMetadata, Object>>> snapshotForMaxTimestamp(
            String persistenceId, long timestamp) {
        return decrypted(super.snapshotForMaxTimestamp(persistenceId, timestamp));
    }

    @Override
    public Future<Option<Tuple2<SnapshotMetadata, Object>>> snapshotForMaxSequenceNr(
            String persistenceId, long sequenceNr) {
        return decrypted(super.snapshotForMaxSequenceNr(persistenceId, sequenceNr));
    }

    @Override
    public Future<Option<Tuple2<SnapshotMetadata, Object>>> snapshotForMaxSequenceNrAndMaxTimestamp(
            String persistenceId, long sequenceNr, long timestamp) {
        return decrypted(super.snapshotForMaxSequenceNrAndMaxTimestamp(persistenceId, sequenceNr, timestamp));
    }

    private Future<Option<Tuple2<SnapshotMetadata, Object>>> decrypted(
            Future<Option<Tuple2<SnapshotMetadata, Object>>> read) {
        return FutureConverters.asScala(FutureConverters.asJava(read).thenCompose(found -> {
            if (found.isEmpty()) return CompletableFuture.completedStage(found);
            var metadata = found.get()._1();
            return encryption
                    .decrypt(metadata.persistenceId(), found.get()._2())
                    .thenApply(it -> Option.apply(Tuple2.apply(metadata, it)));
        }));
    }
}
