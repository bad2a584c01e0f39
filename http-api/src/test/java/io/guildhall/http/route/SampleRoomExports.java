package io.guildhall.http.route;

import static java.util.concurrent.CompletableFuture.completedFuture;

import io.guildhall.projections.readmodel.room.RoomExport;
import io.guildhall.projections.readmodel.room.RoomExport.Archive;
import io.guildhall.projections.readmodel.room.RoomExport.State;
import io.guildhall.projections.readmodel.room.RoomExports;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;

/** Exports that tests finish. */
final class SampleRoomExports implements RoomExports {
    private final Map<String, RoomExport> exports = new ConcurrentHashMap<>();

    private CompletionStage<Optional<RoomExport>> first(Predicate<RoomExport> matches) {
        return completedFuture(exports.values().stream().filter(matches).findFirst());
    }

    @Override
    public CompletionStage<Optional<RoomExport>> request(
            String id, String roomId, String accountId, long messages, Instant now) {
        long requested = exports.values().stream()
                .filter(it -> it.accountId().equals(accountId))
                .count();
        if (requested >= MAX_PER_DAY) return completedFuture(Optional.empty());
        return completedFuture(Optional.of(exports.computeIfAbsent(
                id,
                _ -> new RoomExport(
                        id, roomId, accountId, State.WAITING, 0, messages, now, Optional.empty(), Optional.empty()))));
    }

    void finish(String id, String fileId, Instant expiresAt) {
        exports.computeIfPresent(
                id,
                (_, it) -> new RoomExport(
                        id,
                        it.roomId(),
                        it.accountId(),
                        State.FINISHED,
                        it.messagesTotal(),
                        it.messagesTotal(),
                        it.requestedAt(),
                        Optional.of(it.requestedAt()),
                        Optional.of(new Archive(fileId, "A room.zip", 3, expiresAt))));
    }

    @Override
    public CompletionStage<Optional<RoomExport>> find(String roomId, String accountId, String id) {
        return first(it -> it.id().equals(id)
                && it.roomId().equals(roomId)
                && it.accountId().equals(accountId));
    }

    @Override
    public CompletionStage<Optional<RoomExport>> findByFile(
            String roomId, String accountId, String fileId, Instant now) {
        return first(it -> it.roomId().equals(roomId)
                && it.accountId().equals(accountId)
                && it.archive()
                        .filter(file ->
                                file.fileId().equals(fileId) && file.expiresAt().isAfter(now))
                        .isPresent());
    }
}
