package io.guildhall.http.route;

import static io.guildhall.Await.result;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.guildhall.domain.account.Role;
import io.guildhall.domain.contract.Contract;
import io.guildhall.domain.gig.Gig;
import io.guildhall.domain.invite.Invite;
import io.guildhall.domain.job.Job;
import io.guildhall.domain.proposal.Proposal;
import io.guildhall.domain.room.Mention;
import io.guildhall.domain.room.Reaction;
import io.guildhall.domain.room.Room;
import io.guildhall.domain.room.RoomCommand;
import io.guildhall.http.server.HttpServer;
import io.guildhall.kernel.Aggregate;
import io.guildhall.projections.readmodel.live.Channel;
import io.guildhall.projections.readmodel.live.LiveEvent.Change;
import io.guildhall.projections.readmodel.room.MessageReaction;
import io.guildhall.projections.readmodel.room.MessageRow;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The frame of each kind of change contains what the API returns at the same time, for each of its readers. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LiveFramesTest {
    private final TestServer server = new TestServer();
    private final HttpServer.Binding binding = server.bind();
    private final String client = TestServer.newId("acc");
    private final String freelancer = TestServer.newId("acc");
    private final String room = Room.id(server.contract(client, freelancer));
    private final String readOnlyRoom = Room.id(server.contract(client, freelancer));
    private final String job = server.publishJob(client);
    private final List<Sample> samples = createSamples();

    /**
     * @param field JSON pointer of the content in the frame
     * @param path of the resource that contains the same
     * @param pathInResponse JSON pointer of the content in the response
     */
    private record Sample(Change change, List<Channel> channels, String field, String path, String pathInResponse) {
        @Override
        public String toString() {
            return change.getClass().getSimpleName();
        }
    }

    @AfterAll
    void close() {
        server.close();
    }

    private <S> S state(Aggregate<S, ?, ?, ?> aggregate, String id) {
        return result(server.entities.state(aggregate, id));
    }

    /** The channel of the client's account, and that of the freelancer's. */
    private List<Channel> both() {
        return List.of(Channel.me(client), Channel.me(freelancer));
    }

    private MessageRow message() {
        var sample = SampleMessages.message(room);
        return new MessageRow(
                sample.id(),
                room,
                sample.number(),
                Optional.of(client),
                "Hello @ada",
                sample.report(),
                sample.replyTo(),
                List.of(new Mention("ada", freelancer)),
                sample.attachments(),
                List.of(
                        new MessageReaction(Reaction.HEART, freelancer),
                        new MessageReaction(Reaction.HEART, client),
                        new MessageReaction(Reaction.EYES, client)),
                sample.at(),
                sample.editedAt(),
                Optional.empty(),
                sample.version());
    }

    List<Sample> samples() {
        return samples;
    }

    private List<Sample> createSamples() {
        var inRoom = List.of(Channel.of(Channel.Kind.ROOM, room));
        var message = message();
        server.messages.put(message.id(), message);
        var messagePath = "/api/rooms/" + room + "/messages/" + message.id();
        var ended = server.execute(Room.AGGREGATE, readOnlyRoom, new RoomCommand.MakeReadOnly());
        var contract = server.submittedContract(client, freelancer);
        var gig = server.publishGig(freelancer);
        var invite = server.invite(job, client, freelancer);
        var proposal = server.proposal(job, client, freelancer);
        return List.of(
                new Sample(new Change.MessagePosted(message), inRoom, "/message", messagePath, ""),
                new Sample(new Change.MessageChanged(message), inRoom, "/message", messagePath, ""),
                new Sample(
                        new Change.MemberChanged(client, false), inRoom, "/member", "/api/rooms/" + room, "/members/0"),
                new Sample(
                        new Change.RoomMadeReadOnly(ended.readOnlySince().orElseThrow()),
                        List.of(Channel.of(Channel.Kind.ROOM, readOnlyRoom)),
                        "/readOnlySince",
                        "/api/rooms/" + readOnlyRoom,
                        "/readOnlySince"),
                new Sample(
                        new Change.RoomListed("rm_1", Optional.of(SampleRows.room("rm_1"))),
                        both(),
                        "/room",
                        "/api/me/rooms",
                        "/items/0"),
                new Sample(
                        new Change.ContractChanged(contract, state(Contract.AGGREGATE, contract)),
                        List.of(Channel.of(Channel.Kind.CONTRACT, contract), both().getFirst(), both().getLast()),
                        "/contract",
                        "/api/contracts/" + contract,
                        ""),
                new Sample(
                        new Change.JobChanged(job, state(Job.AGGREGATE, job)),
                        List.of(Channel.of(Channel.Kind.JOB, job), Channel.me(client)),
                        "/job",
                        "/api/jobs/" + job,
                        ""),
                new Sample(
                        new Change.ProposalChanged(proposal, state(Proposal.AGGREGATE, proposal)),
                        both(),
                        "/proposal",
                        "/api/proposals/" + proposal,
                        ""),
                new Sample(
                        new Change.InviteChanged(invite, state(Invite.AGGREGATE, invite)),
                        both(),
                        "/invite",
                        "/api/invites/" + invite,
                        ""),
                new Sample(
                        new Change.GigChanged(gig, state(Gig.AGGREGATE, gig)),
                        List.of(Channel.me(freelancer)),
                        "/gig",
                        "/api/gigs/" + gig,
                        ""),
                new Sample(
                        new Change.Notified(SampleNotifications.ENTRY),
                        both(),
                        "/notification",
                        "/api/me/notifications",
                        "/items/0"));
    }

    private List<String> readers(Channel channel) {
        return channel.kind() == Channel.Kind.ME ? List.of(channel.id()) : List.of(client, freelancer);
    }

    private LiveClient logIn(String account) {
        var uri = URI.create("ws://127.0.0.1:" + binding.localAddress().getPort() + "/api/live");
        var opened = LiveClient.open(uri);
        opened.send("{\"type\":\"authenticate\",\"token\":\"" + account + ":ses_" + account + "\"}")
                .next("authenticated");
        return opened;
    }

    /** The next event; frames that are no events have no offset, or confirm a subscription. */
    private static JsonNode nextEvent(LiveClient from) {
        while (true) {
            var frame = from.next();
            if (frame.has("offset") && !frame.path("type").asText().equals("subscribed")) return frame;
        }
    }

    /** The signatures of links to files depend on the time. */
    private static JsonNode withoutSignatures(JsonNode content) {
        content.findParents("url")
                .forEach(it ->
                        ((ObjectNode) it).put("url", it.path("url").asText().replaceAll("\\?.*", "")));
        return content;
    }

    @ParameterizedTest
    @MethodSource("samples")
    void frameContainsWhatTheApiReturns(Sample sample) {
        for (var channel : sample.channels()) {
            for (var reader : readers(channel)) {
                try (var connection = logIn(reader)) {
                    connection.subscribe(channel.name()).skipTo("subscribed");
                    server.liveEvents.add(channel, sample.change());
                    var frame = nextEvent(connection);
                    var returned = server.as(Role.CLIENT, reader)
                            .get(sample.path())
                            .is(200)
                            .json();
                    assertThat(frame.path("channel").asText()).isEqualTo(channel.name());
                    var content = withoutSignatures(frame.at(sample.field()));
                    assertThat(content.isMissingNode()).as(frame.toString()).isFalse();
                    assertThat(content)
                            .as("%s for %s", channel.name(), reader)
                            .isEqualTo(withoutSignatures(returned.at(sample.pathInResponse())));
                }
            }
        }
    }

    @Test
    void everyKindOfChangeHasASample() {
        Set<Class<?>> kinds = samples.stream().map(it -> it.change().getClass()).collect(Collectors.toSet());
        assertThat(kinds).containsExactlyInAnyOrder(Change.class.getPermittedSubclasses());
    }
}
