package io.guildhall.projections.process;

import static io.guildhall.projections.process.UserActions.newId;
import static org.assertj.core.api.Assertions.assertThat;

import io.guildhall.Await;
import io.guildhall.domain.contact.ContactEvidence;
import io.guildhall.domain.contact.Contacts;
import io.guildhall.domain.contact.ContactsCommand.RequestConversation;
import io.guildhall.domain.room.Room;
import io.guildhall.domain.room.RoomCommand;
import io.guildhall.domain.room.RoomKind;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class ConversationsTest {
    private static ProcessFixture fixture;
    private final String ada = newId("acc");
    private final String ben = newId("acc");

    @BeforeAll
    static void open() throws Exception {
        fixture = new ProcessFixture();
    }

    @AfterAll
    static void close() {
        fixture.close();
    }

    private static void request(String by, String otherId, String text) {
        var evidence = new ContactEvidence(ContactEvidence.Kind.PROFILE, otherId);
        fixture.execute(
                Contacts.AGGREGATE,
                by,
                new RequestConversation(by, otherId, newId("msg"), evidence, Optional.of(text)));
    }

    private static Room room(String account, String other) {
        return fixture.state(Room.AGGREGATE, Room.conversationId(account, other));
    }

    @Test
    void opensOneConversationWhenBothRequestIt() {
        request(ada, ben, "Hello");
        request(ben, ada, "Hi");
        Await.until(() -> assertThat(room(ada, ben)).isInstanceOfSatisfying(Room.Open.class, it -> {
            assertThat(it.subject().kind()).isEqualTo(RoomKind.CONVERSATION);
            assertThat(it.messageCount()).isEqualTo(2);
            assertThat(it.members()).containsExactlyInAnyOrder(ada, ben);
        }));
    }

    @Test
    void aBlockAfterTheRequestPreventsTheConversationAndDelaysNoOther() {
        fixture.execute(Room.AGGREGATE, Room.conversationId(ada, ben), new RoomCommand.Block(ben, ada));
        request(ada, ben, "Hello");
        var cleo = newId("acc");
        request(ada, cleo, "Hello");
        // The requests of an account are handled in order.
        Await.until(() -> assertThat(room(ada, cleo)).isInstanceOf(Room.Open.class));
        assertThat(room(ada, ben)).isInstanceOf(Room.Unopened.class);
        assertThat(fixture.state(Contacts.AGGREGATE, ada).unopened().orElseThrow())
                .as("the account that asked is notified")
                .hasSize(1);
    }
}
