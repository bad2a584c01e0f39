package io.guildhall.domain.room;

import static io.guildhall.domain.room.RoomRejection.BLOCKED;
import static io.guildhall.domain.room.RoomRejection.EMPTY_MESSAGE;
import static io.guildhall.domain.room.RoomRejection.NOT_YOURS;
import static io.guildhall.domain.room.RoomRejection.READ_ONLY;
import static io.guildhall.domain.room.RoomRejection.YOU_BLOCK;
import static io.guildhall.kernel.Decision.accept;
import static io.guildhall.kernel.Decision.reject;

import io.guildhall.domain.room.RoomCommand.Block;
import io.guildhall.domain.room.RoomCommand.ConversationCommand;
import io.guildhall.domain.room.RoomCommand.OpenConversation;
import io.guildhall.domain.room.RoomCommand.PermitInvite;
import io.guildhall.domain.room.RoomCommand.PostMessage;
import io.guildhall.domain.room.RoomCommand.Unblock;
import io.guildhall.domain.room.RoomEvent.Blocked;
import io.guildhall.domain.room.RoomEvent.ConversationOpened;
import io.guildhall.domain.room.RoomEvent.InvitePermitted;
import io.guildhall.domain.room.RoomEvent.MessagePosted;
import io.guildhall.domain.room.RoomEvent.Unblocked;
import io.guildhall.kernel.Decision;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Decides about conversations, blocks and invites. All are decided by the room, so that no conversation is opened and no
 * invite is permitted after a block.
 */
record ConversationDecisions(Room room, Instant now) {
    Decision<RoomEvent, RoomRejection> decide(ConversationCommand command) {
        boolean blocks = room.blockedBy().contains(command.by());
        return switch (command) {
            case Block block when isRemoved(block.by()) -> reject(NOT_YOURS);
            case Block block -> blocks ? accept() : accept(new Blocked(block.by(), block.otherId(), now));
            case Unblock unblock -> blocks ? accept(new Unblocked(unblock.by(), unblock.otherId(), now)) : accept();
            case OpenConversation _, PermitInvite _ when blocks -> reject(YOU_BLOCK);
            case OpenConversation _, PermitInvite _ when !room.blockedBy().isEmpty() -> reject(BLOCKED);
            case PermitInvite it
            when room.relation().permittedInviteId().equals(Optional.of(it.inviteId())) -> accept();
            case PermitInvite it -> accept(new InvitePermitted(it.by(), it.otherId(), it.inviteId(), now));
            case OpenConversation open
            when open.message().filter(it -> it.text().isBlank()).isPresent() -> reject(EMPTY_MESSAGE);
            case OpenConversation open -> open(open);
        };
    }

    /** Whether an admin has removed the account from the conversation. */
    private boolean isRemoved(String accountId) {
        return room.findContent().filter(it -> !it.hasMember(accountId)).isPresent();
    }

    private Decision<RoomEvent, RoomRejection> open(OpenConversation command) {
        return switch (room) {
            case Room.NotCreated _, Room.Unopened _ -> {
                var opened = new ConversationOpened(command.by(), command.otherId(), now);
                var message = command.message().stream()
                        .map(it -> new MessagePosted(it.id(), 1, command.by(), it.text(), now));
                yield accept(
                        Stream.<RoomEvent>concat(Stream.of(opened), message).toArray(RoomEvent[]::new));
            }
            case Room.Open open when !open.hasMember(command.by()) -> reject(NOT_YOURS);
            case Room.ReadOnly _ -> reject(READ_ONLY);
            // The other account has opened it at the same time.
            case Room.Open _ ->
                command.message()
                        .map(it -> room.decide(new PostMessage(command.by(), it.id(), it.text()), now))
                        .orElseGet(Decision::accept);
        };
    }
}
