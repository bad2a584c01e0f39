package io.guildhall.projections.export.room;

import io.guildhall.projections.readmodel.room.MessageRow;
import java.sql.SQLException;
import java.util.List;

/** What an export reads. Blocks. */
public interface RoomSource {
    /** @param accountId a member */
    ExportedRoom room(String roomId, String accountId) throws SQLException;

    /** The messages from one number to another in their present state, oldest first. */
    List<MessageRow> messages(String roomId, long first, long last) throws SQLException;
}
