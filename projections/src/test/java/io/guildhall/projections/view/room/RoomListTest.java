package io.guildhall.projections.view.room;

import static io.guildhall.Await.result;
import static io.guildhall.projections.view.HireScenario.ANN;
import static io.guildhall.projections.view.HireScenario.BOB;
import static io.guildhall.projections.view.HireScenario.CLIENT;
import static io.guildhall.projections.view.ViewFixture.firstPage;
import static org.assertj.core.api.Assertions.assertThat;

import io.guildhall.domain.room.MessageRef;
import io.guildhall.domain.room.Room;
import io.guildhall.domain.room.RoomCommand;
import io.guildhall.domain.room.RoomKind;
import io.guildhall.projections.Recorded;
import io.guildhall.projections.readmodel.InvalidCursorException;
import io.guildhall.projections.readmodel.Page;
import io.guildhall.projections.readmodel.live.LiveSignal;
import io.guildhall.projections.readmodel.room.Counters;
import io.guildhall.projections.readmodel.room.MessageRow;
import io.guildhall.projections.readmodel.room.RoomListing;
import io.guildhall.projections.store.ListChanges;
import io.guildhall.projections.store.Sql;
import io.guildhall.projections.view.EventStory;
import io.guildhall.projections.view.ViewFixture;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RoomListTest {
    private static ViewFixture fixture;

    private EventStory story = new EventStory();
    private int applied;
    private int messages;

    @BeforeAll
    static void open() {
        fixture = new ViewFixture();
    }

    @BeforeEach
    void empty() {
        fixture.empty();
        fixture.transaction(connection -> Sql.update(connection, "TRUNCATE live_entry, live_account, read_mark"));
        story = new EventStory();
        // Changes of lists that are older than a week are not stored.
        story.now = Instant.now();
        applied = 0;
        messages = 0;
    }

    /** Opens rooms of Ann and the client. */
    private void openRooms(int count) {
        for (int i = 0; i < count; i++)
            story.execute(Room.AGGREGATE, "rm_" + i, new RoomCommand.Open("ctr_" + i, "Work " + i, CLIENT, ANN));
        apply();
    }

    private void post(String by, int room, String text) {
        story.execute(Room.AGGREGATE, "rm_" + room, new RoomCommand.PostMessage(by, "msg_" + messages++, text));
        apply();
    }

    /** Applies the new events as a follower does: with the changes of the lists, in one transaction. */
    private void apply() {
        var events = story.events().subList(applied, story.events().size());
        applied = story.events().size();
        List<Recorded<?>> recorded = events.stream()
                .<Recorded<?>>map(EventStory.StoredEvent::recorded)
                .toList();
        fixture.apply(new MessageView(), events);
        fixture.transaction(connection -> {
            var view = new RoomListView();
            for (var it : events) it.applyTo(view, connection);
            ListChanges.add(connection, view.listChanges(connection, "room", recorded));
        });
    }

    private static Page<RoomListing> page(String account, int limit, Optional<String> cursor) {
        return result(fixture.readModel.roomList().ofAccount(account, new Page.Request(limit, cursor)));
    }

    private static List<String> ids(List<RoomListing> rooms) {
        return rooms.stream().map(RoomListing::roomId).toList();
    }

    @Test
    void showsRoomWithLastMessageUnreadCountAndOtherMember() {
        openRooms(2);
        post(CLIENT, 0, "Hello");
        post(CLIENT, 0, "Are you there?");
        var rooms = page(ANN, 10, Optional.empty()).items();
        assertThat(ids(rooms)).as("newest activity first").containsExactly("rm_0", "rm_1");
        var first = rooms.getFirst();
        assertThat(first.kind()).isEqualTo(RoomKind.CONTRACT);
        assertThat(first.contractId()).contains("ctr_0");
        assertThat(first.title()).contains("Work 0");
        assertThat(first.unread()).isEqualTo(2);
        assertThat(first.lastMessage()).map(MessageRow::text).contains("Are you there?");
        assertThat(first.lastMessage()).map(MessageRow::number).contains(2L);
        assertThat(first.activeAt()).isEqualTo(first.lastMessage().orElseThrow().at());
        assertThat(first.otherId()).isEqualTo(CLIENT);
        assertThat(rooms.getLast().lastMessage()).isEmpty();
        assertThat(page(CLIENT, 10, Optional.empty()).items().getFirst().unread())
                .as("own messages")
                .isZero();
        assertThat(page(BOB, 10, Optional.empty()).items()).isEmpty();
    }

    @Test
    void readMarkReducesUnreadCount() {
        openRooms(1);
        post(CLIENT, 0, "One");
        post(CLIENT, 0, "Two");
        fixture.transaction(
                connection -> Sql.update(connection, "INSERT INTO read_mark VALUES ('rm_0', ?, 1, now())", ANN));
        assertThat(page(ANN, 10, Optional.empty()).items().getFirst().unread()).isEqualTo(1);
    }

    @Test
    void deletedMessageIsNotUnread() {
        openRooms(1);
        post(CLIENT, 0, "One");
        post(CLIENT, 0, "Two");
        story.execute(
                Room.AGGREGATE,
                "rm_0",
                new RoomCommand.DeleteMessage(CLIENT, "chg_1", new MessageRef("msg_0", 1, Optional.of(CLIENT))));
        var deleted = story.events().subList(applied, story.events().size()).stream()
                .<Recorded<?>>map(EventStory.StoredEvent::recorded)
                .toList();
        apply();
        assertThat(page(ANN, 10, Optional.empty()).items().getFirst().unread()).isEqualTo(1);
        assertThat(result(fixture.readModel.readMarks().counters(Set.of(ANN)))).containsEntry(ANN, new Counters(1, 1));
        fixture.transaction(connection -> assertThat(new MessageView().signals(connection, "room", deleted))
                .contains(new LiveSignal(LiveSignal.Kind.COUNTERS, ANN)));
    }

    /** A member can send and delete any number of messages. */
    @Test
    void comparesTheNewestThousandMessagesWithTheReadMark() {
        openRooms(1);
        post(CLIENT, 0, "One");
        insertDeleted(2, SqlReadMarkQueries.MAX_COMPARED);
        assertThat(page(ANN, 10, Optional.empty()).items().getFirst().unread()).isEqualTo(1);
        assertThat(result(fixture.readModel.readMarks().counters(Set.of(ANN)))).containsEntry(ANN, new Counters(1, 1));
        insertDeleted(SqlReadMarkQueries.MAX_COMPARED + 1, SqlReadMarkQueries.MAX_COMPARED + 1);
        assertThat(page(ANN, 10, Optional.empty()).items().getFirst().unread()).isZero();
        assertThat(result(fixture.readModel.readMarks().counters(Set.of(ANN)))).containsEntry(ANN, Counters.NOTHING);
    }

    private static void insertDeleted(int first, int last) {
        fixture.transaction(connection -> Sql.update(connection, """
                INSERT INTO message (id, room_id, number, by_id, text, at, deleted_at)
                SELECT 'm' || i, 'rm_0', i, ?, '', now(), now() FROM generate_series(?, ?) i
                """, CLIENT, first, last));
    }

    @Test
    void removedMemberDoesNotSeeRoomUntilRestored() {
        openRooms(2);
        story.execute(Room.AGGREGATE, "rm_0", new RoomCommand.RemoveMember("acc_admin", ANN, "Abuse"));
        apply();
        assertThat(ids(page(ANN, 10, Optional.empty()).items())).containsExactly("rm_1");
        assertThat(ids(page(CLIENT, 10, Optional.empty()).items())).containsExactly("rm_1", "rm_0");
        story.execute(Room.AGGREGATE, "rm_0", new RoomCommand.RestoreMember("acc_admin", ANN));
        apply();
        assertThat(ids(page(ANN, 10, Optional.empty()).items())).containsExactly("rm_1", "rm_0");
    }

    @Test
    void pagesNeitherRepeatNorSkipRoomsWhileActivityChanges() {
        var random = new SplittableRandom(7);
        for (int round = 0; round < 12; round++) {
            empty();
            openRooms(9);
            for (int i = 0; i < 12; i++) post(CLIENT, random.nextInt(9), "Before");
            var expected = ids(page(ANN, 100, Optional.empty()).items());
            var seen = new ArrayList<String>();
            var cursor = Optional.<String>empty();
            do {
                var page = page(ANN, 1 + random.nextInt(3), cursor);
                seen.addAll(ids(page.items()));
                cursor = page.next();
                for (int i = random.nextInt(4); i > 0; i--) post(CLIENT, random.nextInt(9), "Meanwhile");
                int opened = 100 + seen.size();
                story.execute(
                        Room.AGGREGATE, "rm_" + opened, new RoomCommand.Open("ctr_" + opened, "New", CLIENT, ANN));
                apply();
            } while (cursor.isPresent());
            assertThat(seen).isEqualTo(expected);
        }
    }

    @Test
    void cursorIsInvalidWhenTheChangesSinceItsFirstPageAreDeleted() {
        openRooms(3);
        var cursor = page(ANN, 1, Optional.empty()).next();
        post(CLIENT, 0, "One");
        post(CLIENT, 0, "Two");
        assertThat(page(ANN, 1, cursor).items()).hasSize(1);
        fixture.transaction(connection -> Sql.update(
                connection,
                "DELETE FROM live_entry WHERE account_id = ? AND number < (SELECT max(number) FROM live_entry WHERE account_id = ?)",
                ANN,
                ANN));
        assertThat(fixture.readModel
                        .roomList()
                        .ofAccount(ANN, new Page.Request(1, cursor))
                        .toCompletableFuture())
                .failsWithin(Duration.ofSeconds(20))
                .withThrowableThat()
                .withCauseInstanceOf(InvalidCursorException.class);
    }

    /** The messages of all other rooms must not cost anything. */
    @Test
    void listsAndCountersReadMessagesOfTheirRoomsFromTheIndex() {
        openRooms(3);
        post(CLIENT, 0, "Hello");
        fixture.transaction(connection -> {
            addManyMessages(connection);
            assertReadsMessagesFromIndex(
                    connection, SqlRoomList.PAGE, SqlRoomList.parameters(ANN, List.of(-1L, Instant.MAX, ""), 21));
            assertReadsMessagesFromIndex(connection, SqlRoomList.SOME, ANN, Sql.texts(List.of("rm_0", "rm_1")));
            assertReadsMessagesFromIndex(connection, SqlReadMarkQueries.COUNTERS, Sql.texts(List.of(ANN, CLIENT)));
        });
    }

    private static void addManyMessages(Connection connection) throws SQLException {
        Sql.update(connection, """
                INSERT INTO message (id, room_id, number, by_id, text, at)
                SELECT 'm' || i, 'rm_o' || i % 10, i, 'acc_1', 'Hi', now() FROM generate_series(1, 20000) i
                """);
        Sql.update(connection, "ANALYZE message");
    }

    private static void assertReadsMessagesFromIndex(Connection connection, String sql, Object... values)
            throws SQLException {
        var plan = Sql.list(connection, "EXPLAIN (COSTS OFF) " + sql, row -> row.getString(1), values);
        assertThat(plan)
                .anyMatch(it -> it.contains("Scan") && it.contains(" on message"))
                .noneMatch(it -> it.contains("Seq Scan on message"));
    }

    @Test
    void pageOfThousandsOfRoomsIsReadFromTheIndex() {
        fixture.transaction(connection -> {
            Sql.update(connection, """
                    INSERT INTO room_list SELECT 'rm_' || i, ?, 'acc_o', 'CONTRACT', 'ctr', 'Work', now(), now() + i * interval '1 second', FALSE, 1
                      FROM generate_series(1, 5000) i
                    """, ANN);
            Sql.update(connection, "ANALYZE room_list");
        });
        assertThat(result(fixture.readModel.roomList().ofAccount(ANN, firstPage(20)))
                        .items())
                .hasSize(20);
        fixture.transaction(connection -> assertThat(Sql.list(
                        connection,
                        "EXPLAIN (ANALYZE, COSTS OFF, TIMING OFF) " + SqlRoomList.PAGE,
                        row -> row.getString(1),
                        SqlRoomList.parameters(ANN, List.of(-1L, Instant.MAX, ""), 21)))
                .anyMatch(it -> it.contains("Scan Backward using room_list_account_idx") && it.contains("rows=21.")));
    }
}
