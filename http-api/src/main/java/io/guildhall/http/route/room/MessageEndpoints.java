package io.guildhall.http.route.room;

import static io.guildhall.http.endpoint.Endpoint.delete;
import static io.guildhall.http.endpoint.Endpoint.get;
import static io.guildhall.http.endpoint.Endpoint.put;
import static java.util.concurrent.CompletableFuture.completedFuture;

import io.guildhall.actors.Entities;
import io.guildhall.domain.room.MessageRef;
import io.guildhall.domain.room.Reaction;
import io.guildhall.domain.room.Room;
import io.guildhall.domain.room.RoomCommand;
import io.guildhall.domain.room.RoomCommand.AddReaction;
import io.guildhall.domain.room.RoomCommand.ChangeMessage;
import io.guildhall.domain.room.RoomCommand.DeleteMessage;
import io.guildhall.domain.room.RoomCommand.EditMessage;
import io.guildhall.domain.room.RoomCommand.RemoveReaction;
import io.guildhall.domain.room.RoomRejection;
import io.guildhall.http.endpoint.AccountLimit;
import io.guildhall.http.endpoint.Call;
import io.guildhall.http.endpoint.Endpoint;
import io.guildhall.http.endpoint.EndpointBuilder;
import io.guildhall.http.endpoint.Problem;
import io.guildhall.http.route.AggregateApi;
import io.guildhall.http.text.Paragraphs;
import io.guildhall.projections.readmodel.Page;
import io.guildhall.projections.readmodel.room.CurrentMessages;
import io.guildhall.projections.readmodel.room.MessageReaction;
import io.guildhall.projections.readmodel.room.MessageRevisionRow;
import io.guildhall.projections.readmodel.room.MessageRow;
import io.guildhall.projections.readmodel.room.Messages;
import jakarta.validation.constraints.NotBlank;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.BiFunction;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Read single messages and their earlier texts, edit and delete the caller's own messages, and react to messages. */
public final class MessageEndpoints {
    private static final String MESSAGE = "/api/rooms/{roomId}/messages/{messageId}";
    private static final String REACTION = MESSAGE + "/reactions/{reaction}";
    private static final AccountLimit CHANGES =
            AccountLimit.perMinute("message-change", 120, "changed too many messages");

    private final AggregateApi<Room, RoomCommand, RoomRejection> rooms;
    private final Mentions mentions;
    private final Messages messages;
    private final CurrentMessages current;

    public MessageEndpoints(Entities entities, Messages messages, CurrentMessages current) {
        this.rooms = new AggregateApi<>(entities, Room.AGGREGATE, RoomEndpoints::problem);
        this.mentions = new Mentions(entities);
        this.messages = messages;
        this.current = current;
    }

    public List<Endpoint<?, ?>> all() {
        return List.of(
                get(MESSAGE, "Get a message.")
                        .requiresLogin()
                        .returns(200, MessageResource.class)
                        .handledBy(call -> find(call).thenApply(it -> resource(call, it))),
                put(MESSAGE, "Edit your message. Members can read its earlier texts.")
                        .requiresLogin()
                        .accepts(EditFields.class)
                        .returns(200, MessageResource.class)
                        .with(Endpoint.Feature.OPEN_TO_SUSPENDED)
                        .problems(403, "not-your-message", "conversation-unavailable", "you-block")
                        .problems(409, "message-deleted", "room-read-only")
                        .problems(422, "nothing-said")
                        .limited(CHANGES)
                        .handledBy(this::edit),
                delete(MESSAGE, "Delete your message. Its number and author stay in the list.")
                        .requiresLogin()
                        .returns(200, MessageResource.class)
                        .with(Endpoint.Feature.OPEN_TO_SUSPENDED)
                        .problems(403, "not-your-message")
                        .problems(409, "room-read-only")
                        .limited(CHANGES)
                        .handledBy(this::remove),
                get(MESSAGE + "/revisions", "List the earlier texts of an edited message, newest first.")
                        .requiresLogin()
                        .returnsPageOf(RevisionResource.class)
                        .handledBy(this::revisions),
                reaction(put(REACTION, "React to a message.")).handledBy(this::react),
                reaction(delete(REACTION, "Remove your reaction to a message.")).handledBy(this::takeBack));
    }

    private static EndpointBuilder<Void, MessageResource> reaction(EndpointBuilder<Void, Void> builder) {
        return builder.requiresLogin()
                .returns(200, MessageResource.class)
                .with(Endpoint.Feature.OPEN_TO_SUSPENDED)
                .problems(403, "conversation-unavailable", "you-block")
                .problems(409, "message-deleted", "room-read-only")
                .limited(CHANGES);
    }

