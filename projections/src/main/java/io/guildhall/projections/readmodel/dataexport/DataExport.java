package io.guildhall.projections.readmodel.dataexport;

import io.guildhall.projections.readmodel.room.RoomExport.Archive;
import io.guildhall.projections.readmodel.room.RoomExport.State;
import java.time.Instant;
import java.util.Optional;

/**
 * An export of an account's own data: a ZIP file that is written in the background.
 *
 * @param entriesDone how many entries are written
 * @param entriesTotal 0 until the writing has started
 * @param archive present once it has finished
 */
public record DataExport(
        String id,
        State state,
        long entriesDone,
        long entriesTotal,
        Instant requestedAt,
        Optional<Instant> finishedAt,
        Optional<Archive> archive) {
    /** An export that was requested, and that no node writes yet. */
    public static DataExport waiting(String id, Instant requestedAt) {
        return new DataExport(id, State.WAITING, 0, 0, requestedAt, Optional.empty(), Optional.empty());
    }
}
