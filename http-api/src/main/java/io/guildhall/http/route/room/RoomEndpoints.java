package io.guildhall.http.route.room;

import static io.guildhall.http.endpoint.Endpoint.get;
import static io.guildhall.http.endpoint.Endpoint.post;
import static java.util.concurrent.CompletableFuture.failedFuture;

import io.guildhall.actors.Entities;
import io.guildhall.domain.room.Attachment;
import io.guildhall.domain.room.MessageLog.Posting;
import io.guildhall.domain.room.Room;
import io.guildhall.domain.room.RoomCommand;
import io.guildhall.domain.room.RoomCommand.PostMessage;
import io.guildhall.domain.room.RoomRejection;
import io.guildhall.http.endpoint.AccountLimit;
import io.guildhall.http.endpoint.Call;
import io.guildhall.http.endpoint.Endpoint;
import io.guildhall.http.endpoint.Problem;
import io.guildhall.http.endpoint.Query;
import io.guildhall.http.route.AggregateApi;
import io.guildhall.http.route.profile.UserResource;
import io.guildhall.http.text.Paragraphs;
import io.guildhall.http.text.PlainText;
import io.guildhall.port.RoomFiles;
import io.guildhall.projections.readmodel.Page;
import io.guildhall.projections.readmodel.room.Counters;
import io.guildhall.projections.readmodel.room.MessageRow;
import io.guildhall.projections.readmodel.room.Messages;
import io.guildhall.projections.readmodel.room.ReadMarkQueries;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.stream.Stream;

/** Read rooms, list and send messages, move read marks, and count what is unread. */
public final class RoomEndpoints {
    private static final Query<Optional<Long>> BEFORE = number(
            "before", "Only messages with lower numbers, newest first. Cannot be combined with `after` or `around`.");
    private static final Query<Optional<Long>> AFTER = number(
            "after", "Only messages with higher numbers, oldest first. Cannot be combined with `before` or `around`.");
    private static final Query<Optional<Long>> AROUND = number(
            "around",
            "The message with this number and those before and after it, as one page. Continue with `before` and `after`.");

    private static Query<Optional<Long>> number(String name, String description) {
        return Query.longInteger(name, 0, Long.MAX_VALUE, description);
    }

    /** For new messages in all rooms, and the first messages of conversations. */
    public static final AccountLimit POSTS =
            AccountLimit.perMinute("message", 120, "sent too many messages").withBytesPerMinute(256 * 1024);

    private static final String READ_ONLY = "room-read-only";

    private final AggregateApi<Room, RoomCommand, RoomRejection> rooms;
    private final Mentions mentions;
    private final VisibleMembers visibleMembers;
    private final Messages messages;
    private final ReadMarkQueries readMarks;
    private final ReadMarkUpdates readMarkUpdates;
    private final RoomFiles files;

    public RoomEndpoints(
            Entities entities,
            Messages messages,
            ReadMarkQueries readMarks,
            ReadMarkUpdates readMarkUpdates,
            RoomFiles files) {
        this.rooms = new AggregateApi<>(entities, Room.AGGREGATE, RoomEndpoints::problem);
        this.mentions = new Mentions(entities);
        this.visibleMembers = new VisibleMembers(entities);
        this.messages = messages;
        this.readMarks = readMarks;
        this.readMarkUpdates = readMarkUpdates;
        this.files = files;
    }

    public List<Endpoint<?, ?>> all() {
        return List.of(
                get("/api/rooms/{roomId}", "Get a room. Only its two members can read it.")
                        .requiresLogin()
                        .returns(200, RoomResource.class)
                        .handledBy(this::read),
                get(
                                "/api/rooms/{roomId}/messages",
                                "List the messages of a room, newest first; after a message, oldest first.")
                        .requiresLogin()
                        .returnsPageOf(MessageResource.class)
                        .queries(BEFORE, AFTER, AROUND)
                        .handledBy(this::list),
                post("/api/rooms/{roomId}/messages", "Send a message.")
                        .requiresLogin()
                        .accepts(MessageFields.class)
                        .returns(201, SentMessage.class)
                        .with(Endpoint.Feature.IDEMPOTENCY_KEY)
                        .with(Endpoint.Feature.OPEN_TO_SUSPENDED)
                        .problems(403, "conversation-unavailable", "you-block")
                        .limited(POSTS)
                        .problems(409, "room-state", "room-read-only")
                        .problems(422, "nothing-said", "no-such-message", "file-not-yours")
                        .handledBy(this::send),
                post("/api/rooms/{roomId}/read", "Move your read mark forward. A number before the mark is ignored.")
                        .requiresLogin()
                        .accepts(ReadFields.class)
                        .with(Endpoint.Feature.OPEN_TO_SUSPENDED)
                        .problems(422, "no-such-message")
                        .handledBy(call -> readMarkUpdates.markRead(
                                call.pathId("roomId", "rm"),
                                call.caller().id(),
                                call.body().number())),
                get("/api/me/counters", "Count your unread messages and notifications.")
                        .requiresLogin()
                        .returns(200, CountersResource.class)
                        .handledBy(this::count));
    }

    public record ReadFields(@Min(1) long number) {}

    public record MessageFields(
            Optional<@Paragraphs(max = 5_000) String> text,
            Optional<@Min(1) Long> replyTo,
            Optional<@Size(max = Attachment.MAX_PER_MESSAGE) List<@NotBlank @PlainText(max = 64) String>>
                    attachments) {}

