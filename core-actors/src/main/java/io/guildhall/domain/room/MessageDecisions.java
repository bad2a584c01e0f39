package io.guildhall.domain.room;

import static io.guildhall.domain.room.RoomRejection.*;
import static io.guildhall.kernel.Decision.accept;
import static io.guildhall.kernel.Decision.reject;

import io.guildhall.domain.room.RoomCommand.AddReaction;
import io.guildhall.domain.room.RoomCommand.ChangeMessage;
import io.guildhall.domain.room.RoomCommand.DeleteMessage;
import io.guildhall.domain.room.RoomCommand.EditMessage;
import io.guildhall.domain.room.RoomCommand.MemberCommand;
import io.guildhall.domain.room.RoomCommand.PostMessage;
import io.guildhall.domain.room.RoomCommand.PostSystemMessage;
import io.guildhall.domain.room.RoomCommand.RemoveReaction;
import io.guildhall.domain.room.RoomEvent.*;
import io.guildhall.kernel.Decision;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Decides about the messages of an open room. */
record MessageDecisions(Room.Open room, Instant now) {
    Decision<RoomEvent, RoomRejection> decide(MemberCommand command) {
        if (!room.hasMember(command.by())) return reject(NOT_YOURS);
        return switch (command) {
            // Authors can also delete their messages while one of the two accounts blocks the other.
            case DeleteMessage deletion -> change(deletion);
            case MemberCommand _ when room.blockedBy().contains(command.by()) -> reject(YOU_BLOCK);
            case MemberCommand _ when !room.blockedBy().isEmpty() -> reject(BLOCKED);
            case PostMessage message -> post(message);
            case ChangeMessage change -> change(change);
        };
    }

    private Decision<RoomEvent, RoomRejection> post(PostMessage message) {
        var log = room.log();
        var attachments = message.attachments().filter(it -> !it.isEmpty());
        if (message.text().isBlank() && attachments.isEmpty()) return reject(EMPTY_MESSAGE);
        if (log.hasRecent(message.messageId())) return accept();
        if (message.replyTo().filter(it -> !log.contains(it)).isPresent()) return reject(NO_SUCH_MESSAGE);
        return accept(new MessagePosted(
                message.messageId(),
                log.count() + 1,
                message.by(),
                message.text(),
                message.replyTo(),
                members(message.mentions()),
                attachments,
                now));
    }

    private Decision<RoomEvent, RoomRejection> change(ChangeMessage command) {
        if (!room.log().contains(command.message().number())) return reject(NO_SUCH_MESSAGE);
        if (isRestricted(command)) return reject(NOT_YOUR_MESSAGE);
        if (command instanceof EditMessage edit && edit.text().isBlank()) return reject(EMPTY_MESSAGE);
        if (room.log().recentChangeIds().contains(command.changeId())) return accept();
        return accept(event(command));
    }

    /** Whether the member is not allowed to do this to a message of another author. */
    private static boolean isRestricted(ChangeMessage command) {
        return switch (command) {
            case EditMessage _, DeleteMessage _ -> !command.message().authorId().equals(Optional.of(command.by()));
            case AddReaction _, RemoveReaction _ -> false;
        };
    }

    private RoomEvent event(ChangeMessage command) {
        var id = command.message().id();
        var number = command.message().number();
        return switch (command) {
            case EditMessage it ->
                new MessageEdited(id, number, it.changeId(), it.by(), it.text(), members(it.mentions()), now);
            case DeleteMessage it -> new MessageDeleted(id, number, it.changeId(), it.by(), now);
            case AddReaction it -> new ReactionAdded(id, number, it.changeId(), it.by(), it.reaction(), now);
            case RemoveReaction it -> new ReactionRemoved(id, number, it.changeId(), it.by(), it.reaction(), now);
        };
    }

    Decision<RoomEvent, RoomRejection> report(PostSystemMessage message) {
        var log = room.log();
        if (message.contractSequence() <= log.contractSequence()) return accept();
        return accept(new SystemMessagePosted(
                message.messageId(), log.count() + 1, message.content(), message.contractSequence(), now));
    }

    /** Those of the mentioned accounts that are members; absent if there are none. */
    private Optional<List<Mention>> members(Optional<List<Mention>> mentions) {
        return mentions.map(all -> all.stream()
                        .filter(it -> room.hasMember(it.accountId()))
                        .distinct()
                        .toList())
                .filter(it -> !it.isEmpty());
    }
}
