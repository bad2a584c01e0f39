package io.guildhall.projections.readmodel.room;

import java.util.List;

/**
 * A message that a search has found.
 *
 * @param excerpt the part of the text around the first match, in order and without gaps; of a message that has only files,
 *     of their names; never empty
 * @param startsBefore whether the text continues before the excerpt
 * @param continuesAfter whether the text continues after the excerpt
 */
public record MessageHit(MessageRow message, List<Part> excerpt, boolean startsBefore, boolean continuesAfter) {
    /** @param isMatch whether it is one of the words that were searched for */
    public record Part(String text, boolean isMatch) {}
}
