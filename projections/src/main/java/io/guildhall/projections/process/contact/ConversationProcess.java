package io.guildhall.projections.process.contact;

import static io.guildhall.projections.Process.on;

import io.guildhall.actors.Entities;
import io.guildhall.domain.contact.Contacts;
import io.guildhall.domain.contact.ContactsCommand.RecordUnopened;
import io.guildhall.domain.contact.ContactsEvent;
import io.guildhall.domain.contact.ContactsEvent.ConversationNotOpened;
import io.guildhall.domain.contact.ContactsEvent.ConversationRequested;
import io.guildhall.domain.contact.ContactsEvent.InviteCounted;
import io.guildhall.domain.room.Room;
import io.guildhall.domain.room.RoomCommand.OpenConversation;
import io.guildhall.domain.room.RoomCommand.OpenConversation.FirstMessage;
import io.guildhall.domain.room.RoomRejection;
import io.guildhall.projections.Process;
import io.guildhall.projections.Recorded;
import io.guildhall.projections.Start;
import io.guildhall.projections.process.CommandSender;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** Opens the conversations that accounts have requested. */
public final class ConversationProcess implements Process {
    private final CommandSender sender;

    public ConversationProcess(Entities entities) {
        this.sender = new CommandSender(entities);
    }

    @Override
    public String name() {
        return "conversation";
    }

    @Override
    public Start start() {
        return Start.beginning();
    }

    @Override
    public List<Subscription<?>> follows() {
        return List.of(on(Contacts.AGGREGATE, this::onContactsEvent));
    }

    private CompletionStage<Void> onContactsEvent(Recorded<ContactsEvent> recorded) {
        return switch (recorded.event()) {
            case ConversationRequested e -> {
                var id = Room.conversationId(e.by(), e.otherId());
                var message = e.text().map(it -> new FirstMessage(e.requestId(), it));
                var open = new OpenConversation(e.by(), e.otherId(), message);
                yield sender.send(
                        recorded, Room.AGGREGATE, id, open, rejection -> onRejection(recorded, id, e, open, rejection));
            }
            case ConversationNotOpened _, InviteCounted _ -> CommandSender.NOTHING;
        };
    }

    private CompletionStage<Void> onRejection(
            Recorded<ContactsEvent> recorded,
            String id,
            ConversationRequested request,
            OpenConversation command,
            RoomRejection rejection) {
        return switch (rejection) {
            // An account was blocked, or removed by an admin, after the request. Then there is no conversation.
            case BLOCKED, YOU_BLOCK, NOT_YOURS ->
                sender.send(
                        recorded,
                        Contacts.AGGREGATE,
                        recorded.entityId(),
                        new RecordUnopened(request.by(), request.otherId(), request.requestId()),
                        it -> CommandSender.unexpected(Contacts.AGGREGATE, recorded.entityId(), command, it));
            case NOT_OPENED,
                    EXISTS_WITH_OTHER_TERMS,
                    NOT_A_MEMBER,
                    EMPTY_MESSAGE,
                    READ_ONLY,
                    NO_SUCH_MESSAGE,
                    NOT_YOUR_MESSAGE -> CommandSender.unexpected(Room.AGGREGATE, id, command, rejection);
        };
    }
}
