package io.guildhall.ai.job.match;

import static java.util.Objects.requireNonNull;

import io.guildhall.ai.port.Embedder;
import io.guildhall.ai.port.Embedder.Failure;
import io.guildhall.ai.port.Embedder.Purpose;
import io.guildhall.ai.port.Embedder.Result;
import io.guildhall.ai.port.Embedder.Vectors;
import io.guildhall.ai.port.PreparedText;
import io.guildhall.ai.port.UnitVectors;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * Maps free job titles to concepts by meaning, such as "Head of People" to the concept with the name "human resources
 * manager". The index is in memory and immutable.
 */
public final class TitleIndex {
    private final Embedder embedder;
    private final EmbeddingRecipe recipe;
    private final List<Name> names;
    private final NearestVectors vectors;

    /** One of the names of a concept. */
    public record Name(String concept, String text) {
        public Name {
            if (concept.isBlank() || text.isBlank())
                throw new IllegalArgumentException("a concept or its name is blank: " + concept);
        }
    }

    /** @param similarity of the title and the name: 1 if they are equal, around 0 if they are unrelated */
    public record Match(Name name, float similarity) {}

    public sealed interface BuildResult {
        record Ready(TitleIndex index) implements BuildResult {}

        record Failed(Failure cause) implements BuildResult {}
    }

    public sealed interface SearchResult {
        /** Best first. */
        record Matches(List<Match> matches) implements SearchResult {}

        record Failed(Failure cause) implements SearchResult {}
    }

    /** Receives the progress of building an index. */
    public interface Progress {
        void report(String step, int done, int of);
    }

    private TitleIndex(Embedder embedder, EmbeddingRecipe recipe, List<Name> names, List<float[]> vectors) {
        this.embedder = embedder;
        this.recipe = recipe;
        this.names = names;
        this.vectors = new NearestVectors(vectors);
    }

    /** Embeds all names; a name that several concepts share is embedded once. Blocks: 1,000 names take some seconds. */
    public static BuildResult build(Embedder embedder, List<Name> names, EmbeddingRecipe recipe, Progress progress) {
        List<String> texts = names.stream().map(Name::text).distinct().toList();
        Map<String, float[]> vectors = HashMap.newHashMap(texts.size());
        for (int from = 0; from < texts.size(); from += embedder.maxBatch()) {
            List<String> batch = texts.subList(from, Math.min(from + embedder.maxBatch(), texts.size()));
            switch (embed(embedder, recipe.prefix(), batch)) {
                case Failure failure -> {
                    return new BuildResult.Failed(failure);
                }
                case Vectors(List<float[]> each) -> {
                    for (int i = 0; i < batch.size(); i++) vectors.put(batch.get(i), each.get(i));
                }
            }
            progress.report("embedded", vectors.size(), texts.size());
        }
        List<float[]> rows =
                names.stream().map(name -> vectors.get(name.text())).toList();
        return new BuildResult.Ready(new TitleIndex(
                embedder, recipe, List.copyOf(names), mixWithConcept(names, rows, recipe.conceptShare())));
    }

    private static Result embed(Embedder embedder, String prefix, List<String> texts) {
        List<String> prefixed = texts.stream().map(text -> prefix + text).toList();
        return embedder.embed(Purpose.TAXONOMY, prefixed).toCompletableFuture().join();
    }

    /**
     * Mixes each vector with the mean of its concept, so that an ambiguous name is found with the other names of its
     * concept.
     */
    private static List<float[]> mixWithConcept(List<Name> names, List<float[]> rows, double share) {
        Map<String, float[]> sums = new HashMap<>();
        for (int i = 0; i < rows.size(); i++) {
            float[] sum = sums.computeIfAbsent(names.get(i).concept(), _ -> new float[Embedder.DIMENSION]);
            add(sum, rows.get(i), 1);
        }
        sums.replaceAll((_, sum) -> UnitVectors.normalise(sum).orElse(sum));
        return IntStream.range(0, rows.size())
                .mapToObj(i ->
                        mix(rows.get(i), requireNonNull(sums.get(names.get(i).concept())), share))
                .toList();
    }

    private static float[] mix(float[] one, float[] other, double share) {
        float[] sum = new float[one.length];
        add(sum, one, 1 - share);
        add(sum, other, share);
        return UnitVectors.normalise(sum).orElse(one);
    }

    private static void add(float[] sum, float[] vector, double weight) {
        for (int d = 0; d < sum.length; d++) sum[d] += (float) (weight * vector[d]);
    }

    /** Finds the names nearest to a title. Several of them can belong to one concept. */
    public CompletionStage<SearchResult> findNames(String title, int limit) {
        return embed(title).thenApply(result -> search(result, query -> nearestNames(query, limit)));
    }

    /** Finds the concepts nearest to a title, each with its nearest name. */
    public CompletionStage<SearchResult> findConcepts(String title, int limit) {
        return embed(title).thenApply(result -> search(result, query -> nearestConcepts(query, limit)));
    }

    private CompletionStage<Result> embed(String title) {
        // Checked without the prefix, with which the text would never be blank.
        return switch (PreparedText.prepare(List.of(title), 1)) {
            case PreparedText.Invalid(Embedder.InvalidInput failure) -> CompletableFuture.completedStage(failure);
            case PreparedText.Ready _ -> embedder.embed(Purpose.QUERY, List.of(recipe.prefix() + title));
        };
    }

    private SearchResult search(Result result, Function<float[], List<Match>> search) {
        return switch (result) {
            case Failure failure -> new SearchResult.Failed(failure);
            case Vectors(List<float[]> vector) -> new SearchResult.Matches(search.apply(vector.getFirst()));
        };
    }

    private List<Match> nearestNames(float[] query, int limit) {
        return vectors.top(query, limit).stream()
                .map(hit -> new Match(names.get(hit.row()), hit.similarity()))
                .toList();
    }

    private List<Match> nearestConcepts(float[] query, int limit) {
        for (int depth = limit * 8; ; depth *= 4) {
            Map<String, Match> best = new LinkedHashMap<>();
            nearestNames(query, depth)
                    .forEach(match -> best.putIfAbsent(match.name().concept(), match));
            if (best.size() >= limit || depth >= names.size())
                return best.values().stream().limit(limit).toList();
        }
    }
}
