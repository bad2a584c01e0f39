package io.guildhall.domain.room;

import java.util.Optional;

/** Commands that a room accepts. */
public sealed interface RoomCommand {
    record Open(String contractId, String title, String clientId, String freelancerId) implements RoomCommand {}

    /** A member acts in the room. A read-only room rejects all of these commands. */
    sealed interface MemberCommand extends RoomCommand {
        /** The account id of the member. */
        String by();
    }

    /** @param messageId chosen by the sender; a message with a known id is a repeated request */
    record PostMessage(String by, String messageId, String text) implements MemberCommand {}

    /** The contract of the room ended some time ago: its members can only read it from now on. */
    record MakeReadOnly() implements RoomCommand {}

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
}
