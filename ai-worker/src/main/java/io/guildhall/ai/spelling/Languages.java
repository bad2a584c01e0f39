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

/** Words of other languages that look like mistyped English. */
record Languages(Set<String> markers, Set<String> known) {
    private static final String FILE = "/spelling/languages.tsv";

    static Languages load() {
        Set<String> telling = new HashSet<>();
        Set<String> wanted = new HashSet<>();
        try (BufferedReader reader = new BufferedReader(new InputStreamReader(
                Objects.requireNonNull(Languages.class.getResourceAsStream(FILE), FILE), StandardCharsets.UTF_8))) {
            reader.lines().filter(line -> !line.startsWith("#")).forEach(line -> {
                String[] columns = line.split("\t");
                telling.addAll(List.of(columns[1].split(" ")));
                wanted.addAll(List.of(columns[2].split(" ")));
            });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new Languages(Set.copyOf(telling), Set.copyOf(wanted));
    }

    /** Whether a word shows that what it stands in is not English. */
    boolean isMarker(String word) {
        return markers.contains(word);
    }

    boolean knows(String word) {
        return known.contains(word);
    }
}
