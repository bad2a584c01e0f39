package io.guildhall.ai.taxonomy;

import io.guildhall.ai.taxonomy.Token.Gap;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Splits a text into words, in one pass. A word consists of letters and digits, and of the marks that distinguish
 * "C++", "C#" and ".NET" from "C" and "net". "&amp;" is the word "and". E-mail addresses and URLs contain no words.
 */
final class Tokenizer {
    private static final Pattern MARKS = Pattern.compile("\\p{M}+");
    private static final Set<Integer> MARK =
            Set.of((int) Character.NON_SPACING_MARK, (int) Character.COMBINING_SPACING_MARK);

    private final String text;
    private final List<Token> words = new ArrayList<>();
    private Gap gap = Gap.BREAK;
    private int position;

    private Tokenizer(String text) {
        this.text = text;
    }

    static List<Token> tokenize(String text) {
        return new Tokenizer(text).tokens();
    }

    /**
     * Returns the key by which names are compared: the words, separated by spaces. Equal for "React.js", "react-js" and
     * "React JS".
     */
    static String key(String name) {
        return tokenize(name).stream().map(Token::key).collect(Collectors.joining(" "));
    }

    private List<Token> tokens() {
        while (position < text.length()) {
            if (isBlank(position - 1) && isAddress()) {
                gap = Gap.BREAK;
            } else if (Character.isLetterOrDigit(text.codePointAt(position)) || isLeadingDot()) {
                word();
            } else {
                other();
            }
        }
        return words;
    }

    private void word() {
        int start = position;
        position += Character.charCount(text.codePointAt(position));
        while (isWordPart(position)) position += Character.charCount(text.codePointAt(position));
        if (Character.isLetter(text.codePointBefore(position))) suffix();
        add(folded(text.substring(start, position)), start);
    }

    /** Includes the "+", "++" or "#" at the end of a name, but not a mark between two names ("React+Redux"). */
    private void suffix() {
        int end = position;
        while (end < text.length() && end < position + 2 && text.charAt(end) == '+') end++;
        if (end == position && end < text.length() && text.charAt(end) == '#') end++;
        if (end >= text.length() || !Character.isLetter(text.codePointAt(end))) position = end;
    }

    private void add(String key, int start) {
        words.add(new Token(key, start, position, gap));
        gap = Gap.TIGHT;
    }

    private void other() {
        int start = position;
        int mark = text.codePointAt(position);
        position += Character.charCount(mark);
        if (mark == '&') {
            add("and", start);
            return;
        }
        Gap wider = gapOf(mark, start);
        // The stronger separator counts: ", " is a comma, " / " a slash.
        if (wider.compareTo(gap) > 0) gap = wider;
    }

    private Gap gapOf(int mark, int start) {
        boolean isNextToSpace = isBlank(start - 1) || isBlank(position);
        return switch (mark) {
            case '.', '\'', '’' -> isNextToSpace ? Gap.BREAK : Gap.TIGHT;
            case '-', '\u2010', '\u2011' -> isNextToSpace ? Gap.LIST : Gap.TIGHT;
            case '_' -> Gap.TIGHT;
            case '/' -> Gap.SLASH;
            case ',', ';', '|', '+', '\u2022', '\u00b7', '*', '\n', '\r', '\u2013', '\u2014' -> Gap.LIST;
            default -> isSpace(mark) ? Gap.SPACE : Gap.BREAK;
        };
    }

    /** Skips an address that begins here. Examines each character once. */
    private boolean isAddress() {
        int end = position;
        boolean address = text.startsWith("www.", position);
        while (end < text.length() && !isBlank(end)) {
            if ((text.charAt(end) == '@' && end > position) || text.startsWith("://", end)) address = true;
            end++;
        }
        if (address) position = end;
        return address;
    }

    private boolean isLeadingDot() {
        return text.charAt(position) == '.'
                && position + 1 < text.length()
                && Character.isLetter(text.codePointAt(position + 1))
                && (isBlank(position - 1) || "(,/".indexOf(text.charAt(position - 1)) >= 0);
    }

    private boolean isWordPart(int index) {
        if (index >= text.length()) return false;
        int c = text.codePointAt(index);
        return Character.isLetterOrDigit(c) || MARK.contains(Character.getType(c));
    }

    private boolean isBlank(int index) {
        return index < 0 || index >= text.length() || isSpace(text.charAt(index));
    }

    private static boolean isSpace(int c) {
        return Character.isWhitespace(c) || Character.isSpaceChar(c);
    }

    private static String folded(String word) {
        String lower = word.toLowerCase(Locale.ROOT);
        for (int i = 0; i < lower.length(); i++)
            if (lower.charAt(i) > 127)
                return MARKS.matcher(Normalizer.normalize(lower, Normalizer.Form.NFKD))
                        .replaceAll("");
        return lower;
    }
}
