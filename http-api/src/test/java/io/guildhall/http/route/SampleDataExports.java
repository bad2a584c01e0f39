package io.guildhall.http.route;

import static java.util.concurrent.CompletableFuture.completedFuture;

import io.guildhall.projections.readmodel.Page;
import io.guildhall.projections.readmodel.dataexport.DataExport;
import io.guildhall.projections.readmodel.dataexport.DataExportQueries;
import io.guildhall.projections.readmodel.room.RoomExport.Archive;
import io.guildhall.projections.readmodel.room.RoomExport.State;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;

/** Exports of own data that tests add, by account and id. */
final class SampleDataExports implements DataExportQueries {
    private record Key(String accountId, String id) {}

    private final Map<Key, DataExport> exports = new ConcurrentHashMap<>();

    void finish(String accountId, String id, String fileId, Instant expiresAt) {
        var archive = new Archive(fileId, "Guildhall data 2026-11-05.zip", 3, expiresAt);
        exports.put(
                new Key(accountId, id),
                new DataExport(
                        id,
                        State.FINISHED,
                        5,
                        5,
                        Instant.EPOCH,
                        Optional.of(Instant.EPOCH.plusSeconds(1)),
                        Optional.of(archive)));
    }

    @Override
    public CompletionStage<Page<DataExport>> of(String accountId, Page.Request page) {
        var own = exports.entrySet().stream()
                .filter(it -> it.getKey().accountId().equals(accountId))
                .map(Map.Entry::getValue)
                .toList();
        return completedFuture(new Page<>(own, Optional.empty()));
    }

    @Override
    public CompletionStage<Optional<DataExport>> find(String accountId, String id) {
        return completedFuture(Optional.ofNullable(exports.get(new Key(accountId, id))));
    }
}
