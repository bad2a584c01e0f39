package io.guildhall.projections.attachment;

import io.guildhall.background.BackgroundLoop;
import io.guildhall.background.BackgroundLoops;
import io.guildhall.port.FileKey;
import io.guildhall.port.FileStore;
import io.guildhall.port.FileStore.Outcome;
import io.guildhall.port.RoomFiles;
import io.guildhall.port.RoomFiles.Check;
import io.guildhall.projections.readmodel.room.CurrentMessages;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Deletes files that were uploaded to rooms, of which no message has any, because none was sent or all were deleted. A file
 * expires before it is deleted, so that a message that is sent at the same moment keeps its file. Several nodes can do it
 * at the same time: a repeated step changes nothing.
 */
public final class UnattachedFiles implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(UnattachedFiles.class);
    private static final Duration INTERVAL = Duration.ofMinutes(10);
    /** Longer than any request that sends a message. */
    static final Duration GRACE = Duration.ofMinutes(10);

    /** The messages that have a file can be deleted. */
    static final Duration RECHECK = Duration.ofDays(30);

    private static final Duration TIMEOUT = Duration.ofSeconds(30);
    private static final int MAX_CHECKS = 100;

    private final RoomFiles files;
    private final CurrentMessages messages;
    private final FileStore store;
    private final InstantSource clock;
    private volatile @Nullable BackgroundLoop loop;

    public UnattachedFiles(RoomFiles files, CurrentMessages messages, FileStore store, InstantSource clock) {
        this.files = files;
        this.messages = messages;
        this.store = store;
        this.clock = clock;
    }

    public void start(BackgroundLoops loops) {
        loop = loops.start("unattached-files", this::sweep);
    }

    /** Checks the files that are due. Returns how long to wait for the next ones. */
    Duration sweep() throws Exception {
        var due = await(files.dueChecks(clock.instant(), MAX_CHECKS));
        int checked = 0;
        for (var it : due) {
            var running = loop;
            if (running != null && running.isStopping()) break;
            if (check(it)) checked++;
        }
        // Those that could not be checked are due again.
        return checked == MAX_CHECKS ? Duration.ZERO : INTERVAL;
    }

    private boolean check(Check check) throws InterruptedException {
        var file = check.file();
        try {
            var now = clock.instant();
            if (await(messages.findWithFile(file.roomId(), file.id())).isPresent())
                await(files.keep(file.id(), now.plus(RECHECK)));
            else if (!check.isExpired()) await(files.expire(file.id(), now.plus(GRACE)));
            else delete(file);
            return true;
        } catch (ExecutionException | TimeoutException e) {
            LOG.warn("File {} of {} could not be checked or deleted; trying again later", file.id(), file.roomId(), e);
            return false;
        }
    }

    /** The record is removed last: if this is interrupted, the deletion is repeated. */
    private void delete(RoomFiles.RoomFile file) throws InterruptedException, ExecutionException, TimeoutException {
        var key = new FileKey(file.accountId(), FileKey.ATTACHMENT, file.id(), file.type());
        switch (await(store.delete(key))) {
            case Outcome.Done _ -> await(files.remove(file.id()));
            case Outcome.Unavailable(var error) ->
                LOG.warn("File {} could not be deleted ({}); trying again later", file.id(), error);
        }
    }

    private static <T> T await(CompletionStage<T> stage)
            throws InterruptedException, ExecutionException, TimeoutException {
        return stage.toCompletableFuture().get(TIMEOUT.toSeconds(), TimeUnit.SECONDS);
    }

    @Override
    public void close() {
        var running = loop;
        if (running != null) running.close();
    }
}
