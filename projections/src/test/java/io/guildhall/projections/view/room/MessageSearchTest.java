package io.guildhall.projections.view.room;

import static io.guildhall.Await.result;
import static io.guildhall.projections.view.HireScenario.ANN;
import static io.guildhall.projections.view.HireScenario.BOB;
import static io.guildhall.projections.view.HireScenario.CLIENT;
import static io.guildhall.projections.view.ViewFixture.firstPage;
import static org.assertj.core.api.Assertions.assertThat;

import io.guildhall.domain.room.Attachment;
import io.guildhall.domain.room.Room;
import io.guildhall.domain.room.RoomCommand;
import io.guildhall.projections.readmodel.room.MessageHit;
import io.guildhall.projections.readmodel.room.MessageHit.Part;
import io.guildhall.projections.readmodel.room.MessageRow;
import io.guildhall.projections.store.Sql;
import io.guildhall.projections.view.EventStory;
import io.guildhall.projections.view.ViewFixture;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MessageSearchTest {
    private static ViewFixture fixture;

    private final EventStory story = new EventStory();
    private int messages;

    @BeforeAll
    static void open() {
        fixture = new ViewFixture();
    }

    @BeforeEach
    void empty() {
        fixture.empty();
        story.execute(Room.AGGREGATE, "rm_1", new RoomCommand.Open("ctr_1", "A boat", CLIENT, ANN))
                .execute(Room.AGGREGATE, "rm_2", new RoomCommand.Open("ctr_2", "A car", CLIENT, BOB));
    }

    private MessageSearchTest post(String room, String text) {
        story.execute(Room.AGGREGATE, room, new RoomCommand.PostMessage(CLIENT, "msg_" + messages++, text));
        return this;
    }

    private void apply() {
        fixture.apply(story.events());
    }

    private static List<MessageHit> inRoom(String room, String query) {
        return result(fixture.readModel.messages().searchRoom(room, query, firstPage(10)))
                .items();
    }

    private static List<String> mine(String account, String query) {
        return result(fixture.readModel.messages().searchRoomsOf(account, query, firstPage(10))).items().stream()
                .map(it -> it.message().text())
                .toList();
    }

    @Test
    void findsMessagesOfTheRoomsOfTheAccountNewestFirst() {
        post("rm_1", "The boat is blue")
                .post("rm_2", "A boat for you")
                .post("rm_1", "No car")
                .apply();
        assertThat(mine(CLIENT, "boat")).containsExactly("A boat for you", "The boat is blue");
        assertThat(mine(ANN, "boat")).containsExactly("The boat is blue");
        assertThat(mine("acc_stranger", "boat")).isEmpty();
        assertThat(inRoom("rm_2", "BOAT")).extracting(it -> it.message().text()).containsExactly("A boat for you");
    }

    @Test
    void searchesTextsAndNotNamesOfFiles() {
        var plan = List.of(new Attachment("fil_1", "blueprint.pdf", "application/pdf", 7));
        story.execute(
                Room.AGGREGATE,
                "rm_1",
                new RoomCommand.PostMessage(
                        CLIENT, "msg_plan", "", Optional.empty(), Optional.empty(), Optional.of(plan)));
        post("rm_1", "The blueprint follows").apply();
        assertThat(inRoom("rm_1", "blueprint"))
                .extracting(it -> it.message().text())
                .containsExactly("The blueprint follows");
        assertThat(inRoom("rm_1", "-boat blueprint")).hasSize(1);
        assertThat(inRoom("rm_1", "-blueprint")).isEmpty();
    }

    @Test
    void removedMemberFindsNothingInTheRoomUntilRestored() {
        post("rm_1", "The boat is blue");
        story.execute(Room.AGGREGATE, "rm_1", new RoomCommand.RemoveMember("acc_admin", ANN, "Abuse"));
        apply();
        assertThat(mine(ANN, "boat")).isEmpty();
        assertThat(mine(CLIENT, "boat")).hasSize(1);
        story.execute(Room.AGGREGATE, "rm_1", new RoomCommand.RestoreMember("acc_admin", ANN));
        apply();
        assertThat(mine(ANN, "boat")).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "blue boat | true",
                "boat blue | true",
                "\"blue boat\" | true",
                "\"boat blue\" | false",
                "boat -blue | false",
                "boat -red | true",
                "red or boat | true",
                "Größe | true",
                "String | true",
                "boats | false",
            })
    void understandsWordsPhrasesAndExclusions(String query, boolean isFound) {
        post("rm_1", "A blue boat of great GRÖSSE, größe: a List<String>").apply();
        assertThat(mine(ANN, query)).hasSize(isFound ? 1 : 0);
    }

    @Test
    void findsEditedMessagesByTheirNewTextAndDeletedOnesNever() {
        post("rm_1", "The boat is blue").post("rm_1", "The boat is gone").apply();
        fixture.transaction(connection -> {
            Sql.update(connection, "UPDATE message SET text = 'The boat is red' WHERE number = 1");
            Sql.update(connection, "UPDATE message SET text = '' WHERE number = 2");
        });
        assertThat(mine(ANN, "blue")).isEmpty();
        assertThat(mine(ANN, "red")).containsExactly("The boat is red");
        assertThat(mine(ANN, "gone")).isEmpty();
        assertThat(mine(ANN, "-blue")).containsExactly("The boat is red");
    }

    @ParameterizedTest
    @ValueSource(strings = {"!!!", "\"", "-", "()", "' | '", "#rm_1", "'#rm_1'", "\\", "& | !", "<->"})
    void queryWithoutAWordOfAMessageFindsNothing(String query) {
        post("rm_1", "The boat is blue").apply();
        assertThat(mine(ANN, query)).isEmpty();
        assertThat(inRoom("rm_1", query)).isEmpty();
    }

    @Test
    void excerptIsThePartOfTheTextAroundTheFirstMatch() {
        var before = "lorem ".repeat(60);
        var after = " ipsum".repeat(100);
        post("rm_1", before + "<b>boat</b> & a Boat" + after).apply();
        var hit = inRoom("rm_1", "boat").getFirst();
        assertThat(text(hit)).hasSizeLessThanOrEqualTo(240).startsWith("lorem ").contains("<b>boat</b> & a Boat ipsum");
        assertThat(before + "<b>boat</b> & a Boat" + after).contains(text(hit));
        assertThat(hit.excerpt())
                .filteredOn(Part::isMatch)
                .containsExactly(new Part("boat", true), new Part("Boat", true));
        assertThat(hit.startsBefore()).isTrue();
        assertThat(hit.continuesAfter()).isTrue();
    }

    @Test
    void excerptOfAShortTextIsTheText() {
        post("rm_1", "\uE000The 🛥 boat\uE001 – a full-stack boat!").apply();
        var hit = inRoom("rm_1", "boat full-stack").getFirst();
        assertThat(text(hit)).isEqualTo("\uE000The 🛥 boat\uE001 – a full-stack boat!");
        assertThat(hit.excerpt().stream().filter(Part::isMatch).map(Part::text))
                .contains("boat", "full", "stack", "boat");
        assertThat(hit.startsBefore() || hit.continuesAfter()).isFalse();
    }

    /** PostgreSQL omits the long word from what it highlights, so that the positions of later words are unknown. */
    @Test
    void excerptMarksNothingAfterAVeryLongWord() {
        post("rm_1", "x".repeat(4_990) + " target").apply();
        var hit = inRoom("rm_1", "target").getFirst();
        assertThat(hit.excerpt()).noneMatch(Part::isMatch);
        assertThat(text(hit)).isEqualTo("x".repeat(240));
    }

    private static String text(MessageHit hit) {
        return hit.excerpt().stream().map(Part::text).collect(Collectors.joining());
    }

    @Test
    void readsMessagesOnBothSidesOfANumber() {
        for (int i = 1; i <= 9; i++) post("rm_1", "Message " + i);
        apply();
        var read = fixture.readModel.messages();
        assertThat(numbers(result(read.around("rm_1", 5, 4)))).containsExactly(6L, 5L, 4L, 3L);
        assertThat(numbers(result(read.around("rm_1", 1, 4)))).containsExactly(4L, 3L, 2L, 1L);
        assertThat(numbers(result(read.around("rm_1", 9, 4)))).containsExactly(9L, 8L, 7L, 6L);
        assertThat(numbers(result(read.around("rm_1", 1_000, 4)))).containsExactly(9L, 8L, 7L, 6L);
        assertThat(numbers(result(read.around("rm_1", 0, 1)))).containsExactly(1L);
        assertThat(numbers(result(read.around("rm_2", 3, 4)))).isEmpty();
        assertThat(numbers(result(read.before("rm_1", 3, firstPage(5))).items()))
                .containsExactly(2L, 1L);
        assertThat(numbers(result(read.after("rm_1", 6, firstPage(2))).items())).containsExactly(7L, 8L);
        assertThat(numbers(result(read.after("rm_1", 9, firstPage(2))).items())).isEmpty();
    }

    private static List<Long> numbers(List<MessageRow> rows) {
        return rows.stream().map(MessageRow::number).toList();
    }

    @Test
    void searchInARoomReadsOnlyItsMessagesFromTheIndex() {
        fixture.transaction(connection -> {
            Sql.update(connection, """
                    INSERT INTO message (id, room_id, number, by_id, text, at)
                    SELECT 'm' || i, 'rm_o' || i % 2000, i, 'acc_1', 'a common word', now() FROM generate_series(1, 20000) i
                    """);
            Sql.update(connection, "ANALYZE message");
            // A table of this size is read as fast.
            Sql.update(connection, "SET LOCAL enable_seqscan = off");
            var plan = Sql.list(
                    connection,
                    "EXPLAIN (ANALYZE, COSTS OFF, TIMING OFF) " + MessageSearch.IN_ROOM,
                    row -> row.getString(1),
                    "common",
                    MessageSearch.lexeme("rm_o7"));
            assertThat(plan)
                    .anyMatch(it -> it.contains("Bitmap Index Scan on message_words_idx") && it.contains("rows=10."));
        });
    }
}
