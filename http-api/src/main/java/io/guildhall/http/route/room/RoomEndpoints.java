package io.guildhall.http.route.room;

import static io.guildhall.http.endpoint.Endpoint.get;
import static io.guildhall.http.endpoint.Endpoint.post;

import io.guildhall.actors.Entities;
import io.guildhall.domain.room.Room;
import io.guildhall.domain.room.RoomCommand;
import io.guildhall.domain.room.RoomCommand.PostMessage;
import io.guildhall.domain.room.RoomRejection;
import io.guildhall.http.endpoint.Call;
import io.guildhall.http.endpoint.Endpoint;
import io.guildhall.http.endpoint.Problem;
import io.guildhall.http.route.AggregateApi;
import io.guildhall.projections.readmodel.Page;
import io.guildhall.projections.readmodel.room.MessageRow;
import io.guildhall.projections.readmodel.room.Messages;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** Read the room of a contract and exchange messages in it. */
public final class RoomEndpoints {
    private final AggregateApi<Room, RoomCommand, RoomRejection> rooms;
    private final Messages messages;

    public RoomEndpoints(Entities entities, Messages messages) {
        this.rooms = new AggregateApi<>(entities, Room.AGGREGATE, RoomEndpoints::problem);
        this.messages = messages;
    }

    public List<Endpoint<?, ?>> all() {
        return List.of(
                get("/api/rooms/{roomId}", "Get a room. Only the contract's client and freelancer can read it.")
                        .requiresLogin()
                        .returns(200, RoomResource.class)
                        .handledBy(call ->
                                visible(call).thenApply(it -> RoomResource.fromRoom(call.pathParameter("roomId"), it))),
                get("/api/rooms/{roomId}/messages", "List the messages of a room, newest first.")
                        .requiresLogin()
                        .returnsPageOf(MessageResource.class)
                        .handledBy(this::list),
                post("/api/rooms/{roomId}/messages", "Send a message.")
                        .requiresLogin()
                        .accepts(MessageFields.class)
                        .returns(201, SentMessage.class)
                        .with(Endpoint.Feature.IDEMPOTENCY_KEY)
                        .with(Endpoint.Feature.OPEN_TO_SUSPENDED)
                        .problems(409, "room-state")
                        .problems(422, "nothing-said")
                        .handledBy(this::send));
    }

    public record MessageFields(@NotBlank @Size(max = 5_000) String text) {}

    /** A message that was just sent. The list of messages adds its number and time. */
    public record SentMessage(String id, String roomId, String authorId, String text) {}

    /** @param number counts the messages of the room from 1, without gaps */
    public record MessageResource(String id, String roomId, long number, String authorId, String text, Instant sentAt) {
        public static MessageResource fromRow(MessageRow row) {
            return new MessageResource(row.id(), row.roomId(), row.number(), row.authorId(), row.text(), row.at());
        }
    }

    /** @param messageCount the number of messages in the room */
    public record RoomResource(
            String id, String contractId, String title, String clientId, String freelancerId, long messageCount) {
        static RoomResource fromRoom(String id, Room room) {
            return switch (room) {
                case Room.NotCreated _ -> throw AggregateApi.notFound();
                case Room.Open it ->
                    new RoomResource(
                            id, it.contractId(), it.title(), it.clientId(), it.freelancerId(), it.messageCount());
            };
        }
    }

    private CompletionStage<Room> visible(Call<?> call) {
        return rooms.read(
                call.pathId("roomId", "rm"), it -> it.isVisibleTo(call.caller().id()));
    }

    private CompletionStage<Page<MessageResource>> list(Call<Void> call) {
        return visible(call)
                .thenCompose(_ -> messages.ofRoom(call.pathParameter("roomId"), call.page()))
                .thenApply(page -> page.map(MessageResource::fromRow));
    }

    private CompletionStage<SentMessage> send(Call<MessageFields> call) {
        var roomId = call.pathId("roomId", "rm");
        var authorId = call.caller().id();
        var id = call.newId("msg");
        var text = call.body().text();
        return rooms.execute(call, roomId, new PostMessage(authorId, id, text))
                .thenApply(_ -> new SentMessage(id, roomId, authorId, text));
    }

    private static Problem problem(RoomRejection rejection) {
        return switch (rejection) {
            // Callers without access must not learn that the room exists.
            case NOT_OPENED, NOT_YOURS -> AggregateApi.notFound();
            case EXISTS_WITH_OTHER_TERMS ->
                new Problem(409, "room-state", "The room is in another state. Read it again.");
            case EMPTY_MESSAGE -> new Problem(422, "nothing-said", "A message needs at least one visible character.");
        };
    }
}
