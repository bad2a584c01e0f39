package io.guildhall.projections.readmodel.room;

import java.time.Instant;
import java.util.Optional;

/**
 * A member's export of a room: a ZIP file that is written in the background.
 *
 * @param accountId the member who has requested it
 * @param messagesDone how many messages are written
 * @param messagesTotal the number of messages when it was requested; later ones are not exported
 * @param archive present once it has finished
 */
public record RoomExport(
        String id,
        String roomId,
        String accountId,
        State state,
        long messagesDone,
        long messagesTotal,
        Instant requestedAt,
        Optional<Instant> finishedAt,
        Optional<Archive> archive) {
    /** Stored by these names, which never change. */
    public enum State {
        WAITING,
        RUNNING,
        FINISHED,
        FAILED
    }

    /**
     * @param fileId of the file's key, whose owner is the member
     * @param name safe as a file name
     * @param expiresAt when the file is deleted
     */
    public record Archive(String fileId, String name, long bytes, Instant expiresAt) {}
}
