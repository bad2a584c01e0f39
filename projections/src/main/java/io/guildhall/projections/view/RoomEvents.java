package io.guildhall.projections.view;

import io.guildhall.domain.room.RoomEvent;
import io.guildhall.projections.Recorded;
import io.guildhall.projections.readmodel.room.MessageRow;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;

/**
 * Events of a room that were read together.
 *
 * @param messages the messages that the events are about, by number, in the state after the last event of the room
 *     that was committed when they were read
 */
public record RoomEvents(List<Recorded<RoomEvent>> events, Map<Long, MessageRow> messages) {
    /** Reads the events after a sequence number. */
    @FunctionalInterface
    public interface Query {
        RoomEvents read(Connection connection, String roomId, long after, int limit) throws SQLException;
    }
}
