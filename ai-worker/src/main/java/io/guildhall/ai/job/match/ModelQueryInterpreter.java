package io.guildhall.ai.job.match;

import io.guildhall.ai.spelling.Spelling;
import io.guildhall.ai.taxonomy.Expansion;
import io.guildhall.ai.taxonomy.Expansion.Relation;
import io.guildhall.ai.taxonomy.Expansion.Term;
import io.guildhall.ai.taxonomy.Skill;
import io.guildhall.ai.taxonomy.Taxonomy;
import io.guildhall.kernel.BoundedExecutor;
import io.guildhall.port.QueryEmbedder;
import io.guildhall.port.QueryEmbedder.QueryEmbedding;
import io.guildhall.port.QueryInterpreter;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Corrects the spelling of a search text, then expands it with the taxonomy and embeds it. The first two use the
 * processor, on threads of their own, so that callers' threads are never kept.
 */
public final class ModelQueryInterpreter implements QueryInterpreter {
    private static final Logger LOG = LoggerFactory.getLogger(ModelQueryInterpreter.class);
    /** Correcting a text takes milliseconds, but the word lists are loaded on first use, which takes longer. */
    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    private static final Duration PERMIT_TIMEOUT = Duration.ofSeconds(1);

    private final BoundedExecutor words =
            new BoundedExecutor("search-text", Runtime.getRuntime().availableProcessors(), PERMIT_TIMEOUT, TIMEOUT);
    private final Supplier<Taxonomy> taxonomy;
    private final Supplier<Spelling> spelling;
    private final QueryEmbedder embedder;

    public ModelQueryInterpreter(Supplier<Taxonomy> taxonomy, Supplier<Spelling> spelling, QueryEmbedder embedder) {
        this.taxonomy = taxonomy;
        this.spelling = spelling;
        this.embedder = embedder;
    }

    @Override
    public CompletionStage<Interpretation> interpret(String text) {
        return words.call(() -> correctAndExpand(text))
                .exceptionally(failure -> {
                    LOG.warn("A search text cannot be corrected and expanded; searching for it as typed", failure);
                    return new Words(text, List.of(), List.of());
                })
                .thenCompose(it -> embedder.embed(it.text()).thenApply(embedding -> it.with(embedding, text)));
    }

    private Words correctAndExpand(String text) {
        String corrected = spelling.get().correct(text).text();
        Expansion expansion = taxonomy.get().expand(corrected);
        return new Words(
                corrected,
                expansion.mentioned().stream().map(Skill::name).distinct().toList(),
                expansion.terms().stream()
                        .filter(term -> term.relation() == Relation.SAME_SKILL)
                        .map(Term::text)
                        .toList());
    }

    private record Words(String text, List<String> skills, List<String> otherNames) {
        Interpretation with(QueryEmbedding embedding, String typed) {
            return new Interpretation(
                    text, !text.equals(typed), skills, otherNames, embedding.vector(), embedding.isDegraded());
        }
    }
}
