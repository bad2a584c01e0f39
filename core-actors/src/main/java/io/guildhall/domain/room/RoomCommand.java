package io.guildhall.domain.room;

import java.util.List;
import java.util.Optional;

/** Commands that a room accepts. */
public sealed interface RoomCommand {
    record Open(String contractId, String title, String clientId, String freelancerId) implements RoomCommand {}

    /** A member acts in the room. A read-only room rejects all of these commands. */
    sealed interface MemberCommand extends RoomCommand {
        /** The account id of the member. */
        String by();
    }

    /** The contract of the room ended some time ago: its members can only read it from now on. */
    record MakeReadOnly() implements RoomCommand {}

    /**
     * @param messageId chosen by the sender; a message with a known id is a repeated request
     * @param replyTo the number of the message that this one replies to
     * @param mentions accounts that the text names; those that are not members are omitted
     * @param attachments files that the sender has uploaded to the room; absent if there are none. A message with files
     *     needs no text.
     */
    record PostMessage(
            String by,
            String messageId,
            String text,
            Optional<Long> replyTo,
            Optional<List<Mention>> mentions,
            Optional<List<Attachment>> attachments)
            implements MemberCommand {
        public PostMessage(String by, String messageId, String text) {
            this(by, messageId, text, Optional.empty(), Optional.empty(), Optional.empty());
        }
    }

    /** A member changes a message. */
    sealed interface ChangeMessage extends MemberCommand {
        /** Chosen by the sender; a change with a known id is a repeated request. */
        String changeId();

        MessageRef message();
    }

    /** @param mentions accounts that the text names; those that are not members are omitted */
    record EditMessage(String by, String changeId, MessageRef message, String text, Optional<List<Mention>> mentions)
            implements ChangeMessage {}

    record DeleteMessage(String by, String changeId, MessageRef message) implements ChangeMessage {}

    record AddReaction(String by, String changeId, MessageRef message, Reaction reaction) implements ChangeMessage {}

    record RemoveReaction(String by, String changeId, MessageRef message, Reaction reaction) implements ChangeMessage {}

    /**
     * Reports an event of the room's contract.
     *
     * @param messageId derived from the event
     * @param contractSequence the event's sequence number among the events of the contract; events are reported in
     *     their order, so a number that is not higher than the last one is a repeated request
     */
    record PostSystemMessage(String messageId, long contractSequence, SystemMessage content) implements RoomCommand {}

    /**
     * An admin removes a member from the room.
     *
     * @param by the account id of the admin
     */
    record RemoveMember(String by, String accountId, String reason) implements RoomCommand {}

    /**
     * An admin restores a removed member's access to the room.
     *
     * @param by the account id of the admin
     */
    record RestoreMember(String by, String accountId) implements RoomCommand {}

    /** A command to the room of two accounts, whose id is that of their conversation. */
    sealed interface ConversationCommand extends RoomCommand {
        String by();

        String otherId();
    }

    /** Opens the conversation unless it exists, and sends the message. */
    record OpenConversation(String by, String otherId, Optional<FirstMessage> message) implements ConversationCommand {
        public record FirstMessage(String id, String text) {}
    }

    /** An account does not want messages from the other one. */
    record Block(String by, String otherId) implements ConversationCommand {}

    record Unblock(String by, String otherId) implements ConversationCommand {}

    /** An account is about to send an invite to the other one. */
    record PermitInvite(String by, String otherId, String inviteId) implements ConversationCommand {}
}
