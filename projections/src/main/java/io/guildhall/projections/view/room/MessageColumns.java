package io.guildhall.projections.view.room;

import static io.guildhall.projections.store.Field.arrays;
import static io.guildhall.projections.store.Field.column;
import static io.guildhall.projections.store.Field.optional;
import static io.guildhall.projections.store.Field.optionalEmbedded;
import static io.guildhall.projections.store.SqlType.BIGINT;
import static io.guildhall.projections.store.SqlType.INTEGER;
import static io.guildhall.projections.store.SqlType.TEXT;
import static io.guildhall.projections.store.SqlType.TIMESTAMP;
import static io.guildhall.projections.store.SqlType.enumOf;

import io.guildhall.domain.room.Attachment;
import io.guildhall.domain.room.Mention;
import io.guildhall.domain.room.Reaction;
import io.guildhall.domain.room.SystemMessage;
import io.guildhall.projections.readmodel.room.ContractReport;
import io.guildhall.projections.readmodel.room.MessageReaction;
import io.guildhall.projections.readmodel.room.MessageRevisionRow;
import io.guildhall.projections.readmodel.room.MessageRow;
import io.guildhall.projections.store.RecordColumns;
import io.guildhall.projections.store.Table;

/** The tables {@code message}, {@code message_revision} and {@code message_position}. */
final class MessageColumns {
    private static final RecordColumns<ContractReport> REPORT = RecordColumns.of(
            ContractReport.class,
            column("report_kind", enumOf(SystemMessage.Kind.class), ContractReport::kind),
            column("contract_id", TEXT, ContractReport::contractId),
            optional("milestone", INTEGER, ContractReport::milestone));

    private static final RecordColumns<Mention> MENTION = RecordColumns.of(
            Mention.class, column("handle", TEXT, Mention::handle), column("account_id", TEXT, Mention::accountId));

    private static final RecordColumns<Attachment> ATTACHMENT = RecordColumns.of(
            Attachment.class,
            column("file_id", TEXT, Attachment::fileId),
            column("name", TEXT, Attachment::name),
            column("media_type", TEXT, Attachment::mediaType),
            column("bytes", BIGINT, Attachment::bytes));

    private static final RecordColumns<MessageReaction> REACTION = RecordColumns.of(
            MessageReaction.class,
            column("reaction", enumOf(Reaction.class), MessageReaction::reaction),
            column("account_id", TEXT, MessageReaction::accountId));

    static final RecordColumns<MessageRow> ROW = RecordColumns.of(
            MessageRow.class,
            column("id", TEXT, MessageRow::id),
            column("room_id", TEXT, MessageRow::roomId),
            column("number", BIGINT, MessageRow::number),
            optional("by_id", TEXT, MessageRow::authorId).ofComponent("authorId"),
            column("text", TEXT, MessageRow::text),
            optionalEmbedded(REPORT, MessageRow::report),
            optional("reply_to", BIGINT, MessageRow::replyTo),
            arrays("mention_", MENTION, MessageRow::mentions),
            arrays("attachment_", ATTACHMENT, MessageRow::attachments),
            arrays("reaction_", REACTION, MessageRow::reactions),
            column("at", TIMESTAMP, MessageRow::at),
            optional("edited_at", TIMESTAMP, MessageRow::editedAt),
            optional("deleted_at", TIMESTAMP, MessageRow::deletedAt),
            column("version", BIGINT, MessageRow::version));

    static final Table<MessageRow> TABLE = new Table<>("message", ROW, "room_id", "number");

    static final RecordColumns<MessageRevisionRow> REVISION_ROW = RecordColumns.of(
            MessageRevisionRow.class,
            column("room_id", TEXT, MessageRevisionRow::roomId),
            column("number", BIGINT, MessageRevisionRow::number),
            column("version", BIGINT, MessageRevisionRow::version),
            column("text", TEXT, MessageRevisionRow::text),
            column("at", TIMESTAMP, MessageRevisionRow::at));

    static final Table<MessageRevisionRow> REVISIONS =
            new Table<>("message_revision", REVISION_ROW, "room_id", "number", "version");

    /**
     * How far the view has read a room, if its last event was not about a message.
     *
     * @param version the sequence number of the event
     */
    record RoomPosition(String roomId, long version) {}

    static final RecordColumns<RoomPosition> POSITION_ROW = RecordColumns.of(
            RoomPosition.class,
            column("room_id", TEXT, RoomPosition::roomId),
            column("version", BIGINT, RoomPosition::version));

    static final Table<RoomPosition> POSITIONS = new Table<>("message_position", POSITION_ROW, "room_id");

    private MessageColumns() {}
}
