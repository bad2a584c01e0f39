package io.guildhall.ai.job.match;

import static java.util.Objects.requireNonNull;

import io.guildhall.ai.port.Embedder;
import io.guildhall.ai.port.Embedder.Answer;
import io.guildhall.ai.port.Embedder.Failure;
import io.guildhall.ai.port.Embedder.Purpose;
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
 * Maps free job titles to concepts by meaning: "Head of People" to what lists itself as "human resources manager". Holds the index
 * in memory and never changes; a changed list of concepts is a new one.
 */
public final class TitleIndex {
    private final Embedder embedder;
    private final EmbeddingRecipe recipe;
    private final List<Form> forms;
    private final NearestVectors nearest;

    /** One of the ways in which a concept is called. */
    public record Form(String concept, String text) {
        public Form {
            if (concept.isBlank() || text.isBlank())
                throw new IllegalArgumentException("a form without name: " + concept);
        }
    }

    /** @param similarity 1 where they are the same, around 0 where they have nothing to do with each other */
    public record Match(Form form, float similarity) {}

    public sealed interface Indexed {
        record Ready(TitleIndex titles) implements Indexed {}

        record Failed(Failure why) implements Indexed {}
    }

    public sealed interface Found {
        /** The best first. */
        record Matches(List<Match> matches) implements Found {}

        record Failed(Failure why) implements Found {}
    }

    /** Told now and then how far it is. */
    public interface Progress {
        void at(String step, int done, int of);
    }

    private TitleIndex(Embedder embedder, EmbeddingRecipe recipe, List<Form> forms, List<float[]> vectors) {
        this.embedder = embedder;
        this.recipe = recipe;
        this.forms = forms;
        this.nearest = new NearestVectors(vectors);
    }

    /** Embeds every form, once where several concepts share it. Blocks, for 1,000 forms some seconds. */
    public static Indexed index(Embedder embedder, List<Form> forms, EmbeddingRecipe recipe, Progress progress) {
        List<String> texts = forms.stream().map(Form::text).distinct().toList();
        Map<String, float[]> vectors = HashMap.newHashMap(texts.size());
        for (int from = 0; from < texts.size(); from += embedder.maxBatch()) {
            List<String> some = texts.subList(from, Math.min(from + embedder.maxBatch(), texts.size()));
            switch (embedded(embedder, recipe.prefix(), some)) {
                case Failure failure -> {
                    return new Indexed.Failed(failure);
                }
                case Vectors(List<float[]> each) -> {
                    for (int i = 0; i < some.size(); i++) vectors.put(some.get(i), each.get(i));
                }
            }
            progress.at("embedded", vectors.size(), texts.size());
        }
        List<float[]> rows =
                forms.stream().map(form -> vectors.get(form.text())).toList();
        return new Indexed.Ready(
                new TitleIndex(embedder, recipe, List.copyOf(forms), shared(forms, rows, recipe.shared())));
    }

    private static Answer embedded(Embedder embedder, String prefix, List<String> texts) {
        List<String> prefixed = texts.stream().map(text -> prefix + text).toList();
        return embedder.embed(Purpose.DOCUMENT, prefixed).toCompletableFuture().join();
    }

    /** Each drawn towards the mean of its concept's: so a name that could be another concept's is found with its own. */
    private static List<float[]> shared(List<Form> forms, List<float[]> rows, double share) {
        Map<String, float[]> sums = new HashMap<>();
        for (int i = 0; i < rows.size(); i++) {
            float[] sum = sums.computeIfAbsent(forms.get(i).concept(), _ -> new float[Embedder.DIMENSION]);
            add(sum, rows.get(i), 1);
        }
        sums.replaceAll((_, sum) -> UnitVectors.of(sum).orElse(sum));
        return IntStream.range(0, rows.size())
                .mapToObj(i -> mixed(rows.get(i), requireNonNull(sums.get(forms.get(i).concept())), share))
                .toList();
    }

    private static float[] mixed(float[] one, float[] other, double share) {
        float[] sum = new float[one.length];
        add(sum, one, 1 - share);
        add(sum, other, share);
        return UnitVectors.of(sum).orElse(one);
    }

    private static void add(float[] sum, float[] vector, double weight) {
        for (int d = 0; d < sum.length; d++) sum[d] += (float) (weight * vector[d]);
    }

    /** The forms nearest to a title; several may be of one concept. */
    public CompletionStage<Found> forms(String title, int limit) {
        return ask(title).thenApply(answer -> found(answer, query -> nearestForms(query, limit)));
    }

    /** The concepts nearest to a title, each with the one of its forms that is nearest. */
    public CompletionStage<Found> concepts(String title, int limit) {
        return ask(title).thenApply(answer -> found(answer, query -> nearestConcepts(query, limit)));
    }

    private CompletionStage<Answer> ask(String title) {
        // By itself: with a prefix before it, there is always something to read.
        return switch (PreparedText.of(List.of(title), 1)) {
            case PreparedText.Unfit(Embedder.BadInput why) -> CompletableFuture.completedStage(why);
            case PreparedText.Ready _ -> embedder.embed(Purpose.QUERY, List.of(recipe.prefix() + title));
        };
    }

    private Found found(Answer answer, Function<float[], List<Match>> search) {
        return switch (answer) {
            case Failure failure -> new Found.Failed(failure);
            case Vectors(List<float[]> vector) -> new Found.Matches(search.apply(vector.getFirst()));
        };
    }

    private List<Match> nearestForms(float[] query, int limit) {
        return nearest.top(query, limit).stream()
                .map(hit -> new Match(forms.get(hit.row()), hit.similarity()))
                .toList();
    }

    private List<Match> nearestConcepts(float[] query, int limit) {
        for (int depth = limit * 8; ; depth *= 4) {
            Map<String, Match> best = new LinkedHashMap<>();
            nearestForms(query, depth)
                    .forEach(match -> best.putIfAbsent(match.form().concept(), match));
            if (best.size() >= limit || depth >= forms.size())
                return best.values().stream().limit(limit).toList();
        }
    }
}
