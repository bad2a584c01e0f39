package io.guildhall.ai.spelling;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import morfologik.fsa.FSA;
import morfologik.fsa.FSATraversal;
import morfologik.fsa.MatchResult;
import morfologik.stemming.Dictionary;

/** The American and British dictionaries of LanguageTool, as automata of a few hundred kB. */
final class English {
    private static final String FOLDER = "/org/languagetool/resource/en/hunspell/";

    private final List<Dictionary> variants;

    private English(List<Dictionary> variants) {
        this.variants = variants;
    }

    static English load() {
        return new English(Stream.of("en_US", "en_GB").map(English::variant).toList());
    }

    private static Dictionary variant(String name) {
        try (InputStream words = resource(name + ".dict");
                InputStream about = resource(name + ".info")) {
            return Dictionary.read(words, about);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static InputStream resource(String name) {
        return Objects.requireNonNull(English.class.getResourceAsStream(FOLDER + name), name);
    }

    /** @param word in lower case. Also known if it is a name that is written with a capital letter */
    boolean knows(String word) {
        String name = word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1);
        return variants.stream().anyMatch(each -> contains(each, word) || contains(each, name));
    }

    /** An entry consists of the word, a separator and a letter for its frequency; 'A' is the rarest. */
    private static boolean contains(Dictionary variant, String word) {
        FSA entries = variant.fsa;
        MatchResult end = new FSATraversal(entries).match(word.getBytes(StandardCharsets.UTF_8));
        return end.kind == MatchResult.SEQUENCE_IS_A_PREFIX
                && entries.getArc(end.node, variant.metadata.getSeparator()) != 0;
    }

    /** Returns the words of the letters a to z that have at least this frequency, with their frequencies. */
    Map<String, Integer> frequent(int minFrequency) {
        Map<String, Integer> frequent = new HashMap<>();
        for (Dictionary variant : variants) {
            for (ByteBuffer entry : variant.fsa) {
                int separator = entry.limit() - 2;
                int frequency = entry.get(separator + 1) - 'A';
                if (frequency >= minFrequency && isPlain(entry, separator))
                    frequent.merge(
                            new String(entry.array(), entry.arrayOffset(), separator, StandardCharsets.US_ASCII),
                            frequency,
                            Math::max);
            }
        }
        return frequent;
    }

    private static boolean isPlain(ByteBuffer entry, int length) {
        for (int i = 0; i < length; i++) if (entry.get(i) < 'a' || entry.get(i) > 'z') return false;
        return true;
    }
}
