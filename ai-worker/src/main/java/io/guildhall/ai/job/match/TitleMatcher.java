package io.guildhall.ai.job.match;

import static java.util.concurrent.CompletableFuture.completedFuture;

import io.guildhall.ai.job.match.TitleIndex.Form;
import io.guildhall.ai.job.match.TitleIndex.Found;
import io.guildhall.ai.job.match.TitleIndex.Indexed;
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
 * Over the names of all skills and the titles of those who have them, read when somebody asks for the first time, which takes half a minute in the
 * background; after a failure the next who asks begins it again.
 */
public final class TitleMatcher implements JobTitles {
    private static final Logger LOG = LoggerFactory.getLogger(TitleMatcher.class);

    private final Supplier<Taxonomy> taxonomy;
    private final Embedder embedder;
    private final AtomicReference<CompletableFuture<Indexed>> learning = new AtomicReference<>();

    public TitleMatcher(Supplier<Taxonomy> taxonomy, Embedder embedder) {
        this.taxonomy = taxonomy;
        this.embedder = embedder;
    }

    @Override
    public CompletionStage<Optional<List<Match>>> skillsFor(String title, int limit) {
        CompletableFuture<Indexed> known = learned();
        if (!known.isDone()) return completedFuture(Optional.empty());
        return switch (known.join()) {
            case Indexed.Failed failed -> {
                LOG.warn("job titles were not learned, and are tried again: {}", failed.why());
                learning.compareAndSet(known, null);
                yield completedFuture(Optional.empty());
            }
            case Indexed.Ready ready -> ready.titles().concepts(title, limit).thenApply(this::matches);
        };
    }

    private Optional<List<Match>> matches(Found found) {
        return switch (found) {
            case Found.Failed _ -> Optional.empty();
            case Found.Matches it ->
                Optional.of(it.matches().stream()
                        .map(match -> new Match(
                                taxonomy.get()
                                        .skill(match.form().concept())
                                        .orElseThrow()
                                        .name(),
                                match.form().text(),
                                match.similarity()))
                        .toList());
        };
    }

    private CompletableFuture<Indexed> learned() {
        CompletableFuture<Indexed> mine = new CompletableFuture<>();
        CompletableFuture<Indexed> there = learning.compareAndExchange(null, mine);
        if (there != null) return there;
        Thread.ofVirtual().name("job-titles").start(() -> {
            try {
                mine.complete(
                        TitleIndex.index(embedder, forms(taxonomy.get()), EmbeddingRecipe.best(), (_, _, _) -> {}));
            } catch (RuntimeException e) {
                LOG.warn("job titles were not learned, and are tried again", e);
                learning.compareAndSet(mine, null);
                mine.cancel(false);
            }
        });
        return mine;
    }

    private static List<Form> forms(Taxonomy taxonomy) {
        return taxonomy.skills().stream()
                .flatMap(TitleMatcher::forms)
                .distinct()
                .toList();
    }

    private static Stream<Form> forms(Skill skill) {
        return Stream.concat(Stream.of(skill.name()), skill.titles().stream())
                .map(text -> new Form(skill.slug(), text));
    }
}
