package io.guildhall.projections.view.room;

import static io.guildhall.Await.result;
import static io.guildhall.projections.view.HireScenario.*;
import static io.guildhall.projections.view.ViewFixture.firstPage;
import static org.assertj.core.api.Assertions.assertThat;

import io.guildhall.domain.room.Attachment;
import io.guildhall.domain.room.Reaction;
import io.guildhall.domain.room.SystemMessage;
import io.guildhall.projections.readmodel.room.ContractReport;
import io.guildhall.projections.readmodel.room.MessageReaction;
import io.guildhall.projections.readmodel.room.MessageRevisionRow;
import io.guildhall.projections.readmodel.room.MessageRow;
import io.guildhall.projections.store.Sql;
import io.guildhall.projections.view.EventStory;
import io.guildhall.projections.view.ViewFixture;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class MessageViewTest {
    private static ViewFixture fixture;

    @BeforeAll
    static void open() {
        fixture = new ViewFixture();
    }

    @BeforeEach
    void empty() {
        fixture.empty();
    }

    private void apply(EventStory story) {
        fixture.apply(story.events());
    }

    @Test
    void listsMessagesNewestFirst() {
        apply(hireAndPay("A job", "Hi"));
        assertThat(result(fixture.readModel.messages().ofRoom(ROOM, firstPage(10)))
                        .items())
                .extracting(MessageRow::text)
                .containsExactly("Hello", "Hi");
    }

    private static List<MessageRow> messages() {
        return result(fixture.readModel.messages().ofRoom(ROOM, firstPage(10))).items();
    }

    private static List<String> revisions(long number) {
        return result(fixture.readModel.messages().revisions(ROOM, number, firstPage(10))).items().stream()
                .map(MessageRevisionRow::text)
                .toList();
    }

    @Test
    void editedMessageHasItsNewTextAndKeepsTheEarlierOnes() {
        apply(allScenarios());
        var edited = messages().get(1);
        assertThat(edited.text()).isEqualTo("Yes!");
        assertThat(edited.editedAt()).hasValueSatisfying(it -> assertThat(it).isAfter(edited.at()));
        assertThat(edited.mentions()).as("of the new text").isEmpty();
        assertThat(edited.replyTo()).contains(3L);
        assertThat(revisions(4)).containsExactly("Yes", "@cleo, yes");
    }

    @Test
    void reactionsAreThoseThatWereAddedAndNotRemoved() {
        apply(allScenarios());
        assertThat(messages().get(1).reactions())
                .containsExactly(new MessageReaction(Reaction.HEART, CLIENT), new MessageReaction(Reaction.HEART, ANN));
    }

    @Test
    void messageKeepsItsFilesWhenItsTextIsEdited() {
        apply(allScenarios());
        assertThat(messages().get(1).attachments())
                .containsExactly(
                        new Attachment("fil_1", "plan.pdf", "application/pdf", 7),
                        new Attachment("fil_2", "<i>.txt", "application/octet-stream", 3_000_000_000L));
    }

    @Test
    void fileIsFoundByItsIndexWhateverTheNumberOfMessages() {
        fixture.transaction(connection -> {
            Sql.update(connection, """
                    INSERT INTO message (id, room_id, number, text, at)
                    SELECT 'msg_' || i, 'rm_many', i, 'Hello', now() FROM generate_series(1, 5000) AS i
                    """);
            Sql.update(
                    connection,
                    "UPDATE message SET attachment_file_id = ARRAY['fil_' || number] WHERE room_id = 'rm_many' AND number % 50 = 0");
            Sql.update(connection, "ANALYZE message");
            var plan = Sql.list(
                    connection, "EXPLAIN " + StoredMessages.WITH_FILE, row -> row.getString(1), "fil_100", "rm_many");
            assertThat(String.join("\n", plan)).contains("message_attachment_idx");
        });
    }

    @Test
    void deletedMessageKeepsItsNumberButNoText() {
        apply(allScenarios());
        var deleted = messages().get(2);
        assertThat(deleted.number()).isEqualTo(3);
        assertThat(deleted.isDeleted()).isTrue();
        assertThat(deleted.text() + deleted.mentions() + deleted.reactions() + deleted.attachments())
                .isEqualTo("[][][]");
        assertThat(revisions(3)).isEmpty();
        fixture.transaction(connection -> assertThat(Sql.list(
                        connection,
                        "SELECT FROM message m, message_revision r WHERE (m::text || r::text) ~ 'Are you there|Hello\\?|Too late|secret|fil_3'",
                        _ -> true))
                .isEmpty());
    }

    @Test
    void systemMessageReportsAnEventOfTheContract() {
        apply(allScenarios());
        var newest = messages().getFirst();
        assertThat(newest.text()).isEqualTo("Milestone “All of it” was funded (12.50 USD). Work can start.");
        assertThat(newest.authorId()).isEmpty();
        assertThat(newest.report())
                .contains(new ContractReport(SystemMessage.Kind.MILESTONE_FUNDED, CONTRACT, Optional.of(1)));
    }
}
