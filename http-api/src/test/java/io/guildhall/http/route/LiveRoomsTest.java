package io.guildhall.http.route;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.guildhall.actors.ChangeSignal;
import io.guildhall.domain.account.Account;
import io.guildhall.domain.account.AccountCommand;
import io.guildhall.domain.account.Role;
import io.guildhall.domain.room.Room;
import io.guildhall.domain.room.RoomCommand;
import io.guildhall.http.TestClient;
import io.guildhall.http.server.HttpServer;
import io.guildhall.projections.readmodel.live.Channel;
import io.guildhall.projections.readmodel.live.LiveEvent.Change;
import io.guildhall.projections.readmodel.live.LiveSignal;
import io.guildhall.projections.readmodel.room.Counters;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Read marks, counters, hidden presence and lost rights over real sockets. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LiveRoomsTest {
    private final TestServer server = new TestServer();
    private final HttpServer.Binding binding = server.bind();
    private final List<LiveClient> clients = new ArrayList<>();
    private final String client = TestServer.newId("acc");
    private final String freelancer = TestServer.newId("acc");
    private final String room = Room.id(server.contract(client, freelancer));

    @AfterEach
    void closeClients() {
        clients.forEach(LiveClient::close);
        clients.clear();
    }

    @AfterAll
    void close() {
        server.close();
    }

    private LiveClient logIn(String account, String session) {
        var uri = URI.create("ws://127.0.0.1:" + binding.localAddress().getPort() + "/api/live");
        var opened = LiveClient.open(uri);
        clients.add(opened);
        opened.send("{\"type\":\"authenticate\",\"token\":\"" + account + ":" + session + "\"}")
                .next("authenticated");
        return opened;
    }

    private LiveClient logIn(String account) {
        return logIn(account, "ses_" + account);
    }

    private LiveClient inRoom(String account) {
        var opened = logIn(account).subscribe("room:" + room);
        opened.skipTo("subscribed");
        return opened;
    }

    private TestClient as(String account) {
        return server.as(Role.CLIENT, account);
    }

    private void post(int messages) {
        for (int i = 0; i < messages; i++)
            as(client)
                    .post("/api/rooms/" + room + "/messages", "{\"text\": \"Hello\"}")
                    .is(201);
    }

    private long messageCount() {
        return as(client).get("/api/rooms/" + room).json().path("messageCount").asLong();
    }

    private void signal(LiveSignal.Kind kind, String account) {
        ChangeSignal.of(server.classicSystem()).publish(List.of(new LiveSignal(kind, account).key()));
    }

    // Read-only rooms.

    @Test
    void readOnlyRoomIsReadAndNotWritten() {
        var contract = server.contract(client, freelancer);
        var ended = "/api/rooms/" + Room.id(contract);
        as(client).post(ended + "/messages", "{\"text\": \"Hello\"}").is(201);
        assertThat(as(client).get(ended).json().has("readOnlySince")).isFalse();
        var connection = logIn(freelancer).subscribe("room:" + Room.id(contract));
        connection.skipTo("subscribed");
        server.execute(Room.AGGREGATE, Room.id(contract), new RoomCommand.MakeReadOnly());
        var since =
                as(freelancer).get(ended).is(200).json().path("readOnlySince").asText();
        var problem = as(client)
                .post(ended + "/messages", "{\"text\": \"Hello\"}")
                .is(409)
                .json();
        assertThat(problem.path("code").asText()).isEqualTo("room-read-only");
        assertThat(problem.path("detail").asText())
                .startsWith("The room has been read-only since " + since + ", because its contract has ended.")
                .endsWith("To write to the other party, start a conversation.");
        as(client).get(ended + "/messages").is(200);
        as(client).get("/api/me/messages?q=hello").is(200);
        as(freelancer).post(ended + "/read", "{\"number\": 1}").is(204);
        as(TestServer.newId("acc"))
                .post(ended + "/messages", "{\"text\": \"Hello\"}")
                .is(404);
        server.liveEvents.add(
                Channel.of(Channel.Kind.ROOM, Room.id(contract)), new Change.RoomMadeReadOnly(Instant.parse(since)));
        assertThat(connection.skipTo("read-only").path("readOnlySince").asText())
                .isEqualTo(since);
    }

    // Lists of rooms and messages.

    @Test
    void changeOfTheRoomListShowsTheRoomAsTheListDoes() {
        var me = logIn(client).subscribe("me");
        me.skipTo("subscribed");
        server.liveEvents.add(Channel.me(client), new Change.RoomListed(room, Optional.of(SampleRows.room(room))));
        var frame = me.skipTo("room");
        assertThat(frame.path("roomId").asText()).isEqualTo(room);
        var shown = frame.path("room");
        var listed = as(client).get("/api/me/rooms").json().path("items").get(0);
        assertThat(shown.path("lastMessage")).isEqualTo(listed.path("lastMessage"));
        assertThat(shown.path("other").path("picture").path("url").asText()).startsWith("http://localhost:8080/");
        assertThat(shown.properties()).hasSameSizeAs(listed.properties());
        server.liveEvents.add(Channel.me(client), new Change.RoomListed(room, Optional.empty()));
        assertThat(me.skipTo("room").has("room")).as("no longer readable").isFalse();
    }

    private long numberOf(String query) {
        return as(client)
                .get("/api/rooms/" + room + "/messages" + query)
                .is(200)
                .json()
                .path("items")
                .get(0)
                .path("number")
                .asLong();
    }

    @Test
    void readsMessagesBeforeAfterAndAroundANumber() {
        assertThat(numberOf("?before=7")).isEqualTo(6);
        assertThat(numberOf("?after=7")).isEqualTo(8);
        assertThat(numberOf("?around=7")).isEqualTo(7);
        for (var query : List.of("?before=7&after=7", "?around=7&before=9", "?around=7&cursor=x", "?before=-1"))
            as(client).get("/api/rooms/" + room + "/messages" + query).is(400);
    }

    @Test
    void searchReturnsPartsOfTheTextInsteadOfHtml() {
        var parts = as(client)
                .get("/api/rooms/" + room + "/search?q=alert")
                .is(200)
                .json()
                .at("/items/0/excerpt");
        assertThat(parts).hasSize(3);
        assertThat(parts.get(0).path("text").asText()).isEqualTo("<script>");
        assertThat(parts.get(1).path("match").asBoolean()).isTrue();
        as(client).get("/api/rooms/" + room + "/search").is(400);
        as(TestServer.newId("acc"))
                .get("/api/rooms/" + room + "/search?q=alert")
                .is(404);
    }

    // Read marks.

    private static LiveClient read(LiveClient from, String room, long number) {
        return from.send("{\"type\":\"read\",\"channel\":\"room:" + room + "\",\"number\":" + number + "}");
    }

    @Test
    void readMarksMoveForwardAndAreShownToOthers() {
        post(3);
        long last = messageCount();
        var other = inRoom(client);
        var reader = inRoom(freelancer);
        read(reader, room, last - 1);
        var shown = other.skipTo("read");
        assertThat(shown.path("accountId").asText()).isEqualTo(freelancer);
        assertThat(shown.path("number").asLong()).isEqualTo(last - 1);
        read(reader, room, last - 2);
        read(reader, room, last - 1);
        as(freelancer)
                .post("/api/rooms/" + room + "/read", "{\"number\": " + last + "}")
                .is(204);
        assertThat(other.skipTo("read").path("number").asLong())
                .as("lower numbers are not shown")
                .isEqualTo(last);
    }

    @Test
    void onlyMembersMarkExistingMessagesAsRead() {
        post(1);
        long last = messageCount();
        var reader = inRoom(freelancer);
        assertThat(read(reader, room, last + 1).skipTo("error").path("code").asText())
                .isEqualTo("no-such-message");
        var path = "/api/rooms/" + room + "/read";
        as(freelancer).post(path, "{\"number\": " + (last + 1) + "}").is(422, "no-such-message");
        as(freelancer).post(path, "{\"number\": 0}").is(422, "invalid");
        as(TestServer.newId("acc")).post(path, "{\"number\": 1}").is(404, "not-found");
    }

    // Counters.

    private static void assertCounters(JsonNode frame, int messages, int rooms) {
        assertThat(frame.path("channel").asText()).isEqualTo("me");
        assertThat(frame.at("/counters/unreadMessages").asInt()).isEqualTo(messages);
        assertThat(frame.at("/counters/unreadRooms").asInt()).isEqualTo(rooms);
    }

    @Test
    void countersAreShownAfterSubscribingAndWhenTheyChange() {
        server.readMarks.counters.put(client, new Counters(2, 1));
        var connection = logIn(client).subscribe("me");
        assertCounters(connection.skipTo("counters"), 2, 1);
        signal(LiveSignal.Kind.COUNTERS, client);
        server.readMarks.counters.put(client, new Counters(5, 2));
        signal(LiveSignal.Kind.COUNTERS, client);
        assertCounters(connection.skipTo("counters"), 5, 2);
        var second = logIn(client).subscribe("me");
        assertCounters(second.skipTo("counters"), 5, 2);
        server.readMarks.counters.put(client, Counters.NOTHING);
        signal(LiveSignal.Kind.COUNTERS, client);
        assertCounters(connection.skipTo("counters"), 0, 0);
        assertCounters(second.skipTo("counters"), 0, 0);
        assertThat(as(client).get("/api/me/counters").is(200).json().size()).isEqualTo(3);
    }

    @Test
    void readingChangesTheCountersOfTheOwnOtherConnections() {
        post(1);
        server.readMarks.counters.put(freelancer, new Counters(1, 1));
        var other = logIn(freelancer).subscribe("me");
        assertCounters(other.skipTo("counters"), 1, 1);
        server.readMarks.counters.put(freelancer, Counters.NOTHING);
        read(inRoom(freelancer), room, messageCount());
        assertCounters(other.skipTo("counters"), 0, 0);
    }

    // Presence.

    /** Frames with another state, such as those of an earlier connection, are skipped. */
    private static JsonNode skipToState(LiveClient from, String state) {
        while (true) {
            var frame = from.skipTo("presence");
            if (frame.path("state").asText().equals(state)) return frame;
        }
    }

    @Test
    void hiddenPresenceIsShownAsOfflineWithoutATime() {
        var watched = logIn(freelancer);
        var watcher = logIn(client).subscribe("room:" + room);
        skipToState(watcher, "ONLINE");
        as(freelancer).put("/api/me/presence", "{\"hidden\": true}").is(200);
        server.hidden.add(freelancer);
        signal(LiveSignal.Kind.PRESENCE, freelancer);
        assertThat(skipToState(watcher, "OFFLINE").has("lastSeen")).isFalse();
        // Changes of a hidden account are not shown.
        watched.send("{\"type\":\"presence\",\"state\":\"AWAY\"}");
        watched.close();
        var later = logIn(client).subscribe("room:" + room).skipTo("presence");
        assertThat(later.path("state").asText()).isEqualTo("OFFLINE");
        assertThat(later.has("lastSeen")).isFalse();
        assertThat(as(freelancer).get("/api/me/presence").json().path("hidden").asBoolean())
                .isTrue();
        as(freelancer).put("/api/me/presence", "{\"hidden\": false}").is(200);
        server.hidden.remove(freelancer);
        signal(LiveSignal.Kind.PRESENCE, freelancer);
        assertThat(watcher.skipTo("presence").has("lastSeen"))
                .as("the first frame since it was hidden")
                .isTrue();
        as(freelancer).put("/api/me/presence", "{}").is(422, "invalid");
    }

    // Lost rights.

    private void change(String room, boolean isRemoved) {
        server.as(Role.ADMIN, TestServer.newId("acc"))
                .post(
                        "/api/admin/rooms/" + room + "/members/" + freelancer + (isRemoved ? "/remove" : "/restore"),
                        isRemoved ? "{\"reason\": \"Abuse\"}" : "")
                .is(200);
        server.liveEvents.add(Channel.of(Channel.Kind.ROOM, room), new Change.MemberChanged(freelancer, isRemoved));
    }

    private void addMessage(String room, long number) {
        server.liveEvents.add(
                Channel.of(Channel.Kind.ROOM, room),
                new Change.MessagePosted(SampleMessages.posted(room, number, client, "Hello")));
    }

    @Test
    void removedMemberIsUnsubscribedAndCanResumeWhenRestored() {
        var room = Room.id(server.contract(client, freelancer));
        var name = "room:" + room;
        var removed = logIn(freelancer).subscribe(name);
        removed.skipTo("subscribed");
        var other = logIn(client).subscribe(name);
        other.skipTo("subscribed");
        addMessage(room, 1);
        long before = removed.skipTo("message").path("offset").asLong();
        change(room, true);
        addMessage(room, 2);
        var reason = removed.skipTo("unsubscribed");
        assertThat(reason.path("code").asText()).isEqualTo("no-access");
        var shown = other.skipTo("member").path("member");
        assertThat(shown.path("user").path("accountId").asText()).isEqualTo(freelancer);
        assertThat(shown.path("removed").asBoolean()).isTrue();
        assertThat(other.skipTo("message").path("message").path("number").asInt())
                .isEqualTo(2);
        removed.send("{\"type\":\"ping\"}").next("pong");
        assertThat(removed.subscribe(name).next("error").path("code").asText()).isEqualTo("not-found");
        as(freelancer).get("/api/rooms/" + room).is(404);
        assertThat(as(client).get("/api/rooms/" + room).json().path("members"))
                .as("the frame has what the API returns")
                .contains(shown);
        change(room, false);
        removed.subscribe(name, before, "first").skipTo("subscribed");
        assertThat(removed.skipTo("message").path("message").path("number").asInt())
                .as("resumes after the removal, since it is a member again")
                .isEqualTo(2);
        assertThat(removed.skipTo("member").path("member").path("removed").asBoolean())
                .isFalse();
    }

    @Test
    void connectionsCloseAsSoonAsTheAccountIsSuspended() {
        var account = TestServer.newId("acc");
        server.registerAccount(account);
        var current = logIn(account, "ses_1");
        ChangeSignal.of(server.classicSystem()).publish(List.of("account|" + account));
        current.send("{\"type\":\"ping\"}").next("pong");
        server.execute(Account.AGGREGATE, account, new AccountCommand.Suspend("acc_admin", "Spam"));
        ChangeSignal.of(server.classicSystem()).publish(List.of("account|" + account));
        current.assertClosed(4403);
    }
}