    /** A message that was just sent. */
    public record SentMessage(
            String id,
            Optional<Long> number,
            Optional<Instant> sentAt,
            String roomId,
            UserResource author,
            String text,
            List<AttachmentResource> attachments) {
        private static SentMessage of(String roomId, Room room, PostMessage message) {
            var sent = room.findContent().flatMap(it -> it.log().findPosting(message.messageId()));
            return new SentMessage(
                    message.messageId(),
                    sent.map(Posting::number),
                    sent.map(Posting::at),
                    roomId,
                    UserResource.of(message.by()),
                    message.text(),
                    message.attachments().orElse(List.of()).stream()
                            .map(it -> AttachmentResource.of(roomId, it))
                            .toList());
        }
    }

    private CompletionStage<Room> visible(Call<?> call) {
        return rooms.read(
                call.pathId("roomId", "rm"), it -> it.isVisibleTo(call.caller().id()));
    }

    private CompletionStage<RoomResource> read(Call<Void> call) {
        var id = call.pathId("roomId", "rm");
        return visible(call)
                .thenCompose(room -> visibleMembers
                        .of(room, call.caller().id())
                        .thenCombine(
                                readMarks.ofRoom(id),
                                (visible, marks) -> RoomResource.from(
                                        id,
                                        room,
                                        marks.stream()
                                                .filter(it -> it.accountId()
                                                                .equals(call.caller()
                                                                        .id())
                                                        || visible.contains(it.accountId()))
                                                .toList())));
    }

    private CompletionStage<CountersResource> count(Call<Void> call) {
        var id = call.caller().id();
        return readMarks
                .counters(Set.of(id))
                .thenApply(it -> CountersResource.of(it.getOrDefault(id, Counters.NOTHING)));
    }

    private CompletionStage<Page<MessageResource>> list(Call<Void> call) {
        var reader = call.caller().id();
        return visible(call)
                .thenCompose(_ -> messages(call, call.pathParameter("roomId")))
                .thenApply(page -> page.map(it -> MessageResource.forReader(it, reader)));
    }

    private CompletionStage<Page<MessageRow>> messages(Call<Void> call, String roomId) {
        var before = call.query(BEFORE);
        var after = call.query(AFTER);
        var around = call.query(AROUND);
        var page = call.page();
        if (Stream.of(before, after, around).filter(Optional::isPresent).count() > 1)
            throw new Problem(400, "bad-query", "Send only one of before, after and around.");
        if (around.isPresent() && page.cursor().isPresent())
            throw new Problem(
                    400, "bad-query", "Messages around a number are one page. Continue with before or after.");
        if (around.isPresent())
            return messages.around(roomId, around.get(), page.limit())
                    .thenApply(rows -> new Page<>(rows, Optional.empty()));
        if (after.isPresent()) return messages.after(roomId, after.get(), page);
        return before.isPresent() ? messages.before(roomId, before.get(), page) : messages.ofRoom(roomId, page);
    }

    private CompletionStage<SentMessage> send(Call<MessageFields> call) {
        var roomId = call.pathId("roomId", "rm");
        var authorId = call.caller().id();
        var id = call.newId("msg");
        var text = call.body().text().orElse("");
        var fileIds =
                call.body().attachments().orElse(List.of()).stream().distinct().toList();
        return visible(call)
                .thenCompose(room -> mentions.find(room, text))
                .thenCombine(
                        RoomFileEndpoints.attachments(files, call, fileIds),
                        (named, attached) -> new PostMessage(
                                authorId, id, text, call.body().replyTo(), named, Optional.of(attached)))
                .thenCompose(message ->
                        write(rooms, call, roomId, message).thenApply(room -> SentMessage.of(roomId, room, message)));
    }

    /** Adds to the problem since when a room is read-only, which the rejection does not contain. */
    static CompletionStage<Room> write(
            AggregateApi<Room, RoomCommand, RoomRejection> rooms, Call<?> call, String roomId, RoomCommand command) {
        return rooms.execute(call, roomId, command)
                .exceptionallyCompose(failure -> isReadOnly(failure)
                        ? rooms.read(roomId).thenCompose(room -> failedFuture(readOnlyProblem(room)))
                        : failedFuture(failure));
    }

    private static boolean isReadOnly(Throwable failure) {
        var cause = failure instanceof CompletionException ? failure.getCause() : failure;
        return cause instanceof Problem it && it.code().equals(READ_ONLY);
    }

    /** @throws Problem 409 if the room is read-only */
    static void requireWritable(Room room) {
        if (room.readOnlySince().isPresent()) throw readOnlyProblem(room);
    }

    private static Problem readOnlyProblem(Room room) {
        return readOnly(room.readOnlySince().map(it -> " since " + it).orElse(""));
    }

    private static Problem readOnly(String since) {
        return new Problem(
                409,
                READ_ONLY,
                "The room has been read-only" + since
                        + ", because its contract has ended. You can still read and search"
                        + " its messages. To write to the other party, start a conversation.");
    }

    public static Problem problem(RoomRejection rejection) {
        return switch (rejection) {
            // Callers without access must not learn that the room exists.
            case NOT_OPENED, NOT_YOURS -> AggregateApi.notFound();
            case NOT_A_MEMBER -> new Problem(404, "member-not-found", "The account is not a member of this room.");
            case EXISTS_WITH_OTHER_TERMS ->
                new Problem(409, "room-state", "The room is in another state. Read it again.");
            case READ_ONLY -> readOnly("");
            case BLOCKED -> new Problem(403, "conversation-unavailable", "You cannot send messages to this account.");
            case YOU_BLOCK ->
                new Problem(403, "you-block", "You have blocked this account. Unblock it to send messages.");
            case NO_SUCH_MESSAGE -> new Problem(422, "no-such-message", "The room has no message with this number.");
            case NOT_YOUR_MESSAGE ->
                new Problem(403, "not-your-message", "Only the author of a message can edit or delete it.");
            case EMPTY_MESSAGE ->
                new Problem(422, "nothing-said", "A message needs at least one visible character or a file.");
        };
    }
}
