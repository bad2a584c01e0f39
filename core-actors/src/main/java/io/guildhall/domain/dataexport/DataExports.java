package io.guildhall.domain.dataexport;

import static io.guildhall.domain.dataexport.DataExportsRejection.*;
import static io.guildhall.kernel.Decision.accept;
import static io.guildhall.kernel.Decision.reject;

import io.guildhall.domain.dataexport.DataExportsCommand.*;
import io.guildhall.domain.dataexport.DataExportsEvent.*;
import io.guildhall.kernel.Aggregate;
import io.guildhall.kernel.Decision;
import io.guildhall.kernel.Journalled;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The exports of its own data that an account has requested: one at a time, and at most {@value #MAX_PER_DAY} within a day.
 * The id of the entity is the id of the account. The exports are written outside of the entity, which is told how each has
 * ended.
 *
 * @param running the id of the export that is being written
 * @param recent the requests of the last day before the newest one, and the newest one; oldest first
 */
public record DataExports(Optional<String> running, List<Request> recent) implements Journalled {
    public static final int MAX_PER_DAY = 3;

    /** From the end of an export until its archive is deleted. */
    public static final Duration ARCHIVE_LIFETIME = Duration.ofDays(7);

    private static final Duration DAY = Duration.ofDays(1);

    public static final Aggregate<DataExports, DataExportsCommand, DataExportsEvent, DataExportsRejection> AGGREGATE =
            new Aggregate<>(
                    "data-exports",
                    DataExports.class,
                    DataExportsCommand.class,
                    DataExportsEvent.class,
                    DataExportsRejection.class,
                    new DataExports(Optional.empty(), List.of()),
                    DataExports::decide,
                    DataExports::evolve);

    public record Request(String exportId, Instant at) {
        private boolean isWithinADayOf(Instant now) {
            return at.plus(DAY).isAfter(now);
        }
    }

    public DataExports {
        recent = List.copyOf(recent);
    }

    public Optional<Request> find(String exportId) {
        return recent.stream().filter(it -> it.exportId().equals(exportId)).findFirst();
    }

    private List<Request> recent(Instant now) {
        return recent.stream().filter(it -> it.isWithinADayOf(now)).toList();
    }

    private boolean isRunning(String exportId) {
        return running.equals(Optional.of(exportId));
    }

    Decision<DataExportsEvent, DataExportsRejection> decide(DataExportsCommand command, Instant now) {
        return switch (command) {
            // A repeated request.
            case RequestExport it when find(it.exportId()).isPresent() -> accept();
            case RequestExport _ when running.isPresent() -> reject(IN_PROGRESS);
            case RequestExport _ when recent(now).size() >= MAX_PER_DAY -> reject(TOO_MANY);
            case RequestExport it -> accept(new ExportRequested(it.accountId(), it.exportId(), now));
            case RecordFinished it when !isRunning(it.exportId()) -> accept();
            case RecordFinished it -> accept(new ExportFinished(it.accountId(), it.exportId(), now));
            case RecordFailed it when !isRunning(it.exportId()) -> accept();
            case RecordFailed it -> accept(new ExportFailed(it.accountId(), it.exportId(), now));
        };
    }

    DataExports evolve(DataExportsEvent event) {
        return switch (event) {
            case ExportRequested it ->
                new DataExports(
                        Optional.of(it.exportId()),
                        Stream.concat(recent(it.at()).stream(), Stream.of(new Request(it.exportId(), it.at())))
                                .toList());
            case ExportFinished _, ExportFailed _ -> new DataExports(Optional.empty(), recent);
        };
    }
}
