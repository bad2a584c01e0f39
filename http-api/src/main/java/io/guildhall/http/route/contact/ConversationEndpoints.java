package io.guildhall.http.route.contact;

import static io.guildhall.http.endpoint.Endpoint.post;

import io.guildhall.actors.Entities;
import io.guildhall.domain.contact.Contacts;
import io.guildhall.domain.contact.ContactsCommand;
import io.guildhall.domain.contact.ContactsCommand.RequestConversation;
import io.guildhall.domain.contact.ContactsRejection;
import io.guildhall.domain.room.Room;
import io.guildhall.domain.room.RoomCommand;
import io.guildhall.domain.room.RoomCommand.OpenConversation;
import io.guildhall.domain.room.RoomCommand.OpenConversation.FirstMessage;
import io.guildhall.domain.room.RoomRejection;
import io.guildhall.http.endpoint.Call;
import io.guildhall.http.endpoint.Endpoint;
import io.guildhall.http.endpoint.Formats;
import io.guildhall.http.endpoint.Problem;
import io.guildhall.http.endpoint.SuspensionProblems;
import io.guildhall.http.route.AggregateApi;
import io.guildhall.http.route.profile.UserResource;
import io.guildhall.http.route.room.RoomEndpoints;
import io.guildhall.http.text.Paragraphs;
import jakarta.validation.constraints.Pattern;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** Start a conversation without a contract. */
public final class ConversationEndpoints {
    private final AggregateApi<Contacts, ContactsCommand, ContactsRejection> contacts;
    private final AggregateApi<Room, RoomCommand, RoomRejection> rooms;
    private final Counterparties counterparties;

    public ConversationEndpoints(Entities entities, Counterparties counterparties) {
        this.contacts = new AggregateApi<>(entities, Contacts.AGGREGATE, ConversationEndpoints::problem);
        this.rooms = new AggregateApi<>(entities, Room.AGGREGATE, RoomEndpoints::problem);
        this.counterparties = counterparties;
    }

    public List<Endpoint<?, ?>> all() {
        return List.of(post(
                        "/api/conversations",
                        "Start a conversation: as a client with the freelancer of a profile, gig, proposal or invite; as a"
                                + " freelancer with the client of your proposal or invite. Read the room for the result. If the"
                                + " conversation exists, its room is returned, with your message.")
                .requiresLogin()
                .accepts(ConversationFields.class)
                .returns(202, ConversationResource.class)
                .with(Endpoint.Feature.IDEMPOTENCY_KEY)
                .limited(RoomEndpoints.POSTS)
                .problems(403, "yourself", "conversation-unavailable", "you-block", "client-required")
                .problems(404, "not-found")
                .problems(409, "counterpart-suspended", "too-many-conversations")
                .problems(422, "one-counterpart", "not-a-freelancer")
                .handledBy(this::start));
    }

    /** Exactly one of the ids names the other account. */
    public record ConversationFields(
            Optional<@Pattern(regexp = Formats.ACCOUNT_ID) String> accountId,
            Optional<@Pattern(regexp = Formats.GIG_ID) String> gigId,
            Optional<@Pattern(regexp = Formats.PROPOSAL_ID) String> proposalId,
            Optional<@Pattern(regexp = Formats.INVITE_ID) String> inviteId,
            Optional<@Paragraphs(min = 1, max = 5_000) String> text) {}

    public record ConversationResource(String roomId, UserResource other, boolean open) {}

    private CompletionStage<ConversationResource> start(Call<ConversationFields> call) {
        var me = call.caller().id();
        var requestId = call.newId("msg");
        return counterparties.find(call).thenCompose(counterparty -> {
            if (counterparty.id().equals(me)) throw problem(ContactsRejection.YOURSELF);
            var roomId = Room.conversationId(me, counterparty.id());
            return rooms.read(roomId).thenCompose(room -> switch (room) {
                case Room.Open _, Room.ReadOnly _ -> write(call, roomId, counterparty.id(), requestId);
                case Room.NotCreated _, Room.Unopened _ -> request(call, roomId, room, counterparty, requestId);
            });
        });
    }

    /** The conversation exists: this starts nothing new. */
    private CompletionStage<ConversationResource> write(
            Call<ConversationFields> call, String roomId, String otherId, String messageId) {
        var message = call.body().text().map(it -> new FirstMessage(messageId, it));
        return rooms.execute(call, roomId, new OpenConversation(call.caller().id(), otherId, message))
                .thenApply(_ -> new ConversationResource(roomId, UserResource.of(otherId), true));
    }

    /** Checks blocks early, for a clear problem. The room decides again when it is opened. */
    private CompletionStage<ConversationResource> request(
            Call<ConversationFields> call,
            String roomId,
            Room room,
            Counterparties.Counterparty counterparty,
            String requestId) {
        var me = call.caller().id();
        if (room.blockedBy().contains(me)) throw RoomEndpoints.problem(RoomRejection.YOU_BLOCK);
        if (!room.blockedBy().isEmpty()) throw RoomEndpoints.problem(RoomRejection.BLOCKED);
        var command = new RequestConversation(
                me,
                counterparty.id(),
                requestId,
                counterparty.evidence(),
                call.body().text());
        return contacts.execute(call, me, command)
                .thenApply(_ -> new ConversationResource(roomId, UserResource.of(counterparty.id()), false));
    }

    private static Problem problem(ContactsRejection rejection) {
        return switch (rejection) {
            case YOURSELF -> new Problem(403, "yourself", "You cannot start a conversation with yourself.");
            case TOO_MANY_TODAY ->
                new Problem(
                        409,
                        "too-many-conversations",
                        "You can start " + Contacts.MAX_A_DAY + " new conversations a day. Try again tomorrow (UTC).");
            case TOO_MANY_INVITES, TOO_MANY_INVITES_TO_ONE ->
                throw new IllegalArgumentException(rejection + " is about invites");
            case CALLER_SUSPENDED -> SuspensionProblems.caller();
            case COUNTERPART_SUSPENDED -> SuspensionProblems.counterparty();
        };
    }
}
