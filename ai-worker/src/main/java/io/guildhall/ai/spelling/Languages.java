package io.guildhall.ai.spelling;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * Words of other languages that look like misspelled English.
 *
 * @param markers words that show that a text is not English
 * @param known words that must not be corrected
 */
record Languages(Set<String> markers, Set<String> known) {
    private static final String FILE = "/spelling/languages.tsv";

    static Languages load() {
        Set<String> markers = new HashSet<>();
        Set<String> known = new HashSet<>();
        try (BufferedReader reader = new BufferedReader(new InputStreamReader(
                Objects.requireNonNull(Languages.class.getResourceAsStream(FILE), FILE), StandardCharsets.UTF_8))) {
            reader.lines().filter(line -> !line.startsWith("#")).forEach(line -> {
                String[] columns = line.split("\t");
                markers.addAll(List.of(columns[1].split(" ")));
                known.addAll(List.of(columns[2].split(" ")));
            });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new Languages(Set.copyOf(markers), Set.copyOf(known));
    }

    /** Whether a word shows that its text is not English. */
    boolean isMarker(String word) {
        return markers.contains(word);
    }

    boolean knows(String word) {
        return known.contains(word);
    }
}
