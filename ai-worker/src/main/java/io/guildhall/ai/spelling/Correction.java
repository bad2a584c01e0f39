package io.guildhall.ai.spelling;

import java.util.List;

/**
 * A query as it was probably meant.
 *
 * @param text the query itself where nothing was changed
 * @param changes in its order
 */
public record Correction(String text, List<Change> changes) {
    public Correction {
        changes = List.copyOf(changes);
    }

    /**
     * A word that was taken for another.
     *
     * @param start offset of the word in the query as it was asked
     */
    public record Change(String from, String to, int start) {}
}
