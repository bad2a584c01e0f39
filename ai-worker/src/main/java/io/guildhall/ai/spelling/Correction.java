package io.guildhall.ai.spelling;

import java.util.List;

/**
 * A search text with corrected spelling.
 *
 * @param text the original text if there are no changes
 * @param changes in the order of the text
 */
public record Correction(String text, List<Change> changes) {
    public Correction {
        changes = List.copyOf(changes);
    }

    /**
     * A corrected word.
     *
     * @param start offset of the word in the original text
     */
    public record Change(String from, String to, int start) {}
}
