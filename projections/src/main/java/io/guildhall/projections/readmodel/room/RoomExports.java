package io.guildhall.projections.readmodel.room;

import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** The exports of rooms. The caller checks that the account is a member of the room. */
public interface RoomExports {
    int MAX_PER_DAY = 10;

    /**
     * Requests an export of a room. While one for this room and account is in progress, returns that one.
     *
     * @param id of a new export; a known one is a repeated request
     * @param messages the number of messages of the room
     * @return empty if the account has requested {@value #MAX_PER_DAY} exports within a day
     */
    CompletionStage<Optional<RoomExport>> request(
            String id, String roomId, String accountId, long messages, Instant now);

    /** Finds an export that the account has requested. */
    CompletionStage<Optional<RoomExport>> find(String roomId, String accountId, String id);

    /** Finds an export that the account has requested by the id of its file, until it expires. */
    CompletionStage<Optional<RoomExport>> findByFile(String roomId, String accountId, String fileId, Instant now);
}
