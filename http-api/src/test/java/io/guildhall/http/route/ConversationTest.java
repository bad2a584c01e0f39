package io.guildhall.http.route;

import static org.assertj.core.api.Assertions.assertThat;

import io.guildhall.actors.ChangeSignal;
import io.guildhall.domain.account.Role;
import io.guildhall.domain.contact.Contacts;
import io.guildhall.domain.invite.Invite;
import io.guildhall.domain.room.Room;
import io.guildhall.domain.room.RoomCommand;
import io.guildhall.domain.room.RoomCommand.OpenConversation;
import io.guildhall.http.TestClient;
import io.guildhall.http.server.HttpServer;
import io.guildhall.projections.readmodel.live.LiveSignal;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ConversationTest {
    private final TestServer server = new TestServer();
    private final HttpServer.Binding binding = server.bind();
    private final String client = TestServer.newId("acc");
    private final String freelancer = TestServer.newId("acc");

    @AfterAll
    void close() {
        server.close();
    }

    private TestClient asClient() {
        return server.as(Role.CLIENT, client);
    }

    private TestClient asFreelancer() {
        return server.as(Role.FREELANCER, freelancer);
    }

    private static String body(String field, String id) {
        return "{\"" + field + "\": \"" + id + "\", \"text\": \"Hello\"}";
    }

    private static String room(String account, String other) {
        return Room.conversationId(account, other);
    }

    /** As the process does. */
    private String open(String by, String other) {
        server.execute(Room.AGGREGATE, room(by, other), new OpenConversation(by, other, Optional.empty()));
        return room(by, other);
    }

    @Test
    void clientStartsAConversationFromAProfile() {
        var other = TestServer.newId("acc");
        var started =
                asClient().post("/api/conversations", body("accountId", other)).is(202);
        assertThat(started.json().path("roomId").asText()).isEqualTo(room(client, other));
        assertThat(started.json().path("open").asBoolean()).isFalse();
        open(client, other);
        asClient().post("/api/conversations", body("accountId", other)).is(202);
        var read = asClient().get("/api/rooms/" + room(client, other)).is(200).json();
        assertThat(read.path("kind").asText()).isEqualTo("CONVERSATION");
        assertThat(read.path("messageCount").asLong())
                .as("the second request has sent its message")
                .isEqualTo(1);
        assertThat(read.has("contractId")).isFalse();
    }

    @Test
    void freelancerNeedsAProposalOrInvite() {
        asFreelancer().post("/api/conversations", body("accountId", client)).is(403, "client-required");
        var job = server.publishJob(client);
        var proposal = server.proposal(job, client, freelancer);
        assertThat(asFreelancer()
                        .post("/api/conversations", body("proposalId", proposal))
                        .is(202)
                        .json()
                        .path("other")
                        .path("accountId")
                        .asText())
                .isEqualTo(client);
        asClient().post("/api/conversations", body("proposalId", proposal)).is(202);
        server.as(Role.CLIENT, TestServer.newId("acc"))
                .post("/api/conversations", body("proposalId", proposal))
                .is(404, "not-found");
        asFreelancer()
                .post("/api/conversations", body("inviteId", Invite.id(job, freelancer)))
                .is(404, "not-found");
        asFreelancer()
                .post("/api/conversations", body("inviteId", server.invite(job, client, freelancer)))
                .is(202);
    }

    @Test
    void clientStartsAConversationFromAGig() {
        var gig = server.publishGig(freelancer);
        var started = asClient().post("/api/conversations", body("gigId", gig)).is(202);
        assertThat(started.json().path("other").path("accountId").asText()).isEqualTo(freelancer);
        asFreelancer().post("/api/conversations", body("gigId", gig)).is(403, "client-required");
        asClient().post("/api/conversations", body("gigId", "gig_missing")).is(404, "not-found");
    }

    @Test
    void profileMustBeThatOfAFreelancer() {
        asClient()
                .post("/api/conversations", body("accountId", SampleAccounts.CLIENT_ONLY))
                .is(422, "not-a-freelancer");
        server.as(Role.CLIENT, SampleAccounts.CLIENT_ONLY)
                .post("/api/conversations", body("accountId", SampleAccounts.CLIENT_ONLY))
                .is(403, "yourself");
    }

    @Test
    void exactlyOneCounterpartyIsNamed() {
        asClient().post("/api/conversations", "{\"text\": \"Hello\"}").is(422, "one-counterpart");
        asClient().post("/api/conversations", body("accountId", client)).is(403, "yourself");
        asClient()
                .post("/api/conversations", "{\"accountId\": \"acc_x\", \"text\": \" \"}")
                .is(422, "invalid");
    }

    @Test
    void twentyNewConversationsADay() {
        var busy = server.as(Role.CLIENT, TestServer.newId("acc"));
        for (int i = 0; i < Contacts.MAX_A_DAY; i++)
            busy.post("/api/conversations", body("accountId", TestServer.newId("acc")))
                    .is(202);
        busy.post("/api/conversations", body("accountId", TestServer.newId("acc")))
                .is(409, "too-many-conversations");
    }

    @Test
    void suspendedAccountsStartNoConversation() {
        var suspended = TestServer.newId("acc");
        server.suspended.add(suspended);
        asClient().post("/api/conversations", body("accountId", suspended)).is(409, "counterpart-suspended");
        server.as(Role.CLIENT, suspended)
                .post("/api/conversations", body("accountId", freelancer))
                .is(403, "account-suspended");
    }

    @Test
    void blockedAccountCannotWriteExceptInContractRooms() {
        var other = TestServer.newId("acc");
        var asOther = server.as(Role.CLIENT, other);
        var conversation = open(client, other);
        asClient().put("/api/me/blocks/" + other, "").is(204);
        asOther.post("/api/rooms/" + conversation + "/messages", "{\"text\": \"Hello\"}")
                .is(403, "conversation-unavailable");
        asClient()
                .post("/api/rooms/" + conversation + "/messages", "{\"text\": \"Hello\"}")
                .is(403, "you-block");
        asOther.post("/api/conversations", body("accountId", client)).is(403, "conversation-unavailable");
        var contractRoom = Room.id(server.contract(client, other));
        asOther.post("/api/rooms/" + contractRoom + "/messages", "{\"text\": \"Hello\"}")
                .is(201);
        asClient().delete("/api/me/blocks/" + other).is(204);
        asOther.post("/api/rooms/" + conversation + "/messages", "{\"text\": \"Hello\"}")
                .is(201);
        asClient().put("/api/me/blocks/" + client, "").is(403, "yourself");
    }

    private static String invite(String freelancer) {
        var money = "{\"amount\": 1000, \"currency\": \"USD\"}";
        return """
                {"freelancerId": "%s", "message": "I know where you live", "price": %s, "deliveryDays": 7,
                 "milestones": [{"title": "All of it", "amount": %s, "days": 7}]}""".formatted(freelancer, money, money);
    }

    @Test
    void noInviteIsSentWhileOneBlocksTheOther() {
        var other = TestServer.newId("acc");
        var asOther = server.as(Role.FREELANCER, other);
        var invites = "/api/jobs/" + server.publishJob(client) + "/invites";
        var gig = server.publishGig(other);
        var order = "{\"tier\": \"BASIC\", \"revision\": 1, \"message\": \"Hello\"}";
        asOther.put("/api/me/blocks/" + client, "").is(204);
        asClient().post(invites, invite(other)).is(403, "invite-unavailable");
        asClient().post("/api/gigs/" + gig + "/orders", order).is(403, "invite-unavailable");
        asOther.delete("/api/me/blocks/" + client).is(204);
        asClient().put("/api/me/blocks/" + other, "").is(204);
        asClient().post(invites, invite(other)).is(403, "you-block");
        asClient().delete("/api/me/blocks/" + other).is(204);
        var sent = asClient().post(invites, invite(other)).is(201);
        asOther.put("/api/me/blocks/" + client, "").is(204);
        asClient()
                .post("/api/invites/" + sent.json().path("id").asText() + "/withdraw")
                .is(200);
        asClient().post(invites, invite(other)).is(403, "invite-unavailable");
    }

    @Test
    void noInviteIsSentAfterABlockAtTheSameMoment() {
        var other = TestServer.newId("acc");
        var job = server.publishJob(client);
        var isBlocked = new AtomicBoolean();
        server.suspended.whenAsked = account -> {
            boolean isCounted = account.equals(other) && isBlocked.compareAndSet(false, true);
            if (isCounted) server.execute(Room.AGGREGATE, room(client, other), new RoomCommand.Block(other, client));
        };
        try {
            asClient().post("/api/jobs/" + job + "/invites", invite(other)).is(403, "invite-unavailable");
        } finally {
            server.suspended.whenAsked = _ -> {};
        }
        assertThat(isBlocked).as("blocked after the request had arrived").isTrue();
        assertThat(server.entities
                        .state(Invite.AGGREGATE, Invite.id(job, other))
                        .toCompletableFuture()
                        .join())
                .isEqualTo(new Invite.NotCreated());
    }

    @Test
    void blockedAccountCannotOpenAConversation() {
        var other = TestServer.newId("acc");
        asClient().put("/api/me/blocks/" + other, "").is(204);
        server.as(Role.CLIENT, other)
                .post("/api/conversations", body("accountId", client))
                .is(403, "conversation-unavailable");
        asClient().post("/api/conversations", body("accountId", other)).is(403, "you-block");
    }

    private LiveClient inRoom(String account, String room) {
        var uri = URI.create("ws://127.0.0.1:" + binding.localAddress().getPort() + "/api/live");
        var opened = LiveClient.open(uri);
        opened.send("{\"type\":\"authenticate\",\"token\":\"" + account + ":ses_" + account + "\"}")
                .next("authenticated");
        opened.subscribe("room:" + room).skipTo("subscribed");
        return opened;
    }

    private static void skipToState(LiveClient client, String state) {
        while (!client.skipTo("presence").path("state").asText().equals(state)) {
            // An earlier state.
        }
    }

    private void signalBlock(String... accounts) {
        for (var it : accounts)
            ChangeSignal.of(server.classicSystem()).publish(List.of(new LiveSignal(LiveSignal.Kind.BLOCKS, it).key()));
    }

    @Test
    void presenceAndTypingAreHiddenWhileOneBlocksTheOther() {
        var other = TestServer.newId("acc");
        open(client, other);
        var contractRoom = Room.id(server.contract(client, other));
        try (var blocker = inRoom(client, contractRoom);
                var blocked = inRoom(other, contractRoom)) {
            skipToState(blocker, "ONLINE");
            skipToState(blocked, "ONLINE");
            asClient().put("/api/me/blocks/" + other, "").is(204);
            signalBlock(client, other);
            skipToState(blocked, "OFFLINE");
            skipToState(blocker, "OFFLINE");
            blocked.send("{\"type\":\"typing\",\"channel\":\"room:" + contractRoom + "\"}");
            asClient().delete("/api/me/blocks/" + other).is(204);
            signalBlock(client, other);
            assertThat(blocker.next("presence").path("state").asText())
                    .as("no typing before it")
                    .isEqualTo("ONLINE");
        }
    }

    private List<String> readersShownTo(String account, String room) {
        return server.as(Role.CLIENT, account)
                .get("/api/rooms/" + room)
                .is(200)
                .json()
                .path("readMarks")
                .valueStream()
                .map(it -> it.path("accountId").asText())
                .toList();
    }

    @Test
    void readMarksAreHiddenWhileOneBlocksTheOther() {
        var other = TestServer.newId("acc");
        var conversation = open(client, other);
        var contractRoom = Room.id(server.contract(client, other));
        server.readMarks.readers.addAll(List.of(client, other));
        server.message(contractRoom, other);
        assertThat(readersShownTo(other, conversation)).containsExactlyInAnyOrder(client, other);
        assertThat(readersShownTo(other, contractRoom)).containsExactlyInAnyOrder(client, other);
        try (var blocked = inRoom(other, contractRoom)) {
            asClient().put("/api/me/blocks/" + other, "").is(204);
            assertThat(readersShownTo(other, conversation)).containsExactly(other);
            assertThat(readersShownTo(other, contractRoom)).containsExactly(other);
            assertThat(readersShownTo(client, contractRoom)).containsExactly(client);
            asClient()
                    .post("/api/rooms/" + contractRoom + "/read", "{\"number\": 1}")
                    .is(204);
            asClient().delete("/api/me/blocks/" + other).is(204);
            server.message(contractRoom, other);
            asClient()
                    .post("/api/rooms/" + contractRoom + "/read", "{\"number\": 2}")
                    .is(204);
            assertThat(blocked.skipTo("read").path("number").asInt())
                    .as("the mark during the block is not shown")
                    .isEqualTo(2);
        }
    }

    @Test
    void removedMemberCannotBlockTheOther() {
        var other = TestServer.newId("acc");
        var conversation = open(client, other);
        server.as(Role.ADMIN, TestServer.newId("acc"))
                .post("/api/admin/rooms/" + conversation + "/members/" + other + "/remove", "{\"reason\": \"Abuse\"}")
                .is(200);
        server.as(Role.CLIENT, other).put("/api/me/blocks/" + client, "").is(404, "not-found");
        asClient()
                .post("/api/rooms/" + conversation + "/messages", "{\"text\": \"Hello\"}")
                .is(201);
        asClient().put("/api/me/blocks/" + other, "").is(204);
    }

    @Test
    void memberReportsAMessageAndAnAdminSettlesTheReport() {
        var contractRoom = Room.id(server.contract(client, freelancer));
        var path = "/api/rooms/" + contractRoom + "/abuse-reports";
        var report = "{\"messageNumber\": 7, \"reason\": \"Insults\"}";
        var before = Instant.now();
        var id = asFreelancer().post(path, report).is(201).json().path("id").asText();
        assertThat(asFreelancer().post(path, report).is(201).json().path("id").asText())
                .isEqualTo(id);
        assertThat(asClient().post(path, report).is(201).json().path("id").asText())
                .isNotEqualTo(id);
        server.as(Role.CLIENT, TestServer.newId("acc")).post(path, report).is(404);
        var admin = server.as(Role.ADMIN, TestServer.newId("acc"));
        var read = admin.get("/api/admin/abuse-reports/" + id).is(200).json();
        assertThat(read.path("accused").path("accountId").asText()).isEqualTo(client);
        assertThat(Instant.parse(read.path("filedAt").asText())).isBetween(before, Instant.now());
        assertThat(admin.get("/api/admin/abuse-reports")
                        .is(200)
                        .json()
                        .at("/items/0/filedAt")
                        .asText())
                .isNotEmpty();
        assertThat(read.at("/message/text").asText()).isEqualTo("<script>alert(1)</script>");
        assertThat(read.at("/history/texts/0/text").asText()).isEqualTo("I will hurt you");
        assertThat(read.at("/history/texts/1/text").asText()).isEqualTo("Have a nice day");
        assertThat(read.at("/history/deletedAt").asText()).isNotEmpty();
        var settled = admin.post(
                        "/api/admin/abuse-reports/" + id + "/settle",
                        "{\"outcome\": \"ACTION_TAKEN\", \"note\": \"Removed\"}")
                .is(200)
                .json();
        assertThat(settled.at("/resolution/outcome").asText()).isEqualTo("ACTION_TAKEN");
        assertThat(settled.at("/history/texts")).hasSize(2);
        assertThat(settled.path("filedAt")).isEqualTo(read.path("filedAt"));
        admin.post("/api/admin/abuse-reports/" + id + "/settle", "{\"outcome\": \"DISMISSED\", \"note\": \"No\"}")
                .is(409, "report-settled");
    }
}
