package io.guildhall.projections.store;

import static io.guildhall.Await.result;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.guildhall.domain.room.Attachment;
import io.guildhall.domain.room.Room;
import io.guildhall.domain.room.RoomEvent;
import io.guildhall.domain.room.RoomEvent.Blocked;
import io.guildhall.domain.room.RoomEvent.ConversationOpened;
import io.guildhall.domain.room.RoomEvent.MessageDeleted;
import io.guildhall.domain.room.RoomEvent.MessageEdited;
import io.guildhall.domain.room.RoomEvent.MessagePosted;
import io.guildhall.domain.room.RoomEvent.Opened;
import io.guildhall.projections.readmodel.room.CurrentMessages;
import io.guildhall.projections.readmodel.room.MessageRow;
import io.guildhall.projections.view.room.MessageView;
import io.guildhall.projections.view.room.RoomJournal;
import io.guildhall.projections.view.room.SqlCurrentMessages;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** A file can be read from the moment its message is in the journal until the message is deleted, wherever the view is. */
class FilesOfMessagesTest {
    private static final ActorTestKit KIT = ActorTestKit.create();
    private static final Instant AT = Instant.parse("2026-11-05T10:00:00Z");
    private static final String ROOM = "rm_1";

    private final TestJournal journal = new TestJournal();
    private final CurrentMessages messages = new SqlCurrentMessages(
            new ReadDatabase(journal.database, 1), new RoomJournal(new EntityJournal(journal.database, KIT.system())));
    private long sequence;

    @AfterAll
    static void stop() {
        KIT.shutdownTestKit();
    }

    private void write(String room, RoomEvent... events) {
        for (var it : events) journal.write(Room.AGGREGATE, room, ++sequence, it, AT);
    }

    private static MessagePosted posted(long number, String fileId) {
        var file = new Attachment(fileId, fileId + ".txt", "application/octet-stream", 3);
        return new MessagePosted(
                "msg_" + number,
                number,
                "acc_a",
                "",
                Optional.empty(),
                Optional.empty(),
                Optional.of(List.of(file)),
                AT);
    }

    private static MessageDeleted deleted(long number) {
        return new MessageDeleted("msg_" + number, number, "chg_" + number, "acc_a", AT);
    }

    private void letViewReadAll() throws Exception {
        var reader = new JournalReader(journal.database, KIT.system());
        var events =
                reader.read(Map.of(Room.AGGREGATE.name(), Position.START), SliceRange.ALL, reader.horizon(), 20_000);
        var handler = ViewHandler.announcing(new MessageView(), _ -> {});
        handler.handle(events, (_, work) -> {
            try (var connection = journal.database.getConnection()) {
                ReadDatabase.runInTransaction(connection, work);
            }
        });
    }

    private Optional<Long> numberOf(String room, String fileId) {
        return result(messages.findWithFile(room, fileId)).map(MessageRow::number);
    }

    @Test
    void findsFileOfMessageThatTheViewHasNotRead() {
        write(ROOM, new Opened("ctr_1", "A boat", "acc_a", "acc_b", AT), posted(1, "fil_1"), posted(2, "fil_2"));
        assertThat(numberOf(ROOM, "fil_2")).contains(2L);
        assertThat(numberOf(ROOM, "fil_3")).isEmpty();
        write(ROOM, deleted(2));
        assertThat(numberOf(ROOM, "fil_2")).isEmpty();
        assertThat(numberOf(ROOM, "fil_1")).contains(1L);
    }

    @Test
    void hidesFileOfDeletedMessageBeforeTheViewHasReadIt() throws Exception {
        write(ROOM, new Opened("ctr_1", "A boat", "acc_a", "acc_b", AT), posted(1, "fil_1"));
        letViewReadAll();
        assertThat(numberOf(ROOM, "fil_1")).contains(1L);
        assertThat(numberOf("rm_2", "fil_1")).as("another room").isEmpty();
        write(ROOM, new MessageEdited("msg_1", 1, "chg_0", "acc_a", "Hello", Optional.empty(), AT));
        assertThat(numberOf(ROOM, "fil_1")).contains(1L);
        write(ROOM, deleted(1));
        assertThat(numberOf(ROOM, "fil_1")).isEmpty();
        letViewReadAll();
        assertThat(numberOf(ROOM, "fil_1")).isEmpty();
    }

    /** Evidence for admins: the view does not have these texts any more. */
    @Test
    void historyHasTheTextsOfEditedAndDeletedMessages() throws Exception {
        write(
                ROOM,
                new Opened("ctr_1", "A boat", "acc_a", "acc_b", AT),
                posted(1, "fil_1"),
                posted(2, "fil_2"),
                new MessageEdited("msg_2", 2, "chg_0", "acc_a", "I will hurt you", Optional.empty(), AT),
                new MessageEdited("msg_1", 1, "chg_1", "acc_a", "Something else about msg_2", Optional.empty(), AT),
                deleted(2));
        letViewReadAll();
        var history = result(messages.history(ROOM, "msg_2", 2));
        assertThat(history.texts()).extracting(it -> it.text()).containsExactly("", "I will hurt you");
        assertThat(history.deletedAt()).contains(AT);
        assertThat(result(messages.history(ROOM, "msg_1", 1)).deletedAt()).isEmpty();
    }

    /** As many blocks as an attacker can cause in weeks. */
    @Test
    void blocksAfterTheLastMessageAreNotReadAgain() throws Exception {
        write(
                ROOM,
                new ConversationOpened("acc_a", "acc_b", AT),
                posted(1, "fil_1"),
                new Blocked("acc_a", "acc_b", AT));
        try (var connection = journal.database.getConnection()) {
            Sql.update(connection, """
                    INSERT INTO event_journal (persistence_id, sequence_number, deleted, writer, write_timestamp, event_payload, event_ser_id,
                                               event_ser_manifest, adapter_manifest)
                    SELECT persistence_id, sequence_number + i, deleted, writer, write_timestamp, event_payload, event_ser_id,
                           event_ser_manifest, adapter_manifest
                      FROM event_journal, generate_series(1, 10000) i WHERE sequence_number = 3
                    """);
        }
        assertThatThrownBy(() -> numberOf(ROOM, "fil_1")).hasMessageContaining("behind the journal");
        letViewReadAll();
        assertThat(numberOf(ROOM, "fil_1")).contains(1L);
    }

    @Test
    void fileStaysWhileAnotherMessageHasIt() throws Exception {
        write(ROOM, new Opened("ctr_1", "A boat", "acc_a", "acc_b", AT), posted(1, "fil_1"));
        letViewReadAll();
        write(ROOM, posted(2, "fil_1"), deleted(1));
        assertThat(numberOf(ROOM, "fil_1")).contains(2L);
    }
}
