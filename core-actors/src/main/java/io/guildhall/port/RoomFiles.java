package io.guildhall.port;

import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletionStage;

/**
 * A record of each file that a member has uploaded to a room. It is added before the file is stored, and belongs to this
 * room and account permanently: so a file can be attached only in its room and by its owner, whatever happens at the same
 * time. A file that no message has is deleted after a while, with its record.
 */
public interface RoomFiles {
    /**
     * @param id of the file's key
     * @param accountId the owner of the file's key
     * @param name a {@linkplain io.guildhall.kernel.FileName safe} name
     */
    record RoomFile(
            String id, String roomId, String accountId, String name, FileKey.Type type, long bytes, Instant at) {}

    /** Adds a record of a file that is about to be stored. Adding it again changes nothing. */
    CompletionStage<Void> add(RoomFile file);

    /** Records that the file is stored. */
    CompletionStage<Void> setStored(String id);

    /** Finds those of these stored files that an account has uploaded to a room, in the order of the ids. */
    CompletionStage<List<RoomFile>> find(String roomId, String accountId, List<String> ids);

    /**
     * A file of which it must be checked whether a message has it.
     *
     * @param isExpired whether it cannot be attached any more
     */
    record Check(RoomFile file, boolean isExpired) {}

    /** Returns files whose check is due. Several nodes can check a file at the same time. */
    CompletionStage<List<Check>> dueChecks(Instant now, int max);

    /** Plans the next check of a file that a message has. */
    CompletionStage<Void> keep(String id, Instant nextCheck);

    /** From now on the file cannot be attached. A message that is being sent can still have it: the next check decides. */
    CompletionStage<Void> expire(String id, Instant nextCheck);

    /** Removes the record of an expired file that was deleted. */
    CompletionStage<Void> remove(String id);
}
