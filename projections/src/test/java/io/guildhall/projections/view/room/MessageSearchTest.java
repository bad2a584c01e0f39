package io.guildhall.projections.view.room;

import static io.guildhall.Await.result;
import static io.guildhall.projections.view.HireScenario.ANN;
import static io.guildhall.projections.view.HireScenario.BOB;
import static io.guildhall.projections.view.HireScenario.CLIENT;
import static io.guildhall.projections.view.ViewFixture.firstPage;
import static org.assertj.core.api.Assertions.assertThat;

import io.guildhall.domain.room.Attachment;
import io.guildhall.domain.room.MessageRef;
import io.guildhall.domain.room.Room;
import io.guildhall.domain.room.RoomCommand;
import io.guildhall.projections.readmodel.room.MessageHit;
import io.guildhall.projections.readmodel.room.MessageHit.Part;
import io.guildhall.projections.readmodel.room.MessageRow;
import io.guildhall.projections.store.Sql;
import io.guildhall.projections.view.EventStory;
import io.guildhall.projections.view.ViewFixture;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
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

    private void postFiles(String text, String... names) {
        var files = Stream.of(names)
                .map(it -> new Attachment("fil_" + it, it, "application/pdf", 7))
                .toList();
        story.execute(
                Room.AGGREGATE,
                "rm_1",
                new RoomCommand.PostMessage(
                        CLIENT, "msg_" + messages++, text, Optional.empty(), Optional.empty(), Optional.of(files)));
    }

    @Test
    void findsMessagesByTheNamesOfTheirFiles() {
        postFiles("", "sketch.png", "Site-Blueprint_v2.pdf");
        post("rm_1", "The blueprint follows");
        postFiles("As agreed", "contract.pdf");
        apply();
        assertThat(mine(ANN, "blueprint")).containsExactly("The blueprint follows", "");
        for (var it : List.of("site", "v2 site", "sketch.png", "Site-Blueprint_v2.pdf", "sketch site"))
            assertThat(mine(ANN, it)).as(it).containsExactly("");
        assertThat(mine(ANN, "contract.pdf agreed")).containsExactly("As agreed");
        assertThat(mine(ANN, "-blueprint")).containsExactly("As agreed");
        var found = inRoom("rm_1", "sketch.png").getFirst();
        assertThat(text(found)).isEqualTo("sketch.png, Site-Blueprint_v2.pdf");
        assertThat(found.excerpt()).contains(new Part("sketch.png", true));
        assertThat(text(inRoom("rm_1", "contract").getFirst())).isEqualTo("As agreed");
    }

    @Test
    void deletedMessageIsNotFoundByTheNamesOfItsFiles() {
        postFiles("", "sketch.png");
        story.execute(
                Room.AGGREGATE,
                "rm_1",
                new RoomCommand.DeleteMessage(CLIENT, "chg_1", new MessageRef("msg_0", 1, Optional.of(CLIENT))));
        apply();
        assertThat(inRoom("rm_1", "sketch")).isEmpty();
        assertThat(inRoom("rm_1", "-boat")).isEmpty();
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

    /** Adds messages of a stranger: number and text by the number {@code i}. */
    private static void insert(String room, String text, int count) {
        fixture.transaction(connection -> Sql.update(connection, """
                INSERT INTO message (id, room_id, number, by_id, text, at)
                SELECT 'm' || i || %1$s, %1$s, i, 'acc_1', %2$s, timestamptz '2026-11-01' + i * interval '1 second'
                  FROM generate_series(1, %3$d) i
                """.formatted(room, text, count)));
    }

    private static List<String> plan(Connection connection, String sql, Object... values) throws SQLException {
        Sql.update(connection, "ANALYZE message");
        // A table of this size is read as fast.
        Sql.update(connection, "SET LOCAL enable_seqscan = off");
        return Sql.list(connection, "EXPLAIN (ANALYZE, COSTS OFF, TIMING OFF) " + sql, row -> row.getString(1), values);
    }

    @Test
    void searchInARoomReadsOnlyItsMessagesFromTheIndex() {
        insert("'rm_o' || i % 2000", "'a common word'", 20_000);
        fixture.transaction(connection -> assertThat(
                        plan(connection, MessageSearch.MATCHES, "common", Sql.texts(List.of("rm_o7"))))
                .anyMatch(it -> it.contains("Bitmap Index Scan on message_words_idx") && it.contains("rows=10.")));
    }

    private static final Pattern ROWS = Pattern.compile("actual rows=(\\d+)");

    /** The largest number of rows that a step of a plan has read from the table of messages. */
    private static long rowsRead(List<String> plan) {
        return plan.stream()
                .filter(it -> it.contains(" on message") && !it.contains("Bitmap Index"))
                .map(ROWS::matcher)
                .filter(Matcher::find)
                .mapToLong(it -> Long.parseLong(it.group(1)))
                .max()
                .orElseThrow();
    }

    @Test
    void readsABoundedNumberOfMessagesHoweverManyMatch() {
        insert("'rm_1'", "'a common word'", MessageSearch.MAX_COMPARED + 5_000);
        var room = Sql.texts(List.of("rm_1"));
        fixture.transaction(connection -> {
            assertThat(rowsRead(plan(connection, MessageSearch.MATCHES, "common", room)))
                    .isEqualTo(MessageSearch.MAX_MATCHES + 1);
            var page = MessageSearch.AMONG_NEWEST + " ORDER BY m.at DESC, m.room_id DESC, m.number DESC LIMIT 10";
            assertThat(rowsRead(plan(connection, page, "common", room, MessageSearch.MAX_COMPARED)))
                    .isEqualTo(MessageSearch.MAX_COMPARED);
        });
    }

    @Test
    void findsRareWordsInAllMessagesAndCommonWordsInTheNewest() {
        int count = MessageSearch.MAX_COMPARED + 5_000;
        insert(
                "'rm_1'",
                "CASE i % 5000 WHEN 1 THEN 'a rare word' ELSE 'a common word' END || CASE WHEN i <= 5001 THEN ' old' ELSE '' END",
                count);
        assertThat(numbersOf(inRoom("rm_1", "rare"))).containsExactly(20_001L, 15_001L, 10_001L, 5_001L, 1L);
        assertThat(numbersOf(inRoom("rm_1", "word")))
                .startsWith((long) count, count - 1L)
                .hasSize(10);
        assertThat(numbersOf(inRoom("rm_1", "-common"))).hasSize(5);
        assertThat(numbersOf(inRoom("rm_1", "-missing"))).startsWith((long) count);
        assertThat(numbersOf(inRoom("rm_1", "old")))
                .as("the oldest that is compared")
                .containsExactly(5_001L);
    }

    private static List<Long> numbersOf(List<MessageHit> hits) {
        return hits.stream().map(it -> it.message().number()).toList();
    }
}
