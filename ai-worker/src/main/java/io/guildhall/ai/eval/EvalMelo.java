package io.guildhall.ai.eval;

import io.guildhall.ai.adapter.local.LocalEmbedder;
import io.guildhall.ai.adapter.local.Pooling;
import io.guildhall.ai.job.match.EmbeddingRecipe;
import io.guildhall.ai.job.match.TitleIndex;
import io.guildhall.ai.job.match.TitleIndex.Match;
import io.guildhall.ai.port.Embedder;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletionStage;

/**
 * Measures how well job titles are mapped, on the MELO benchmark, with the same {@link TitleIndex} as in production and
 * with several recipes.
 */
public final class EvalMelo {
    private static final int CUTOFF = 100;
    private static final double GOAL = 0.40;
    private static final EmbeddingRecipe PLAIN = new EmbeddingRecipe("", 0);

    private final Melo melo;
    private final PrintStream out;

    private EvalMelo(Melo melo, PrintStream out) {
        this.melo = melo;
        this.out = out;
    }

    /** Mean measures over all queries. */
    record Figures(double map, double mrr, double success10, double concept1, double concept10) {
        static Figures mean(List<Figures> each) {
            return new Figures(
                    each.stream().mapToDouble(Figures::map).average().orElseThrow(),
                    each.stream().mapToDouble(Figures::mrr).average().orElseThrow(),
                    each.stream().mapToDouble(Figures::success10).average().orElseThrow(),
                    each.stream().mapToDouble(Figures::concept1).average().orElseThrow(),
                    each.stream().mapToDouble(Figures::concept10).average().orElseThrow());
        }
    }

    static final class EvaluationException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        EvaluationException(Embedder.Failure failure) {
            super(failure.toString());
        }
    }

    /** Exits with code 1 if the goal is missed. */
    public static void main(String[] arguments) throws IOException {
        if (arguments.length != 1) {
            System.err.println("usage: eval melo FOLDER");
            System.exit(2);
        }
        Figures figures = new EvalMelo(Melo.read(Path.of(arguments[0])), System.out).run();
        System.exit(figures.map() >= GOAL ? 0 : 1);
    }

    private Figures run() {
        out.printf(
                "%d titles, %d names of occupations%n",
                melo.queries().size(), melo.elements().size());
        List<String> rows = new ArrayList<>();
        try (var local = local(Pooling.CLS)) {
            rows.add(format("plain, CLS pooling", measure(local, PLAIN)));
        }
        EmbeddingRecipe standard = EmbeddingRecipe.standard();
        Figures figures;
        try (var local = local(Pooling.MEAN)) {
            var caching = new CachingEmbedder(local);
            rows.add(format("mean pooling", measure(local, PLAIN)));
            rows.add(format("+ prefix", measure(caching, new EmbeddingRecipe(standard.prefix(), 0))));
            figures = measure(caching, standard);
            rows.add(format("+ concept mean  (used)", figures));
        }
        out.printf(
                "%n%-22s %8s %7s %11s %14s %15s%n",
                "", "MAP@100", "MRR", "success@10", "concept hit@1", "concept hit@10");
        rows.forEach(out::print);
        out.println(
                "concept mean: the vector of each name is mixed in equal parts with the mean of its occupation's names; in the other rows each name has its own vector");
        out.printf(Locale.ROOT, "goal: MAP@100 >= %.2f: %s%n", GOAL, figures.map() >= GOAL ? "reached" : "missed");
        return figures;
    }

    private static LocalEmbedder local(Pooling pooling) {
        LocalEmbedder.Settings standard = LocalEmbedder.Settings.standard();
        return new LocalEmbedder(new LocalEmbedder.Settings(
                pooling,
                Runtime.getRuntime().availableProcessors(),
                standard.maxQueued(),
                standard.queryTimeout(),
                standard.documentTimeout(),
                standard.idleTimeout()));
    }

    private Figures measure(Embedder embedder, EmbeddingRecipe recipe) {
        out.printf("%n%s, %s%n", embedder.model().name(), recipe);
        var progress = new Progress(out);
        return switch (TitleIndex.build(embedder, List.copyOf(melo.elements().keySet()), recipe, progress::report)) {
            case TitleIndex.BuildResult.Failed(Embedder.Failure failure) -> throw new EvaluationException(failure);
            case TitleIndex.BuildResult.Ready(TitleIndex titles) -> {
                List<Figures> each = new ArrayList<>();
                for (Melo.Query query : melo.queries()) {
                    each.add(figures(titles, query));
                    progress.report("searched", each.size(), melo.queries().size());
                }
                yield Figures.mean(each);
            }
        };
    }

    private Figures figures(TitleIndex titles, Melo.Query query) {
        List<String> ranking = matches(titles.findNames(query.title(), CUTOFF)).stream()
                .map(match -> melo.elements().get(match.name()))
                .toList();
        List<String> concepts = ranking.stream().map(Melo::concept).distinct().toList();
        return new Figures(
                Measures.averagePrecision(ranking, query.relevant(), CUTOFF),
                Measures.reciprocalRank(ranking, query.relevant()),
                Measures.success(ranking, query.relevant(), 10),
                Measures.success(concepts, query.concepts(), 1),
                Measures.success(concepts, query.concepts(), 10));
    }

    private static List<Match> matches(CompletionStage<TitleIndex.SearchResult> result) {
        return switch (result.toCompletableFuture().join()) {
            case TitleIndex.SearchResult.Failed(Embedder.Failure failure) -> throw new EvaluationException(failure);
            case TitleIndex.SearchResult.Matches(List<Match> matches) -> matches;
        };
    }

    private static String format(String step, Figures figures) {
        return String.format(
                Locale.ROOT,
                "%-22s %8.3f %7.3f %11.3f %14.3f %15.3f%n",
                step,
                figures.map(),
                figures.mrr(),
                figures.success10(),
                figures.concept1(),
                figures.concept10());
    }
}
