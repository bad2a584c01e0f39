package io.guildhall.projections.view.room;

import static io.guildhall.projections.store.Field.column;
import static io.guildhall.projections.store.SqlType.BIGINT;
import static io.guildhall.projections.store.SqlType.TEXT;
import static io.guildhall.projections.store.SqlType.TIMESTAMP;

import io.guildhall.projections.readmodel.room.MessageRow;
import io.guildhall.projections.store.RecordColumns;
import io.guildhall.projections.store.Table;

/** The table {@code message}. */
final class MessageColumns {
    static final RecordColumns<MessageRow> ROW = RecordColumns.of(
            MessageRow.class,
            column("id", TEXT, MessageRow::id),
            column("room_id", TEXT, MessageRow::roomId),
            column("number", BIGINT, MessageRow::number),
            column("by_id", TEXT, MessageRow::authorId).ofComponent("authorId"),
            column("text", TEXT, MessageRow::text),
            column("at", TIMESTAMP, MessageRow::at));

    static final Table<MessageRow> TABLE = new Table<>("message", ROW, "room_id", "number");

    private MessageColumns() {}
}
