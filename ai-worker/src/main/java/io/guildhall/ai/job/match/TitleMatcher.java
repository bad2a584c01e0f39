package io.guildhall.ai.job.match;

import static java.util.concurrent.CompletableFuture.completedFuture;

import io.guildhall.ai.job.match.TitleIndex.BuildResult;
import io.guildhall.ai.job.match.TitleIndex.Name;
import io.guildhall.ai.job.match.TitleIndex.SearchResult;
import io.guildhall.ai.port.Embedder;
import io.guildhall.ai.taxonomy.Skill;
import io.guildhall.ai.taxonomy.Taxonomy;
import io.guildhall.port.JobTitles;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Maps job titles to skills, by the skills' names and typical job titles. The first call starts to build the index in
 * the background, which takes about half a minute, also while documents wait to be embedded; if that fails, the next
 * call starts it again.
 */
public final class TitleMatcher implements JobTitles {
    private static final Logger LOG = LoggerFactory.getLogger(TitleMatcher.class);

    private final Supplier<Taxonomy> taxonomy;
    private final Embedder embedder;
    private final AtomicReference<CompletableFuture<BuildResult>> indexBuild = new AtomicReference<>();

    public TitleMatcher(Supplier<Taxonomy> taxonomy, Embedder embedder) {
        this.taxonomy = taxonomy;
        this.embedder = embedder;
    }

    @Override
    public CompletionStage<Optional<List<TitleMatch>>> skillsFor(String title, int limit) {
        CompletableFuture<BuildResult> build = index();
        if (!build.isDone()) return completedFuture(Optional.empty());
        return switch (build.join()) {
            case BuildResult.Failed failed -> {
                LOG.warn("The index of job titles could not be built; the next call tries again: {}", failed.cause());
                indexBuild.compareAndSet(build, null);
                yield completedFuture(Optional.empty());
            }
            case BuildResult.Ready ready ->
                ready.index().findConcepts(title, limit).thenApply(this::matches);
        };
    }

    private Optional<List<TitleMatch>> matches(SearchResult result) {
        return switch (result) {
            case SearchResult.Failed _ -> Optional.empty();
            case SearchResult.Matches it ->
                Optional.of(it.matches().stream()
                        .map(match -> new TitleMatch(
                                taxonomy.get()
                                        .skill(match.name().concept())
                                        .orElseThrow()
                                        .name(),
                                match.name().text(),
                                match.similarity()))
                        .toList());
        };
    }

    private CompletableFuture<BuildResult> index() {
        CompletableFuture<BuildResult> started = new CompletableFuture<>();
        CompletableFuture<BuildResult> existing = indexBuild.compareAndExchange(null, started);
        if (existing != null) return existing;
        Thread.ofVirtual().name("job-title-index").start(() -> {
            try {
                started.complete(
                        TitleIndex.build(embedder, names(taxonomy.get()), EmbeddingRecipe.standard(), (_, _, _) -> {}));
            } catch (RuntimeException | Error e) {
                LOG.warn("The index of job titles could not be built; the next call tries again", e);
                indexBuild.compareAndSet(started, null);
                started.cancel(false);
            }
        });
        return started;
    }

    private static List<Name> names(Taxonomy taxonomy) {
        return taxonomy.skills().stream()
                .flatMap(TitleMatcher::names)
                .distinct()
                .toList();
    }

    private static Stream<Name> names(Skill skill) {
        return Stream.concat(Stream.of(skill.name()), skill.titles().stream())
                .map(text -> new Name(skill.slug(), text));
    }
}
