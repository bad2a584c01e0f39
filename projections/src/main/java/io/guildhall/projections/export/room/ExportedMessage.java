package io.guildhall.projections.export.room;

import io.guildhall.domain.room.Mention;
import io.guildhall.domain.room.Reaction;
import io.guildhall.domain.room.SystemMessage;
import io.guildhall.projections.readmodel.room.MessageRow;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A message in the JSON files of an export.
 *
 * @param authorId absent if the system has written it on its own
 * @param text as it was written; empty if the message was deleted
 * @param report the contract event that a system message reports
 * @param replyTo the number of the message that this one replies to
 */
record ExportedMessage(
        long number,
        String id,
        Instant sentAt,
        Optional<String> authorId,
        Optional<String> author,
        String text,
        Optional<Report> report,
        Optional<Long> replyTo,
        List<Mention> mentions,
        List<File> files,
        List<ReactionBy> reactions,
        Optional<Instant> editedAt,
        Optional<Instant> deletedAt) {
    /**
     * @param link the page of the contract
     * @param milestone the number of the milestone
     */
    record Report(SystemMessage.Kind kind, String contractId, Optional<Integer> milestone, String link) {}

    /** @param path within the export; absent if the file does not exist any more */
    record File(String name, String mediaType, long bytes, Optional<String> path) {}

    record ReactionBy(Reaction reaction, String emoji, String accountId, String name) {}

    /** @param paths the path of each file within the export, by its id */
    static ExportedMessage from(MessageRow row, ExportedRoom room, String site, Map<String, String> paths) {
        return new ExportedMessage(
                row.number(),
                row.id(),
                row.at(),
                row.authorId(),
                row.authorId().map(room::name),
                row.text(),
                row.report()
                        .map(it -> new Report(
                                it.kind(), it.contractId(), it.milestone(), site + "/contracts/" + it.contractId())),
                row.replyTo(),
                row.mentions(),
                row.attachments().stream()
                        .map(it -> new File(
                                it.name(), it.mediaType(), it.bytes(), Optional.ofNullable(paths.get(it.fileId()))))
                        .toList(),
                row.reactions().stream()
                        .map(it -> new ReactionBy(
                                it.reaction(), it.reaction().emoji(), it.accountId(), room.name(it.accountId())))
                        .toList(),
                row.editedAt(),
                row.deletedAt());
    }
}
