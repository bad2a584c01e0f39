package io.guildhall.projections.export;

import static io.guildhall.Await.result;
import static java.util.concurrent.CompletableFuture.completedFuture;
import static java.util.concurrent.CompletableFuture.failedFuture;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.guildhall.domain.room.RoomEvent.MessagePosted;
import io.guildhall.port.FileKey;
import io.guildhall.port.FileStore;
import io.guildhall.projections.TestPool;
import io.guildhall.projections.export.room.ExportedRoom;
import io.guildhall.projections.export.room.RoomExportWriter;
import io.guildhall.projections.export.room.RoomSource;
import io.guildhall.projections.readmodel.Page;
import io.guildhall.projections.readmodel.dataexport.DataExport;
import io.guildhall.projections.readmodel.dataexport.DataExportQueries;
import io.guildhall.projections.readmodel.room.MessageRow;
import io.guildhall.projections.readmodel.room.RoomExport;
import io.guildhall.projections.readmodel.room.RoomExport.State;
import io.guildhall.projections.readmodel.room.RoomExports;
import io.guildhall.projections.store.ExportTable;
import io.guildhall.projections.store.ExportTable.Claim;
import io.guildhall.projections.store.ExportTable.ClaimLostException;
import io.guildhall.projections.store.ExportTable.Unreported;
import io.guildhall.projections.store.Migrations;
import io.guildhall.projections.store.ReadDatabase;
import io.guildhall.projections.store.Sql;
import io.guildhall.projections.view.dataexport.SqlDataExports;
import io.guildhall.projections.view.room.SqlRoomExports;
import io.guildhall.testing.SettableClock;
import io.guildhall.testing.TestDatabase;
import java.io.ByteArrayInputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.zip.ZipInputStream;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Exports are written by one node at a time, survive the end of a node, and are deleted when they expire. */
class ExporterTest {
    private static final DataSource DATABASE = TestPool.open(TestDatabase.migratedUrl(Migrations::run));

    private final RoomExports exports = new SqlRoomExports(new ReadDatabase(DATABASE, 4));
    private final DataExportQueries dataExports = new SqlDataExports(new ReadDatabase(DATABASE, 4));
    private final ExportTable table = new ExportTable(DATABASE);
    private final SettableClock clock = new SettableClock();
    private final String room = "rm_" + UUID.randomUUID();
    private final String ann = "acc_" + UUID.randomUUID();
    private final MemoryStore store = new MemoryStore();
    private final List<Unreported> reported = new CopyOnWriteArrayList<>();
    private volatile boolean canReport = true;

    @TempDir
    Path folder;

    @BeforeEach
    void empty() {
        result(new ReadDatabase(DATABASE, 1).run(it -> Sql.update(it, "DELETE FROM export")));
    }

    /** Keeps files in memory. */
    private static final class MemoryStore implements FileStore {
        final Map<FileKey, byte[]> files = new ConcurrentHashMap<>();
        volatile boolean isAvailable = true;

        private CompletionStage<Outcome> outcome(Runnable change) {
            if (!isAvailable) return completedFuture(new Outcome.Unavailable("busy"));
            change.run();
            return completedFuture(new Outcome.Done());
        }

        @Override
        public CompletionStage<Outcome> put(FileKey key, Path content) {
            throw new UnsupportedOperationException();
        }

