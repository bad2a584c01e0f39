package io.guildhall.projections.view.room;

import io.guildhall.projections.readmodel.room.MessageHit;
import io.guildhall.projections.readmodel.room.MessageHit.Part;
import io.guildhall.projections.readmodel.room.MessageRow;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/** Cuts the part around the first match out of a message. */
final class MessageExcerpt {
    private static final int MAX_LENGTH = 240;
    private static final int MAX_BEFORE_MATCH = 80;

    private MessageExcerpt() {}

    /**
     * @param text of the message, or the names of its files
     * @param highlighted the text with a mark around each match
     */
    static MessageHit of(MessageRow message, String text, String highlighted) {
        var matches = matches(text, highlighted);
        int first = Math.max(0, matches.nextSetBit(0));
        int start = first <= MAX_BEFORE_MATCH ? 0 : wordStart(text, first - MAX_BEFORE_MATCH, first);
        int end = text.length() - start <= MAX_LENGTH ? text.length() : wordEnd(text, start, start + MAX_LENGTH);
        return new MessageHit(message, parts(text, matches, start, end), start > 0, end < text.length());
    }

    /**
     * The positions in the text of all characters that belong to matches. None if the positions are unknown: PostgreSQL
     * omits very long words from what it highlights.
     */
    private static BitSet matches(String text, String highlighted) {
        var matches = new BitSet();
        boolean isMatch = false;
        int position = 0;
        for (int i = 0; i < highlighted.length(); i++) {
            switch (highlighted.charAt(i)) {
                case MessageSearch.MATCH_START -> isMatch = true;
                case MessageSearch.MATCH_END -> isMatch = false;
                default -> matches.set(position++, isMatch);
            }
        }
        return position == text.length() ? matches : new BitSet();
    }

    /** The first start of a word after the position; the position if there is none before the match. */
    private static int wordStart(String text, int position, int match) {
        for (int i = position; i < match; i++) if (Character.isWhitespace(text.charAt(i))) return i + 1;
        return characterStart(text, position);
    }

    /** The last end of a word before the position; the position if the last word is very long. */
    private static int wordEnd(String text, int start, int position) {
        for (int i = position; i > start + MAX_LENGTH / 2; i--) if (Character.isWhitespace(text.charAt(i))) return i;
        return characterStart(text, position);
    }

    /** Not within a pair of surrogates. */
    private static int characterStart(String text, int position) {
        return Character.isLowSurrogate(text.charAt(position)) ? position - 1 : position;
    }

    private static List<Part> parts(String text, BitSet matches, int start, int end) {
        var parts = new ArrayList<Part>();
        for (int from = start; from < end; ) {
            boolean isMatch = matches.get(from);
            int next = isMatch ? matches.nextClearBit(from) : matches.nextSetBit(from);
            int to = next < 0 ? end : Math.min(next, end);
            parts.add(new Part(text.substring(from, to), isMatch));
            from = to;
        }
        return parts;
    }
}
