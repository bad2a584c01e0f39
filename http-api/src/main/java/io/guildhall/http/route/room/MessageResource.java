package io.guildhall.http.route.room;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;

import io.guildhall.domain.room.Mention;
import io.guildhall.domain.room.Reaction;
import io.guildhall.domain.room.SystemMessage;
import io.guildhall.http.route.profile.UserResource;
import io.guildhall.projections.readmodel.notification.Link;
import io.guildhall.projections.readmodel.room.ContractReport;
import io.guildhall.projections.readmodel.room.MessageReaction;
import io.guildhall.projections.readmodel.room.MessageRow;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A message, as lists and live connections show it.
 *
 * @param number counts the messages of the room from 1, without gaps
 * @param text empty if the message was deleted, or has only files
 * @param links to the message: its room, and its number in the room
 */
public record MessageResource(
        String id,
        String roomId,
        long number,
        Optional<UserResource> author,
        String text,
        Optional<ReportResource> report,
        Optional<Long> replyTo,
        List<MentionResource> mentions,
        List<AttachmentResource> attachments,
        List<ReactionResource> reactions,
        Instant sentAt,
        Optional<Instant> editedAt,
        Optional<Instant> deletedAt,
        List<Link> links) {
    /**
     * A member whom the text names.
     *
     * @param handle as in the text
     */
    public record MentionResource(String handle, UserResource user) {
        static MentionResource from(Mention mention) {
            return new MentionResource(mention.handle(), UserResource.of(mention.accountId()));
        }
    }

    /** The reactions of one kind to a message. */
    public record ReactionResource(Reaction reaction, String emoji, long count, boolean mine) {}

    /**
     * A contract event that the system reports.
     *
     * @param links to the contract, and to the milestone
     */
    public record ReportResource(SystemMessage.Kind kind, List<Link> links) {
        static ReportResource from(ContractReport report) {
            var contract = Link.Kind.CONTRACT.link(report.contractId());
            var milestone = report.milestone().map(it -> Link.Kind.MILESTONE.link(it.toString()));
            return new ReportResource(
                    report.kind(),
                    Stream.concat(Stream.of(contract), milestone.stream()).toList());
        }
    }

    /** @param readerId the account that reads it, whose own reactions are marked */
    public static MessageResource forReader(MessageRow row, String readerId) {
        return new MessageResource(
                row.id(),
                row.roomId(),
                row.number(),
                row.authorId().map(UserResource::of),
                row.text(),
                row.report().map(ReportResource::from),
                row.replyTo(),
                row.mentions().stream().map(MentionResource::from).toList(),
                row.attachments().stream()
                        .map(it -> AttachmentResource.of(row.roomId(), it))
                        .toList(),
                reactions(row, readerId),
                row.at(),
                row.editedAt(),
                row.deletedAt(),
                List.of(Link.Kind.ROOM.link(row.roomId()), Link.Kind.MESSAGE.link(Long.toString(row.number()))));
    }

    private static List<ReactionResource> reactions(MessageRow row, String readerId) {
        var counts = row.reactions().stream()
                .collect(groupingBy(MessageReaction::reaction, () -> new EnumMap<>(Reaction.class), counting()));
        return counts.entrySet().stream()
                .map(it -> new ReactionResource(
                        it.getKey(),
                        it.getKey().emoji(),
                        it.getValue(),
                        row.has(new MessageReaction(it.getKey(), readerId))))
                .toList();
    }
}
