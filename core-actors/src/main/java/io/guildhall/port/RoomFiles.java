package io.guildhall.port;

import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletionStage;

/**
 * A record of each file that a member has uploaded to a room. It is added once the file is stored, belongs to this room
 * and account permanently, and never changes: so a file can be attached only in its room and by its owner, whatever happens
 * at the same time.
 */
public interface RoomFiles {
    /**
     * @param id of the file's key
     * @param accountId the owner of the file's key
     * @param name a {@linkplain io.guildhall.kernel.FileName safe} name
     */
    record RoomFile(
            String id, String roomId, String accountId, String name, FileKey.Type type, long bytes, Instant at) {}

    /** Adds a record. Adding it again changes nothing. */
    CompletionStage<Void> add(RoomFile file);

    /** Finds those of these files that an account has uploaded to a room, in the order of the ids. */
    CompletionStage<List<RoomFile>> find(String roomId, String accountId, List<String> ids);
}
