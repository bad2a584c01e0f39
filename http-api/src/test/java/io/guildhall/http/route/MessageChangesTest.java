package io.guildhall.http.route;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.guildhall.domain.account.Role;
import io.guildhall.domain.room.Reaction;
import io.guildhall.domain.room.Room;
import io.guildhall.domain.room.RoomCommand;
import io.guildhall.domain.room.RoomCommand.OpenConversation;
import io.guildhall.domain.room.RoomEvent.MessageDeleted;
import io.guildhall.http.TestClient;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What is refused. ClusterTest changes messages. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MessageChangesTest {
    private static final String TEXT = "{\"text\": \"Bye\"}";

    private final TestServer server = new TestServer();
    private final String client = TestServer.newId("acc");
    private final String freelancer = TestServer.newId("acc");

    @AfterAll
    void close() {
        server.close();
    }

    private TestClient as(String account) {
        return server.as(Role.CLIENT, account);
    }

    private static String path(String room, String message) {
        return "/api/rooms/" + room + "/messages/" + message;
    }

    @Test
    void onlyTheAuthorEditsAndDeletes() {
        var room = Room.id(server.contract(client, freelancer));
        var message = path(room, server.message(room, client));
        as(freelancer).put(message, TEXT).is(403, "not-your-message");
        as(freelancer).delete(message).is(403, "not-your-message");
        as(client).put(message, "{\"text\": \" \"}").is(422, "invalid");
        as(client).put(message, "{\"text\": \"\u200b\"}").is(422, "invalid");
    }

    @Test
    void messageOfAnotherRoomIsNotFound() {
        var room = Room.id(server.contract(client, freelancer));
        var id = server.message(room, client);
        var other = Room.id(server.contract(client, TestServer.newId("acc")));
        as(client).put(path(other, id), TEXT).is(404, "not-found");
        as(client).delete(path(other, id)).is(404, "not-found");
        as(client).get(path(other, id)).is(404, "not-found");
        as(freelancer).get(path(room, TestServer.newId("msg"))).is(404, "not-found");
    }

    @Test
    void reactionMustBeKnown() {
        var room = Room.id(server.contract(client, freelancer));
        var message = path(room, server.message(room, client));
        var refused = as(freelancer)
                .put(message + "/reactions/ANGER", "")
                .is(404, "not-found")
                .json();
        var documented = server.page("/openapi.json")
                .json()
                .at("/paths/~1api~1rooms~1{roomId}~1messages~1{messageId}~1reactions~1{reaction}/put/parameters")
                .toString();
        for (var it : Reaction.values()) {
            assertThat(refused.path("detail").asText()).contains(it.name());
            assertThat(documented).contains(it.name());
        }
        as(freelancer).put(message + "/reactions/heart", "").is(404, "not-found");
    }

    @Test
    void deletedMessageDoesNotChange() {
        var room = Room.id(server.contract(client, freelancer));
        var id = server.message(room, client);
        server.messages.computeIfPresent(
                id, (_, it) -> it.after(new MessageDeleted(id, 1, "chg_1", client, Instant.EPOCH), 3));
        assertThat(requireNonNull(server.messages.get(id)).isDeleted()).isTrue();
        as(client).put(path(room, id), TEXT).is(409, "message-deleted");
        as(freelancer).put(path(room, id) + "/reactions/HEART", "").is(409, "message-deleted");
        as(client).delete(path(room, id)).is(200);
    }

    @Test
    void readOnlyRoomDoesNotChange() {
        var room = Room.id(server.contract(client, freelancer));
        var message = path(room, server.message(room, client));
        server.execute(Room.AGGREGATE, room, new RoomCommand.MakeReadOnly());
        var refused = as(client).put(message, TEXT).is(409, "room-read-only");
        assertThat(refused.json().path("detail").asText()).startsWith("The room has been read-only since ");
        as(client).delete(message).is(409, "room-read-only");
        as(freelancer).put(message + "/reactions/HEART", "").is(409, "room-read-only");
        as(client).get(message).is(200);
    }

    @Test
    void blockedAccountChangesNothing() {
        var room = Room.conversationId(client, freelancer);
        server.execute(Room.AGGREGATE, room, new OpenConversation(client, freelancer, Optional.empty()));
        var message = path(room, server.message(room, freelancer));
        as(client).put("/api/me/blocks/" + freelancer, "").is(204);
        as(freelancer).put(message, TEXT).is(403, "conversation-unavailable");
        as(client).put(message + "/reactions/HEART", "").is(403, "you-block");
        as(client).delete("/api/me/blocks/" + freelancer).is(204);
    }

    @Test
    void repliesNameAMessageOfTheRoom() {
        var room = Room.id(server.contract(client, freelancer));
        var messages = "/api/rooms/" + room + "/messages";
        as(client).post(messages, "{\"text\": \"Hello\", \"replyTo\": 1}").is(422, "no-such-message");
        as(client).post(messages, "{\"text\": \"Hello\"}").is(201);
        as(client).post(messages, "{\"text\": \"Hello\", \"replyTo\": 1}").is(201);
        as(client).post(messages, "{\"text\": \"Hello\", \"replyTo\": 0}").is(422, "invalid");
    }
}
