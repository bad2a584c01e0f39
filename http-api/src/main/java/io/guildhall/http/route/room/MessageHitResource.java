package io.guildhall.http.route.room;

import io.guildhall.projections.readmodel.room.MessageHit;
import java.util.List;

/**
 * A message that a search has found.
 *
 * @param excerpt the part of the text around the first match, divided into matches and the text between them
 * @param startsBefore whether the text continues before the excerpt
 * @param continuesAfter whether the text continues after the excerpt
 */
public record MessageHitResource(
        MessageResource message, List<ExcerptPart> excerpt, boolean startsBefore, boolean continuesAfter) {

    /** @param match whether it is one of the words that were searched for */
    public record ExcerptPart(String text, boolean match) {}

    static MessageHitResource forReader(MessageHit hit, String readerId) {
        return new MessageHitResource(
                MessageResource.forReader(hit.message(), readerId),
                hit.excerpt().stream()
                        .map(it -> new ExcerptPart(it.text(), it.isMatch()))
                        .toList(),
                hit.startsBefore(),
                hit.continuesAfter());
    }
}