        @Override
        public CompletionStage<Outcome> putLarge(FileKey key, Path content) {
            return outcome(() -> {
                try {
                    files.put(key, Files.readAllBytes(content));
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        }

        @Override
        public InputStream read(FileKey key) throws FileNotFoundException {
            throw new FileNotFoundException(key.toString());
        }

        @Override
        public CompletionStage<Outcome> delete(FileKey key) {
            return outcome(() -> files.remove(key));
        }

        @Override
        public URI link(FileKey key) {
            throw new UnsupportedOperationException();
        }

        @Override
        public URI downloadLink(FileKey key, String fileName) {
            throw new UnsupportedOperationException();
        }
    }

    /** The end of a node, which nothing in it handles. */
    private static final class NodeKilled extends Error {
        private static final long serialVersionUID = 1L;
    }

    private class Source implements RoomSource {
        @Override
        public ExportedRoom room(String roomId, String accountId) {
            return new ExportedRoom(roomId, Optional.empty(), Optional.of("A boat"), Map.of(accountId, "Ann"));
        }

        @Override
        public List<MessageRow> messages(String roomId, long first, long last) {
            return LongStream.rangeClosed(first, last)
                    .mapToObj(it -> MessageRow.posted(
                            roomId, new MessagePosted("msg_" + it, it, ann, "Hello", Instant.EPOCH), it))
                    .toList();
        }
    }

    private CompletionStage<Void> report(Unreported export) {
        if (!canReport) return failedFuture(new IllegalStateException("no journal"));
        reported.add(export);
        return completedFuture(null);
    }

    private Exporter exporter(RoomSource source) {
        return exporter(source, new OwnData());
    }

    private Exporter exporter(RoomSource source, ExportWriter ownData) {
        return new Exporter(
                table,
                new RoomExportWriter(source, store::read, URI.create("https://guildhall.example")),
                ownData,
                this::report,
                store,
                folder.resolve("exports"),
                clock);
    }

    /** Has three items. */
    private static class OwnData implements ExportWriter {
        @Override
        public long count(Claim claim) {
            return 3;
        }

        @Override
        public String write(Claim claim, OutputStream output, Progress progress) throws IOException, SQLException {
            try (output) {
                output.write(claim.accountId().getBytes(StandardCharsets.UTF_8));
                progress.written(2);
            }
            return "Data.zip";
        }
    }

    private Optional<RoomExport> request(String roomId, String accountId) {
        return result(exports.request(
                "exp_" + UUID.randomUUID().toString().replace("-", ""), roomId, accountId, 1_200, clock.instant()));
    }

    private RoomExport find(RoomExport export) {
        return result(exports.find(export.roomId(), export.accountId(), export.id()))
                .orElseThrow();
    }

    private void runAll(Exporter exporter) throws Exception {
        for (int i = 0; i < 100; i++) if (!exporter.run().isZero()) return;
        throw new AssertionError("exports are written without end");
    }

    @Test
    void writesRequestedExport() throws Exception {
        var requested = request(room, ann).orElseThrow();
        assertThat(requested.state()).isEqualTo(State.WAITING);
        runAll(exporter(new Source()));
        var finished = find(requested);
        assertThat(finished.state()).isEqualTo(State.FINISHED);
        assertThat(finished.messagesDone()).isEqualTo(1_200);
        var archive = finished.archive().orElseThrow();
        assertThat(archive.name()).startsWith("A boat ").endsWith(".zip");
        assertThat(archive.expiresAt())
                .isEqualTo(finished.finishedAt().orElseThrow().plus(ExportTable.LIFETIME));
        var stored = store.files.get(new FileKey(ann, FileKey.EXPORT, archive.fileId(), FileKey.Type.ZIP));
        assertThat(stored).hasSize((int) archive.bytes());
        assertThat(FileKey.parseAny(ann + "/export/" + archive.fileId() + ".zip"))
                .isPresent();
        int entries = 0;
        try (var zip = new ZipInputStream(new ByteArrayInputStream(stored))) {
            while (zip.getNextEntry() != null) entries++;
        }
        assertThat(entries).isEqualTo(2 + 2 * 3);
        assertThat(folder.resolve("exports")).isEmptyDirectory();
        assertThat(result(exports.findByFile(room, ann, archive.fileId(), clock.instant())))
                .contains(finished);
        assertThat(result(exports.findByFile(room, "acc_other", archive.fileId(), clock.instant())))
                .isEmpty();
    }

    @Test
    void earlierExportOfTheRoomExpires() throws Exception {
        var first = request(room, ann).orElseThrow();
        var ofOther = request(room, "acc_other").orElseThrow();
        runAll(exporter(new Source()));
        var file = find(first).archive().orElseThrow().fileId();
        clock.pass(Duration.ofHours(1));
        var second = request(room, ann).orElseThrow();
        runAll(exporter(new Source()));
        assertThat(result(exports.findByFile(room, ann, file, clock.instant()))).isEmpty();
        clock.pass(Duration.ofHours(1));
        runAll(exporter(new Source()));
        assertThat(store.files.keySet().stream().map(FileKey::id))
                .containsExactlyInAnyOrder(
                        find(second).archive().orElseThrow().fileId(),
                        find(ofOther).archive().orElseThrow().fileId());
    }

    @Test
    void accountWithManyRequestsDoesNotDelayOthers() throws SQLException {
        var ids = new ArrayList<String>();
        for (var it : List.of(room, room + "2", room + "3")) {
            ids.add(request(it, ann).orElseThrow().id());
            clock.pass(Duration.ofSeconds(1));
        }
        ids.add(1, request(room, "acc_other").orElseThrow().id());
        var claimed = new ArrayList<String>();
        for (int i = 0; i < 4; i++)
            claimed.add(table.claim(clock.instant()).orElseThrow().id());
        assertThat(claimed.subList(0, 2)).containsExactlyElementsOf(ids.subList(0, 2));
        assertThat(claimed).containsExactlyInAnyOrderElementsOf(ids);
    }

    @Test
    void recordsEachResultAlsoIfTheJournalCouldNotBeWrittenAtFirst() throws Exception {
        canReport = false;
        var finished = request(room, ann).orElseThrow();
        runAll(exporter(new Source()));
        store.isAvailable = false;
        var failed = request(room, "acc_other").orElseThrow();
        for (int i = 0; find(failed).state() != State.FAILED && i < 20; i++) {
            runAll(exporter(new Source()));
            clock.pass(Duration.ofMinutes(1));
        }
        assertThat(reported).isEmpty();
        canReport = true;
        for (int i = 0; i < 3; i++) runAll(exporter(new Source()));
        assertThat(reported)
                .containsExactly(
                        new Unreported(finished.id(), Optional.of(room), ann, true),
                        new Unreported(failed.id(), Optional.of(room), "acc_other", false));
    }

    @Test
    void anotherNodeWritesTheExportOfAKilledNode() throws Exception {
        var requested = request(room, ann).orElseThrow();
        var killed = exporter(new Source() {
            @Override
            public List<MessageRow> messages(String roomId, long first, long last) {
                if (first > 500 && roomId.equals(room)) throw new NodeKilled();
                return super.messages(roomId, first, last);
            }
        });
        assertThatThrownBy(() -> runAll(killed)).isInstanceOf(NodeKilled.class);
        assertThat(find(requested).state()).isEqualTo(State.RUNNING);
        assertThat(find(requested).messagesDone()).isEqualTo(500);
        assertThat(request(room, ann))
                .as("still in progress")
                .map(RoomExport::id)
                .contains(requested.id());
        runAll(exporter(new Source()));
        assertThat(find(requested).state()).as("claimed").isEqualTo(State.RUNNING);
        clock.pass(ExportTable.CLAIM_DURATION);
        runAll(exporter(new Source()));
        assertThat(find(requested).state()).isEqualTo(State.FINISHED);
    }

    @Test
    void nodeWhoseClaimWasTakenOverChangesNothing() throws Exception {
        var requested = request(room, ann).orElseThrow();
        var first = table.claim(clock.instant()).orElseThrow();
        assertThat(first.id()).isEqualTo(requested.id());
        assertThat(table.claim(clock.instant())).isEmpty();
        clock.pass(ExportTable.CLAIM_DURATION);
        var second = table.claim(clock.instant()).orElseThrow();
        assertThat(second.id()).isEqualTo(requested.id());
        assertThat(second.file()).as("a file of its own").isNotEqualTo(first.file());
        assertThatThrownBy(() -> table.renew(first, 5, 1_200, clock.instant())).isInstanceOf(ClaimLostException.class);
        assertThatThrownBy(() -> table.finish(first, "a.zip", 5, clock.instant()))
                .isInstanceOf(ClaimLostException.class);
        table.fail(first, "late", clock.instant());
        table.release(first);
        assertThat(table.claim(clock.instant())).isEmpty();
        table.renew(second, 7, 1_200, clock.instant());
        assertThat(find(requested).messagesDone()).isEqualTo(7);
        table.finish(second, "b.zip", 5, clock.instant());
        assertThat(find(requested).archive().orElseThrow().fileId())
                .isEqualTo(second.file().id());
    }

    @Test
    void requestsAtTheSameTimeStartOneExport() {
        var ids = IntStream.range(0, 8)
                .parallel()
                .mapToObj(_ -> request(room, ann).orElseThrow().id())
                .distinct()
                .toList();
        assertThat(ids).hasSize(1);
        assertThat(request(room, "acc_other"))
                .map(RoomExport::id)
                .isPresent()
                .isNotEqualTo(Optional.of(ids.getFirst()));
    }

    @Test
    void limitsExportsOfADayInAllRooms() {
        var requested = IntStream.range(0, 24)
                .parallel()
                .mapToObj(it -> request(room + it, ann))
                .filter(Optional::isPresent)
                .count();
        assertThat(requested).isEqualTo(RoomExports.MAX_PER_DAY);
        clock.pass(Duration.ofDays(1));
        assertThat(request(room + 24, ann)).isPresent();
    }

    @Test
    void repeatedRequestReturnsTheExportAlsoAfterItsEnd() throws Exception {
        var first = request(room, ann).orElseThrow();
        runAll(exporter(new Source()));
        var repeated = result(exports.request(first.id(), room, ann, 1_200, clock.instant()));
        assertThat(repeated).contains(find(first));
        assertThat(request(room, ann).orElseThrow().id()).isNotEqualTo(first.id());
    }

    @Test
    void retriesAndFailsInTheEnd() throws Exception {
        var requested = request(room, ann).orElseThrow();
        store.isAvailable = false;
        var exporter = exporter(new Source());
        runAll(exporter);
        assertThat(find(requested).state()).isEqualTo(State.RUNNING);
        for (int i = 0; i < 4; i++) {
            clock.pass(ExportTable.CLAIM_DURATION);
            runAll(exporter);
        }
        assertThat(find(requested).state()).isEqualTo(State.FAILED);
        store.isAvailable = true;
        clock.pass(ExportTable.CLAIM_DURATION);
        runAll(exporter);
        assertThat(find(requested).state()).isEqualTo(State.FAILED);
        assertThat(request(room, ann).orElseThrow().id()).isNotEqualTo(requested.id());
    }

    @Test
    void exportThatEndsEveryNodeIsGivenUp() throws Exception {
        var requested = request(room, ann).orElseThrow();
        for (int i = 0; i < 20; i++) {
            assertThat(table.claim(clock.instant())).isPresent();
            clock.pass(ExportTable.CLAIM_DURATION);
        }
        assertThat(table.claim(clock.instant())).isEmpty();
        assertThat(find(requested).state()).isEqualTo(State.FAILED);
    }

    @Test
    void deletesExpiredExportWithItsFile() throws Exception {
        var requested = request(room, ann).orElseThrow();
        runAll(exporter(new Source()));
        var archive = find(requested).archive().orElseThrow();
        clock.pass(ExportTable.LIFETIME.minusSeconds(1));
        runAll(exporter(new Source()));
        assertThat(store.files).isNotEmpty();
        clock.pass(Duration.ofSeconds(1));
        assertThat(result(exports.findByFile(room, ann, archive.fileId(), clock.instant())))
                .as("before it is deleted")
                .isEmpty();
        store.isAvailable = false;
        runAll(exporter(new Source()));
        assertThat(result(exports.find(room, ann, requested.id())))
                .as("its file still exists")
                .isPresent();
        store.isAvailable = true;
        runAll(exporter(new Source()));
        assertThat(result(exports.find(room, ann, requested.id()))).isEmpty();
        assertThat(store.files).isEmpty();
    }

    private String requestOwnData(String account) {
        var id = "exp_" + UUID.randomUUID().toString().replace("-", "");
        result(new ReadDatabase(DATABASE, 1).run(it -> {
            ExportTable.add(it, id, account, clock.instant());
            ExportTable.add(it, id, account, clock.instant().plusSeconds(1));
        }));
        return id;
    }

    private DataExport ownData(String account, String id) {
        return result(dataExports.find(account, id)).orElseThrow();
    }

    @Test
    void writesAndReportsExportOfOwnData() throws Exception {
        var id = requestOwnData(ann);
        assertThat(ownData(ann, id)).isEqualTo(DataExport.waiting(id, clock.instant()));
        var progress = new ArrayList<DataExport>();
        runAll(exporter(new Source(), new OwnData() {
            @Override
            public String write(Claim claim, OutputStream output, Progress written) throws IOException, SQLException {
                var name = super.write(claim, output, written);
                progress.add(ownData(ann, id));
                return name;
            }
        }));
        assertThat(progress.getFirst().state()).isEqualTo(State.RUNNING);
        assertThat(progress.getFirst().entriesDone()).isEqualTo(2);
        assertThat(progress.getFirst().entriesTotal()).isEqualTo(3);
        var finished = ownData(ann, id);
        assertThat(finished.state()).isEqualTo(State.FINISHED);
        assertThat(finished.entriesDone()).isEqualTo(3);
        var archive = finished.archive().orElseThrow();
        assertThat(archive.name()).isEqualTo("Data.zip");
        assertThat(store.files.get(new FileKey(ann, FileKey.EXPORT, archive.fileId(), FileKey.Type.ZIP)))
                .asString(StandardCharsets.UTF_8)
                .isEqualTo(ann);
        assertThat(reported).containsExactly(new Unreported(id, Optional.empty(), ann, true));
        runAll(exporter(new Source()));
        assertThat(reported).as("once").hasSize(1);
        assertThat(result(dataExports.find("acc_other", id))).isEmpty();
        assertThat(result(dataExports.of(ann, new Page.Request(10, Optional.empty())))
                        .items())
                .containsExactly(finished);
        assertThat(result(exports.find(room, ann, id))).as("not of a room").isEmpty();
    }

    @Test
    void keepsResultUntilItIsReported() throws Exception {
        canReport = false;
        var id = requestOwnData(ann);
        runAll(exporter(new Source()));
        clock.pass(ExportTable.LIFETIME);
        runAll(exporter(new Source()));
        assertThat(ownData(ann, id).state()).isEqualTo(State.FINISHED);
        canReport = true;
        runAll(exporter(new Source()));
        assertThat(reported).containsExactly(new Unreported(id, Optional.empty(), ann, true));
        clock.pass(Duration.ofHours(1));
        runAll(exporter(new Source()));
        assertThat(result(dataExports.find(ann, id))).isEmpty();
        assertThat(store.files).isEmpty();
    }

    @Test
    void reportsFailedExportOfOwnData() throws Exception {
        store.isAvailable = false;
        var id = requestOwnData(ann);
        for (int i = 0; i < 6; i++) {
            runAll(exporter(new Source()));
            clock.pass(ExportTable.CLAIM_DURATION);
        }
        assertThat(ownData(ann, id).state()).isEqualTo(State.FAILED);
        assertThat(reported).containsExactly(new Unreported(id, Optional.empty(), ann, false));
    }

    @Test
    void exportsOfOwnDataDoNotCountAsExportsOfRooms() {
        for (int i = 0; i < RoomExports.MAX_PER_DAY; i++) requestOwnData(ann);
        assertThat(request(room, ann)).isPresent();
    }
}
