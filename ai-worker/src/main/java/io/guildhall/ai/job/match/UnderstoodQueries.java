package io.guildhall.ai.job.match;

import io.guildhall.ai.spelling.Spelling;
import io.guildhall.ai.taxonomy.Expansion;
import io.guildhall.ai.taxonomy.Expansion.Term;
import io.guildhall.ai.taxonomy.Expansion.Why;
import io.guildhall.ai.taxonomy.Skill;
import io.guildhall.ai.taxonomy.Taxonomy;
import io.guildhall.port.Queries;
import io.guildhall.port.QueryVectors;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/** By spelling, taxonomy and model, in this order: what is mended is then widened and read. */
public final class UnderstoodQueries implements Queries {
    private final Supplier<Taxonomy> taxonomy;
    private final Supplier<Spelling> spelling;
    private final QueryVectors vectors;

    public UnderstoodQueries(Supplier<Taxonomy> taxonomy, Supplier<Spelling> spelling, QueryVectors vectors) {
        this.taxonomy = taxonomy;
        this.spelling = spelling;
        this.vectors = vectors;
    }

    @Override
    public CompletionStage<Understood> understand(String text) {
        String meant = spelling.get().correct(text).text();
        Expansion expansion = taxonomy.get().expand(meant);
        List<String> skills =
                expansion.spokenOf().stream().map(Skill::name).distinct().toList();
        List<String> also = expansion.terms().stream()
                .filter(term -> term.why() == Why.SAME)
                .map(Term::text)
                .toList();
        return vectors.of(meant)
                .thenApply(meaning -> new Understood(meant, !meant.equals(text), skills, also, meaning));
    }
}
