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

/** Where the two parties of a contract talk. */
public final class RoomEndpoints {
    private final AggregateApi<Room, RoomCommand, RoomRejection> rooms;
    private final Messages messages;

    public RoomEndpoints(Entities entities, Messages messages) {
        this.rooms = new AggregateApi<>(entities, Room.AGGREGATE, RoomEndpoints::problem);
        this.messages = messages;
    }

    public List<Endpoint<?, ?>> all() {
        return List.of(
                get("/api/rooms/{roomId}", "A room, for those in it")
                        .requiresLogin()
                        .returns(200, RoomView.class)
                        .handledBy(
                                call -> visible(call).thenApply(it -> RoomView.of(call.pathParameter("roomId"), it))),
                get("/api/rooms/{roomId}/messages", "What was said, the latest first")
                        .requiresLogin()
                        .returnsPageOf(MessageView.class)
                        .handledBy(this::read),
                post("/api/rooms/{roomId}/messages", "Say something")
                        .requiresLogin()
                        .accepts(NewMessage.class)
                        .returns(201, Posted.class)
                        .with(Endpoint.Feature.IDEMPOTENCY_KEY)
                        .problems(409, "room-state")
                        .problems(422, "nothing-said")
                        .handledBy(this::say));
    }

    public record NewMessage(@NotBlank @Size(max = 5_000) String text) {}

    /** A message that the journal has; its number and time are in the list. */
    public record Posted(String id, String roomId, String by, String text) {}

    /** @param number of the message in its room, from 1 without gaps */
    public record MessageView(String id, String roomId, long number, String by, String text, Instant at) {
        static MessageView of(MessageRow row) {
            return new MessageView(row.id(), row.roomId(), row.number(), row.by(), row.text(), row.at());
        }
    }

    /** @param messages how many there are */
    public record RoomView(
            String id, String contractId, String title, String clientId, String freelancerId, long messages) {
        static RoomView of(String id, Room room) {
            return switch (room) {
                case Room.NotCreated _ -> throw AggregateApi.notFound();
                case Room.Open it ->
                    new RoomView(id, it.contractId(), it.title(), it.clientId(), it.freelancerId(), it.messageCount());
            };
        }
    }

    private CompletionStage<Room> visible(Call<?> call) {
        return rooms.read(
                call.pathId("roomId", "rm"), it -> it.isVisibleTo(call.caller().id()));
    }

    private CompletionStage<Page<MessageView>> read(Call<Void> call) {
        return visible(call)
                .thenCompose(_ -> messages.ofRoom(call.pathParameter("roomId"), call.page()))
                .thenApply(page -> page.map(MessageView::of));
    }

    private CompletionStage<Posted> say(Call<NewMessage> call) {
        var room = call.pathId("roomId", "rm");
        var by = call.caller().id();
        var id = call.newId("msg");
        var text = call.body().text();
        return rooms.execute(call, room, new PostMessage(by, id, text)).thenApply(_ -> new Posted(id, room, by, text));
    }

    private static Problem problem(RoomRejection reason) {
        return switch (reason) {
            // A stranger is not told that it exists.
            case NOT_OPENED, NOT_YOURS -> AggregateApi.notFound();
            case OPENED_OTHERWISE -> new Problem(409, "room-state", "Read the room again before you go on.");
            case NOTHING_SAID -> new Problem(422, "nothing-said", "A message has at least one visible character.");
        };
    }
}
