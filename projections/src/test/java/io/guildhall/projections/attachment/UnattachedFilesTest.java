package io.guildhall.projections.attachment;

import static io.guildhall.Await.result;
import static java.util.concurrent.CompletableFuture.completedFuture;
import static org.assertj.core.api.Assertions.assertThat;

import io.guildhall.adapter.local.LocalFileStore;
import io.guildhall.adapter.postgres.PostgresRoomFiles;
import io.guildhall.domain.abusereport.MessageHistory;
import io.guildhall.domain.room.Attachment;
import io.guildhall.domain.room.RoomEvent.MessagePosted;
import io.guildhall.port.FileKey;
import io.guildhall.port.RoomFiles;
import io.guildhall.port.RoomFiles.RoomFile;
import io.guildhall.projections.readmodel.room.CurrentMessages;
import io.guildhall.projections.readmodel.room.MessageRow;
import io.guildhall.projections.store.Migrations;
import io.guildhall.testing.SettableClock;
import io.guildhall.testing.TestDatabase;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files that no message has are deleted, and no other ones. */
class UnattachedFilesTest {
    private static final DataSource DATABASE = TestDatabase.migrated(Migrations::run);
    private static final Duration LIFETIME = Duration.ofHours(24);
    private static final String ROOM = "rm_1", ANN = "acc_ann";

    private final SettableClock clock = new SettableClock();
    private final RoomFiles files = new PostgresRoomFiles(DATABASE, LIFETIME);
    private final Set<String> attached = ConcurrentHashMap.newKeySet();

    @TempDir
    private Path folder;

    private LocalFileStore store;
    private UnattachedFiles sweep;

    @BeforeEach
    void open() {
        store = new LocalFileStore(folder.resolve("files"), URI.create("http://localhost"), "secret", clock);
        sweep = new UnattachedFiles(files, new Messages(), store, clock);
    }

    private final class Messages implements CurrentMessages {
        @Override
        public CompletionStage<Optional<MessageRow>> find(String roomId, String messageId) {
            throw new UnsupportedOperationException();
        }

        @Override
        public CompletionStage<MessageHistory> history(String roomId, String messageId, long number) {
            throw new UnsupportedOperationException();
        }

        @Override
        public CompletionStage<Optional<MessageRow>> findWithFile(String roomId, String fileId) {
            var file = new Attachment(fileId, "plan.pdf", "application/pdf", 3);
            return completedFuture(Optional.of(fileId)
                    .filter(attached::contains)
                    .map(_ -> MessageRow.posted(
                            roomId,
                            new MessagePosted(
                                    "msg_1",
                                    1,
                                    ANN,
                                    "",
                                    Optional.empty(),
                                    Optional.empty(),
                                    Optional.of(List.of(file)),
                                    clock.instant()),
                            1)));
        }
    }

    /** @param isStored false if the node was killed before it had stored the file */
    private RoomFile upload(boolean isStored) throws IOException {
        var file =
                new RoomFile("fil_" + UUID.randomUUID(), ROOM, ANN, "plan.pdf", FileKey.Type.PDF, 3, clock.instant());
        result(files.add(file));
        result(store.put(key(file), Files.writeString(folder.resolve("content"), "%PDF-")));
        if (isStored) result(files.setStored(file.id()));
        return file;
    }

    private static FileKey key(RoomFile file) {
        return new FileKey(file.accountId(), FileKey.ATTACHMENT, file.id(), file.type());
    }

    private boolean exists(RoomFile file) {
        try (var content = store.read(key(file))) {
            return content.read() >= 0;
        } catch (IOException e) {
            return false;
        }
    }

    private boolean canBeAttached(RoomFile file) {
        return !result(files.find(ROOM, ANN, List.of(file.id()))).isEmpty();
    }

    private void sweepAfter(Duration time) throws Exception {
        clock.pass(time);
        sweep.sweep();
    }

    @Test
    void deletesFilesThatNoMessageHas() throws Exception {
        var never = upload(true);
        var interrupted = upload(false);
        var kept = upload(true);
        attached.add(kept.id());
        sweepAfter(LIFETIME.minusSeconds(1));
        assertThat(List.of(never, kept)).allMatch(this::canBeAttached);
        sweepAfter(Duration.ofSeconds(1));
        assertThat(List.of(never, interrupted)).noneMatch(this::canBeAttached).allMatch(this::exists);
        sweepAfter(UnattachedFiles.GRACE);
        assertThat(List.of(never, interrupted)).noneMatch(this::exists);
        assertThat(canBeAttached(kept)).isTrue();
        attached.remove(kept.id());
        sweepAfter(UnattachedFiles.RECHECK);
        sweepAfter(UnattachedFiles.GRACE);
        assertThat(exists(kept)).as("its messages were deleted").isFalse();
        assertThat(result(files.dueChecks(clock.instant().plus(Duration.ofDays(99)), 10)))
                .isEmpty();
    }

    /** The message was sent with a file that expired at the same moment. */
    @Test
    void keepsAFileThatWasAttachedAtTheLastMoment() throws Exception {
        var file = upload(true);
        sweepAfter(LIFETIME);
        attached.add(file.id());
        sweepAfter(UnattachedFiles.GRACE);
        assertThat(exists(file)).isTrue();
        assertThat(canBeAttached(file)).isTrue();
        sweepAfter(Duration.ofHours(1));
        assertThat(exists(file)).isTrue();
    }
}
