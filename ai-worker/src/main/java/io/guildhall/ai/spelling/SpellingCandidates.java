package io.guildhall.ai.spelling;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.StringField;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.spell.DirectSpellChecker;
import org.apache.lucene.search.spell.SuggestMode;
import org.apache.lucene.search.spell.SuggestWord;
import org.apache.lucene.store.ByteBuffersDirectory;

/** Finds words within two edits of a word, with Lucene's spell checker over an index in memory. */
final class SpellingCandidates {
    /** Switched off because it suggests a JVM option at every start that has no effect here. */
    private static final Logger LUCENE_LOG =
            Logger.getLogger("org.apache.lucene.internal.vectorization.VectorizationProvider");

    private static final String FIELD = "word";
    private static final int MAX_CANDIDATES = 25;

    private final DirectSpellChecker checker = new DirectSpellChecker();
    private final DirectoryReader reader;

    /** @param edits number of inserted, deleted, replaced or transposed letters */
    record Candidate(String word, int edits) {}

    SpellingCandidates(Stream<String> words) {
        LUCENE_LOG.setLevel(Level.OFF);
        checker.setMinPrefix(0);
        checker.setMinQueryLength(1);
        checker.setAccuracy(0);
        checker.setMaxEdits(2);
        ByteBuffersDirectory directory = new ByteBuffersDirectory();
        try {
            try (IndexWriter writer = new IndexWriter(directory, new IndexWriterConfig())) {
                Document all = new Document();
                words.forEach(word -> all.add(new StringField(FIELD, word, Field.Store.NO)));
                writer.addDocument(all);
            }
            reader = DirectoryReader.open(directory);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    List<Candidate> find(String word) {
        try {
            SuggestWord[] suggestions =
                    checker.suggestSimilar(new Term(FIELD, word), MAX_CANDIDATES, reader, SuggestMode.SUGGEST_ALWAYS);
            return Arrays.stream(suggestions)
                    .map(each -> new Candidate(each.string, edits(word, each)))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Computes the edits from Lucene's score, which is the share of the shorter word that is unchanged. */
    private static int edits(String word, SuggestWord suggestion) {
        return Math.round((1 - suggestion.score) * Math.min(word.length(), suggestion.string.length()));
    }
}
