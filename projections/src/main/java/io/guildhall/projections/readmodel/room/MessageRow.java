package io.guildhall.projections.readmodel.room;

import io.guildhall.domain.room.Attachment;
import io.guildhall.domain.room.Mention;
import io.guildhall.domain.room.RoomEvent.MessageChange;
import io.guildhall.domain.room.RoomEvent.MessageDeleted;
import io.guildhall.domain.room.RoomEvent.MessageEdited;
import io.guildhall.domain.room.RoomEvent.MessagePosted;
import io.guildhall.domain.room.RoomEvent.PostEvent;
import io.guildhall.domain.room.RoomEvent.ReactionAdded;
import io.guildhall.domain.room.RoomEvent.ReactionRemoved;
import io.guildhall.domain.room.RoomEvent.SystemMessagePosted;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A message in its present state.
 *
 * @param number the message's number in its room, from 1 without gaps
 * @param authorId the member who has sent it, or whose action a system message reports; empty if no party has acted
 * @param text empty if the message was deleted
 * @param report only system messages have one
 * @param replyTo the number of the message that this one replies to
 * @param attachments the author's files, in their order; none if the message was deleted
 * @param editedAt when the text was last changed
 * @param version the sequence number of the last event of the room that has changed the message
 */
public record MessageRow(
        String id,
        String roomId,
        long number,
        Optional<String> authorId,
        String text,
        Optional<ContractReport> report,
        Optional<Long> replyTo,
        List<Mention> mentions,
        List<Attachment> attachments,
        List<MessageReaction> reactions,
        Instant at,
        Optional<Instant> editedAt,
        Optional<Instant> deletedAt,
        long version) {
    /** The message after it was posted. */
    public static MessageRow posted(String roomId, PostEvent event, long sequence) {
        return switch (event) {
            case MessagePosted e ->
                create(
                        roomId,
                        e,
                        sequence,
                        Optional.of(e.by()),
                        e.text(),
                        Optional.empty(),
                        e.replyTo(),
                        e.mentions().orElse(List.of()),
                        e.attachments().orElse(List.of()));
            case SystemMessagePosted e -> {
                var content = e.content();
                yield create(
                        roomId,
                        e,
                        sequence,
                        content.by(),
                        SystemTexts.text(content),
                        Optional.of(new ContractReport(content.kind(), content.contractId(), content.milestone())),
                        Optional.empty(),
                        List.of(),
                        List.of());
            }
        };
    }

    private static MessageRow create(
            String roomId,
            PostEvent event,
            long sequence,
            Optional<String> authorId,
            String text,
            Optional<ContractReport> report,
            Optional<Long> replyTo,
            List<Mention> mentions,
            List<Attachment> attachments) {
        return new MessageRow(
                event.messageId(),
                roomId,
                event.number(),
                authorId,
                text,
                report,
                replyTo,
                mentions,
                attachments,
                List.of(),
                event.at(),
                Optional.empty(),
                Optional.empty(),
                sequence);
    }

    public boolean isDeleted() {
        return deletedAt.isPresent();
    }

    /** The file with this id. */
    public Optional<Attachment> attachment(String fileId) {
        return attachments.stream().filter(it -> it.fileId().equals(fileId)).findFirst();
    }

    /** Whether a member has this reaction to the message. */
    public boolean has(MessageReaction reaction) {
        return reactions.contains(reaction);
    }

    /**
     * The message after an event. An event that it includes already changes nothing, and neither does an event after its
     * deletion.
     *
     * @param sequence the sequence number of the event
     */
    public MessageRow after(MessageChange event, long sequence) {
        if (sequence <= version) return this;
        if (isDeleted()) return at(sequence);
        return switch (event) {
            case MessageEdited e when e.text().equals(text) -> at(sequence);
            case MessageEdited e ->
                with(e.text(), e.mentions().orElse(List.of()), reactions, Optional.of(e.at()), sequence);
            case MessageDeleted e -> deleted(e.at(), sequence);
            case ReactionAdded e -> {
                var added = new MessageReaction(e.reaction(), e.by());
                yield has(added)
                        ? at(sequence)
                        : withReactions(Stream.concat(reactions.stream(), Stream.of(added)), sequence);
            }
            case ReactionRemoved e -> {
                var removed = new MessageReaction(e.reaction(), e.by());
                yield withReactions(reactions.stream().filter(it -> !it.equals(removed)), sequence);
            }
        };
    }

    private MessageRow at(long sequence) {
        return with(text, mentions, reactions, editedAt, sequence);
    }

    private MessageRow withReactions(Stream<MessageReaction> present, long sequence) {
        return with(text, mentions, present.toList(), editedAt, sequence);
    }

    private MessageRow with(
            String newText,
            List<Mention> newMentions,
            List<MessageReaction> newReactions,
            Optional<Instant> newEditedAt,
            long sequence) {
        return new MessageRow(
                id,
                roomId,
                number,
                authorId,
                newText,
                report,
                replyTo,
                newMentions,
                attachments,
                newReactions,
                at,
                newEditedAt,
                deletedAt,
                sequence);
    }

    /** Who has sent it, its number and its times remain. */
    private MessageRow deleted(Instant when, long sequence) {
        return new MessageRow(
                id,
                roomId,
                number,
                authorId,
                "",
                report,
                replyTo,
                List.of(),
                List.of(),
                List.of(),
                at,
                editedAt,
                Optional.of(when),
                sequence);
    }
}
