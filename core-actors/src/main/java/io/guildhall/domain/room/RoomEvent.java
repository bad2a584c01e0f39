package io.guildhall.domain.room;

import io.guildhall.kernel.JournalName;
import io.guildhall.kernel.Journalled;
import io.guildhall.kernel.Personal;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Events of a room, stored permanently: add new ones, never change existing ones. */
public sealed interface RoomEvent extends Journalled {
    Instant at();

    @JournalName("room.opened")
    record Opened(
            String contractId,
            @Personal(of = {"clientId", "freelancerId"}) String title,
            String clientId,
            String freelancerId,
            Instant at)
            implements RoomEvent {}

    /** A message was posted or changed. */
    sealed interface MessageEvent extends RoomEvent {
        String messageId();

        /** The number of the message in its room, from 1 without gaps. */
        long number();
    }

    /** A message was posted. It has the next number. */
    sealed interface PostEvent extends MessageEvent {}

    /** A member has changed a message. An event that does not apply, such as one after the deletion, has no effect. */
    sealed interface MessageChange extends MessageEvent {
        /** Identifies a command that is sent again. */
        String changeId();

        String by();
    }

    /**
     * @param number of the message in its room, from 1 without gaps
     * @param replyTo the number of the message that this one replies to
     * @param mentions absent if there are none
     * @param attachments absent if there are none
     */
    @JournalName("room.said")
    record MessagePosted(
            String messageId,
            long number,
            String by,
            @Personal(of = "by") String text,
            Optional<Long> replyTo,
            Optional<List<Mention>> mentions,
            Optional<List<Attachment>> attachments,
            Instant at)
            implements PostEvent {
        public MessagePosted(String messageId, long number, String by, String text, Instant at) {
            this(messageId, number, by, text, Optional.empty(), Optional.empty(), Optional.empty(), at);
        }
    }

    /** @param contractSequence the sequence number of the reported event among the events of the contract */
    @JournalName("room.system-message-posted")
    record SystemMessagePosted(String messageId, long number, SystemMessage content, long contractSequence, Instant at)
            implements PostEvent {}

    @JournalName("room.message-edited")
    record MessageEdited(
            String messageId,
            long number,
            String changeId,
            String by,
            @Personal(of = "by") String text,
            Optional<List<Mention>> mentions,
            Instant at)
            implements MessageChange {}

    @JournalName("room.message-deleted")
    record MessageDeleted(String messageId, long number, String changeId, String by, Instant at)
            implements MessageChange {}

    @JournalName("room.reaction-added")
    record ReactionAdded(String messageId, long number, String changeId, String by, Reaction reaction, Instant at)
            implements MessageChange {}

    @JournalName("room.reaction-removed")
    record ReactionRemoved(String messageId, long number, String changeId, String by, Reaction reaction, Instant at)
            implements MessageChange {}

    /** A member gains or loses access. */
    sealed interface MemberEvent extends RoomEvent {
        String accountId();
    }

    /** The members can only read the room from now on. */
    @JournalName("room.made-read-only")
    record MadeReadOnly(Instant at) implements RoomEvent {}

    /** @param by the account id of the admin who has removed the member */
    @JournalName("room.member-removed")
    record MemberRemoved(
            String accountId,
            String by,
            @Personal(of = "accountId") String reason,
            Instant at) implements MemberEvent {}

    /** @param by the account id of the admin who has restored the member's access */
    @JournalName("room.member-restored")
    record MemberRestored(String accountId, String by, Instant at) implements MemberEvent {}

    /** Two accounts have a conversation without a contract. */
    @JournalName("room.conversation-opened")
    record ConversationOpened(String by, String otherId, Instant at) implements RoomEvent {}

    /** What one of two accounts has decided about the other, whether or not their conversation was opened. */
    sealed interface PairEvent extends RoomEvent {
        String by();

        String otherId();
    }

    @JournalName("room.blocked")
    record Blocked(String by, String otherId, Instant at) implements PairEvent {}

    @JournalName("room.unblocked")
    record Unblocked(String by, String otherId, Instant at) implements PairEvent {}

    /**
     * Neither account blocked the other when one of them invited the other. The invite follows; a later block does not
     * prevent it.
     */
    @JournalName("room.invite-permitted")
    record InvitePermitted(String by, String otherId, String inviteId, Instant at) implements PairEvent {}
}
