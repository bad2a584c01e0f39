package io.guildhall.ai.eval;

import static java.util.Objects.requireNonNull;

import io.guildhall.ai.job.match.TitleIndex.Name;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The files of the MELO benchmark: job titles as queries, names of occupations to rank, and which of them are relevant.
 *
 * @param elements the names of all occupations, each with its element id. Names are ranked, not occupations
 */
record Melo(List<Query> queries, Map<Name, String> elements) {

    /** @param relevant ids of elements, never empty */
    record Query(String title, Set<String> relevant) {
        /** The occupations of the relevant elements. */
        Set<String> concepts() {
            return Set.copyOf(relevant.stream().map(Melo::concept).toList());
        }
    }

    /**
     * Reads the files {@code *_queries.tsv}, {@code *_corpus_elements.tsv} and {@code *_annotations.tsv} in a folder.
     */
    static Melo read(Path folder) throws IOException {
        Map<String, Set<String>> relevant = new HashMap<>();
        for (String[] line : lines(folder, "_annotations.tsv", 4)) {
            if (!line[3].equals("0"))
                relevant.computeIfAbsent(line[0], _ -> new HashSet<>()).add(line[2]);
        }
        return new Melo(
                lines(folder, "_queries.tsv", 2).stream()
                        .filter(line -> relevant.containsKey(line[0]))
                        .map(line -> new Query(line[1], requireNonNull(relevant.get(line[0]))))
                        .toList(),
                elements(lines(folder, "_corpus_elements.tsv", 2)));
    }

    private static Map<Name, String> elements(List<String[]> lines) {
        Map<Name, String> elements = new LinkedHashMap<>();
        for (String[] line : lines) elements.put(new Name(concept(line[0]), line[1]), line[0]);
        return elements;
    }

    /** The element {@code C001940_en_003} is the fourth name of the concept C001940. */
    static String concept(String element) {
        return element.substring(0, element.indexOf('_'));
    }

    private static List<String[]> lines(Path folder, String ending, int columns) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            Path file = files.filter(path -> path.getFileName().toString().endsWith(ending))
                    .findFirst()
                    .orElseThrow(() -> new IOException("no *" + ending + " in " + folder));
            List<String[]> lines = Files.readAllLines(file).stream()
                    .map(line -> line.split("\t"))
                    .toList();
            for (String[] line : lines) {
                if (line.length != columns)
                    throw new IOException(file + " has a line that does not have " + columns + " columns");
            }
            return lines;
        }
    }
}
