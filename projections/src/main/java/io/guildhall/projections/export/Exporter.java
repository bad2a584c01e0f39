package io.guildhall.projections.export;

import io.guildhall.background.BackgroundLoop;
import io.guildhall.background.BackgroundLoops;
import io.guildhall.port.FileStore;
import io.guildhall.port.FileStore.Outcome;
import io.guildhall.projections.store.ExportTable;
import io.guildhall.projections.store.ExportTable.Claim;
import io.guildhall.projections.store.ExportTable.ClaimLostException;
import io.guildhall.projections.store.ExportTable.Expired;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes exports of rooms and of accounts' own data, one at a time on each node and the accounts in turns, records their
 * results and deletes expired ones. An export whose node ends is written by another node from the beginning.
 */
public final class Exporter implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Exporter.class);
    private static final Duration POLL_INTERVAL = Duration.ofSeconds(2);
    private static final Duration SWEEP_INTERVAL = Duration.ofHours(1);
    private static final Duration RENEWAL_INTERVAL = Duration.ofSeconds(10);
    private static final Duration DELETE_TIMEOUT = Duration.ofSeconds(30);
    private static final int MAX_SWEPT = 100;
    private static final Duration REPORT_TIMEOUT = Duration.ofSeconds(30);
    private static final int MAX_REPORTED = 20;
    /** Longer than any attempt. */
    private static final Duration MAX_AGE_OF_TEMPORARY_FILES = Duration.ofDays(1);

    private static final String TEMPORARY = "export-";

    private final ExportTable table;
    private final ExportWriter rooms;
    private final ExportWriter ownData;
    private final ExportReports reports;
    private final FileStore store;
    private final Path folder;
    private final InstantSource clock;
    private Instant nextSweep = Instant.MIN;
    private volatile @Nullable BackgroundLoop loop;

    /** @param folder for archives while they are written; several nodes can share it */
    public Exporter(
            ExportTable table,
            ExportWriter rooms,
            ExportWriter ownData,
            ExportReports reports,
            FileStore store,
            Path folder,
            InstantSource clock) {
        this.table = table;
        this.rooms = rooms;
        this.ownData = ownData;
        this.reports = reports;
        this.store = store;
        this.folder = folder;
        this.clock = clock;
    }

    public void start(BackgroundLoops loops) {
        loop = loops.start("exports", this::run);
    }

    /** Writes one export that waits. Returns how long to wait for the next one. */
    Duration run() throws SQLException, IOException, InterruptedException {
        if (!clock.instant().isBefore(nextSweep)) {
            sweep();
            nextSweep = clock.instant().plus(SWEEP_INTERVAL);
        }
        report();
        var claim = table.claim(clock.instant());
        if (claim.isEmpty()) return POLL_INTERVAL;
        attempt(claim.get());
        return Duration.ZERO;
    }

    /** Every node does this: a result that was reported twice is recorded once. */
    private void report() throws SQLException, InterruptedException {
        for (var it : table.unreported(MAX_REPORTED)) {
            try {
                reports.report(it).toCompletableFuture().get(REPORT_TIMEOUT.toSeconds(), TimeUnit.SECONDS);
                table.setReported(it);
            } catch (ExecutionException | TimeoutException e) {
                LOG.warn("The result of export {} could not be recorded; trying again later", it.id(), e);
                return;
            }
        }
    }

    private void attempt(Claim claim) throws SQLException, InterruptedException {
        try {
            export(claim);
        } catch (ClaimLostException e) {
            LOG.info("Another node writes export {} from now on", claim.id());
        } catch (StoppingException e) {
            table.release(claim);
        } catch (IOException | SQLException | RuntimeException e) {
            LOG.warn("Attempt {} of export {} failed", claim.attempt(), claim.id(), e);
            table.fail(claim, e.toString(), clock.instant());
        }
    }

    private void export(Claim claim) throws SQLException, IOException, InterruptedException {
        var writer = claim.roomId().isPresent() ? rooms : ownData;
        Files.createDirectories(folder);
        var file = Files.createTempFile(folder, TEMPORARY, ".zip");
        try {
            var renewal = new Renewal(claim, writer.count(claim));
            String name;
            try (var output = new BufferedOutputStream(Files.newOutputStream(file))) {
                name = writer.write(claim, output, renewal::written);
            }
            renewal.now();
            store(claim, file, renewal);
            table.finish(claim, name, Files.size(file), clock.instant());
        } finally {
            Files.deleteIfExists(file);
        }
    }

    private void store(Claim claim, Path file, Renewal renewal) throws SQLException, IOException, InterruptedException {
        var stored = store.putLarge(claim.file(), file).toCompletableFuture();
        while (true) {
            try {
                switch (stored.get(RENEWAL_INTERVAL.toMillis(), TimeUnit.MILLISECONDS)) {
                    case Outcome.Done _ -> {
                        return;
                    }
                    case Outcome.Unavailable unavailable -> throw new IOException(unavailable.error());
                }
            } catch (TimeoutException e) {
                renewal.now();
            } catch (ExecutionException e) {
                throw new IOException("The archive could not be stored", e);
            }
        }
    }

    /** Renews a claim while its export is written, and stops the writing when the node stops. */
    private final class Renewal {
        private final Claim claim;
        private final long total;
        private long done;
        private Instant renewedAt;

        Renewal(Claim claim, long total) {
            this.claim = claim;
            this.total = total;
            this.renewedAt = clock.instant();
        }

        void written(long items) throws SQLException {
            var running = loop;
            if (running != null && running.isStopping()) throw new StoppingException();
            boolean hasProgress = items > done;
            done = Math.max(done, items);
            if (hasProgress || !clock.instant().isBefore(renewedAt.plus(RENEWAL_INTERVAL))) now();
        }

        void now() throws SQLException {
            renewedAt = clock.instant();
            table.renew(claim, Math.min(done, total), total, renewedAt);
        }
    }

    private static final class StoppingException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        StoppingException() {
            super("the node stops");
        }
    }

    /** Deletes expired exports, and temporary files of nodes that have ended. */
    private void sweep() throws SQLException, IOException, InterruptedException {
        for (var it : table.expired(clock.instant(), MAX_SWEPT)) if (isDeleted(it)) table.delete(it);
        if (!Files.exists(folder)) return;
        var oldest = clock.instant().minus(MAX_AGE_OF_TEMPORARY_FILES);
        try (var files = Files.newDirectoryStream(folder, TEMPORARY + "*")) {
            for (var file : files)
                if (Files.getLastModifiedTime(file).toInstant().isBefore(oldest)) Files.deleteIfExists(file);
        }
    }

    /** The next sweep deletes the files that could not be deleted. */
    private boolean isDeleted(Expired export) throws InterruptedException {
        for (var file : export.files()) if (!isDone(store.delete(file))) return false;
        return true;
    }

    private static boolean isDone(CompletionStage<Outcome> deletion) throws InterruptedException {
        try {
            return deletion.toCompletableFuture().get(DELETE_TIMEOUT.toSeconds(), TimeUnit.SECONDS)
                    instanceof Outcome.Done;
        } catch (ExecutionException | TimeoutException e) {
            LOG.warn("The file of an expired export could not be deleted; trying again later", e);
            return false;
        }
    }

    @Override
    public void close() {
        var running = loop;
        if (running != null) running.close();
    }
}