    public record EditFields(
            @NotBlank @Paragraphs(max = 5_000) String text) {}

    public record RevisionResource(String text, Instant sentAt) {
        static RevisionResource fromRow(MessageRevisionRow row) {
            return new RevisionResource(row.text(), row.at());
        }
    }

    private static MessageResource resource(Call<?> call, MessageRow row) {
        return MessageResource.forReader(row, call.caller().id());
    }

    private CompletionStage<MessageRow> find(Call<?> call) {
        return visible(call).thenCompose(_ -> present(call, call.pathId("roomId", "rm")));
    }

    private CompletionStage<Room> visible(Call<?> call) {
        return rooms.read(
                call.pathId("roomId", "rm"), it -> it.isVisibleTo(call.caller().id()));
    }

    private CompletionStage<MessageRow> present(Call<?> call, String roomId) {
        return current.find(roomId, call.pathId("messageId", "msg"))
                .thenApply(it -> it.orElseThrow(AggregateApi::notFound));
    }

    private CompletionStage<Page<RevisionResource>> revisions(Call<Void> call) {
        return find(call)
                .thenCompose(it -> messages.revisions(it.roomId(), it.number(), call.page()))
                .thenApply(page -> page.map(RevisionResource::fromRow));
    }

    private CompletionStage<MessageResource> edit(Call<EditFields> call) {
        var text = call.body().text();
        var caller = call.caller().id();
        return visible(call)
                .thenCompose(room -> mentions.find(room, text))
                .thenCompose(named -> change(
                        call,
                        it -> it.text().equals(text)
                                && it.authorId().equals(Optional.of(caller))
                                && it.report().isEmpty(),
                        (id, message) -> new EditMessage(caller, id, message, text, named)));
    }

    private CompletionStage<MessageResource> react(Call<Void> call) {
        var mine = reaction(call);
        return change(
                call,
                it -> it.has(mine),
                (id, message) -> new AddReaction(mine.accountId(), id, message, mine.reaction()));
    }

    private CompletionStage<MessageResource> takeBack(Call<Void> call) {
        var mine = reaction(call);
        return change(
                call,
                it -> !it.has(mine),
                (id, message) -> new RemoveReaction(mine.accountId(), id, message, mine.reaction()));
    }

    private static MessageReaction reaction(Call<?> call) {
        var name = call.pathParameter("reaction");
        return Stream.of(Reaction.values())
                .filter(it -> it.name().equals(name))
                .findFirst()
                .map(it -> new MessageReaction(it, call.caller().id()))
                .orElseThrow(() -> new Problem(
                        404,
                        "not-found",
                        Stream.of(Reaction.values())
                                .map(Enum::name)
                                .collect(Collectors.joining(", ", "No such reaction. Reactions are ", "."))));
    }

    private CompletionStage<MessageResource> remove(Call<Void> call) {
        return find(call)
                .thenCompose(it -> it.isDeleted()
                        ? completedFuture(it)
                        : send(call, new DeleteMessage(call.caller().id(), call.newId("chg"), ref(it))))
                .thenApply(it -> resource(call, it));
    }

    /**
     * @param isChanged whether the message has this change already
     * @throws Problem (in the stage) 409 if the message was deleted, also in the meantime
     */
    private CompletionStage<MessageResource> change(
            Call<?> call, Predicate<MessageRow> isChanged, BiFunction<String, MessageRef, ChangeMessage> command) {
        return find(call)
                .thenApply(MessageEndpoints::notDeleted)
                .thenCompose(it -> isChanged.test(it)
                        ? completedFuture(it)
                        : send(call, command.apply(call.newId("chg"), ref(it))))
                .thenApply(it -> resource(call, notDeleted(it)));
    }

    private static MessageRow notDeleted(MessageRow row) {
        if (row.isDeleted()) throw new Problem(409, "message-deleted", "The message was deleted.");
        return row;
    }

    private CompletionStage<MessageRow> send(Call<?> call, ChangeMessage command) {
        var roomId = call.pathId("roomId", "rm");
        return RoomEndpoints.write(rooms, call, roomId, command).thenCompose(_ -> present(call, roomId));
    }

    /** No member can edit or delete a message of the system, although it names the member who has acted. */
    private static MessageRef ref(MessageRow row) {
        return new MessageRef(
                row.id(), row.number(), row.authorId().filter(_ -> row.report().isEmpty()));
    }
}
