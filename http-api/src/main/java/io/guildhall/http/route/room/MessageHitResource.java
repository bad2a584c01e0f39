package io.guildhall.http.route.room;

import io.guildhall.projections.readmodel.room.MessageHit;
import java.util.List;

/** A message that a search has found. */
public record MessageHitResource(
        MessageResource message, List<ExcerptPart> excerpt, boolean startsBefore, boolean continuesAfter) {

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
