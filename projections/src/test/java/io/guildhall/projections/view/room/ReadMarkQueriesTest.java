package io.guildhall.projections.view.room;

import static io.guildhall.Await.result;
import static io.guildhall.projections.view.HireScenario.ANN;
import static io.guildhall.projections.view.HireScenario.BOB;
import static io.guildhall.projections.view.HireScenario.CLIENT;
import static io.guildhall.projections.view.HireScenario.ROOM;
import static io.guildhall.projections.view.HireScenario.allScenarios;
import static io.guildhall.projections.view.HireScenario.hireAndPay;
import static org.assertj.core.api.Assertions.assertThat;

import io.guildhall.domain.room.Room;
import io.guildhall.domain.room.RoomCommand;
import io.guildhall.projections.readmodel.room.Counters;
import io.guildhall.projections.readmodel.room.ReadMarkRow;
import io.guildhall.projections.store.Sql;
import io.guildhall.projections.view.EventStory;
import io.guildhall.projections.view.ViewFixture;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ReadMarkQueriesTest {
    private static ViewFixture fixture;

    @BeforeAll
    static void open() {
        fixture = new ViewFixture();
    }

    @BeforeEach
    void empty() {
        fixture.empty();
        fixture.transaction(connection -> Sql.update(connection, "DELETE FROM read_mark"));
    }

    /** Without notifications. */
    private static Map<String, Counters> counters(String... accounts) {
        var counters = new HashMap<>(result(fixture.readModel.readMarks().counters(Set.of(accounts))));
        counters.replaceAll((_, it) -> new Counters(it.messages(), it.rooms()));
        return counters;
    }

    private static void mark(String account, long number) {
        fixture.transaction(connection -> Sql.update(
                connection, "INSERT INTO read_mark VALUES (?, ?, ?, ?)", ROOM, account, number, Instant.EPOCH));
    }

    @Test
    void countsMessagesOfOthersAfterTheReadMark() {
        fixture.apply(hireAndPay("A job", "Hi").events());
        assertThat(counters(CLIENT, ANN, BOB))
                .isEqualTo(Map.of(CLIENT, new Counters(1, 1), ANN, new Counters(1, 1), BOB, Counters.NOTHING));
        mark(CLIENT, 2);
        assertThat(counters(CLIENT, ANN)).isEqualTo(Map.of(CLIENT, Counters.NOTHING, ANN, new Counters(1, 1)));
        assertThat(result(fixture.readModel.readMarks().ofRoom(ROOM)))
                .isEqualTo(List.of(new ReadMarkRow(CLIENT, 2, Instant.EPOCH)));
    }

    @Test
    void countsAtMostAHundredMessagesOfARoom() {
        var story = hireAndPay("A job", "Hi");
        for (int i = 0; i < Counters.MAX_OF_ROOM; i++)
            story.execute(Room.AGGREGATE, ROOM, new RoomCommand.PostMessage(CLIENT, "more_" + i, "Hello"));
        fixture.apply(story.events());
        assertThat(counters(ANN)).containsEntry(ANN, new Counters(Counters.MAX_OF_ROOM, 1));
    }

    @Test
    void countsTheNewestThousandRooms() {
        fixture.apply(hireAndPay("A job", "Hi").events());
        addEmptyRooms(Counters.MAX_ROOMS - 1);
        assertThat(counters(ANN)).containsEntry(ANN, new Counters(1, 1));
        addEmptyRooms(Counters.MAX_ROOMS);
        assertThat(counters(ANN)).containsEntry(ANN, Counters.NOTHING);
    }

    /** Rooms that are newer than that of the scenario. */
    private static void addEmptyRooms(int count) {
        fixture.transaction(connection -> Sql.update(
                connection,
                "INSERT INTO room_list SELECT 'rm_z' || i, ?, 'acc_o', 'CONTRACT', 'ctr', 'Work', now(), now(), FALSE, 1 FROM generate_series(1, ?) AS i ON CONFLICT DO NOTHING",
                ANN,
                count));
    }

    @Test
    void roomsOfRemovedMembersDoNotCount() {
        EventStory story = allScenarios();
        fixture.apply(story.events());
        assertThat(counters(CLIENT)).as("removed").containsEntry(CLIENT, Counters.NOTHING);
        assertThat(counters(ANN))
                .as("removed and restored, without a deleted message and the report of a contract event")
                .containsEntry(ANN, new Counters(1, 1));
    }
}
