package io.guildhall.ai.job.match;

import io.guildhall.ai.port.Embedder;
import io.guildhall.ai.port.Embedder.Answer;
import io.guildhall.ai.port.Embedder.Failure;
import io.guildhall.ai.port.Embedder.Purpose;
import io.guildhall.ai.port.Embedder.Vectors;
import io.guildhall.ai.port.Prepared;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/**
 * Maps free job titles to concepts by meaning: "Head of People" to what lists itself as "human resources manager". Holds the index
 * in memory and never changes; a changed list of concepts is a new one.
 */
public final class Titles {
    private final Embedder embedder;
    private final Recipe recipe;
    private final List<Form> forms;
    private final List<float[]> vectors;
    private final Nearest nearest;

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
        record Ready(Titles titles) implements Indexed {}

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

    private Titles(Embedder embedder, Recipe recipe, List<Form> forms, List<float[]> vectors) {
        this.embedder = embedder;
        this.recipe = recipe;
        this.forms = forms;
        this.vectors = vectors;
        this.nearest = new Nearest(vectors);
    }

    /** Embeds every form, once where several concepts share it. Blocks, for 1,000 forms some seconds. */
    public static Indexed index(Embedder embedder, List<Form> forms, Recipe recipe, Progress progress) {
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
                new Titles(embedder, recipe, List.copyOf(forms), smoothed(rows, recipe.neighbours(), progress)));
    }

    private static Answer embedded(Embedder embedder, String prefix, List<String> texts) {
        List<String> prefixed = texts.stream().map(text -> prefix + text).toList();
        return embedder.embed(Purpose.DOCUMENT, prefixed).toCompletableFuture().join();
    }

    private static List<float[]> smoothed(List<float[]> rows, int neighbours, Progress progress) {
        if (neighbours == 0) return rows;
        return Mix.smoothed(rows, neighbours, done -> progress.at("smoothed", done, rows.size()));
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
        return switch (Prepared.of(List.of(title), 1)) {
            case Prepared.Unfit(Embedder.BadInput why) -> CompletableFuture.completedStage(why);
            case Prepared.Ready _ -> embedder.embed(Purpose.QUERY, List.of(recipe.prefix() + title));
        };
    }

    private Found found(Answer answer, Function<float[], List<Match>> search) {
        return switch (answer) {
            case Failure failure -> new Found.Failed(failure);
            case Vectors(List<float[]> vector) -> new Found.Matches(search.apply(withFeedback(vector.getFirst())));
        };
    }

    private float[] withFeedback(float[] query) {
        List<float[]> first = nearest.top(query, recipe.feedback()).stream()
                .map(hit -> vectors.get(hit.row()))
                .toList();
        return Mix.halfAndHalf(query, first);
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
