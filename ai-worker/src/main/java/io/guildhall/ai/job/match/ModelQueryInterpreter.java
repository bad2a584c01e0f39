package io.guildhall.ai.job.match;

import io.guildhall.ai.spelling.Spelling;
import io.guildhall.ai.taxonomy.Expansion;
import io.guildhall.ai.taxonomy.Expansion.Term;
import io.guildhall.ai.taxonomy.Expansion.Why;
import io.guildhall.ai.taxonomy.Skill;
import io.guildhall.ai.taxonomy.Taxonomy;
import io.guildhall.port.QueryEmbedder;
import io.guildhall.port.QueryInterpreter;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/** By spelling, taxonomy and model, in this order: what is mended is then widened and read. */
public final class ModelQueryInterpreter implements QueryInterpreter {
    private final Supplier<Taxonomy> taxonomy;
    private final Supplier<Spelling> spelling;
    private final QueryEmbedder vectors;

    public ModelQueryInterpreter(Supplier<Taxonomy> taxonomy, Supplier<Spelling> spelling, QueryEmbedder vectors) {
        this.taxonomy = taxonomy;
        this.spelling = spelling;
        this.vectors = vectors;
    }

    @Override
    public CompletionStage<Interpretation> interpret(String text) {
        String meant = spelling.get().correct(text).text();
        Expansion expansion = taxonomy.get().expand(meant);
        List<String> skills =
                expansion.spokenOf().stream().map(Skill::name).distinct().toList();
        List<String> also = expansion.terms().stream()
                .filter(term -> term.why() == Why.SAME)
                .map(Term::text)
                .toList();
        return vectors.embed(meant)
                .thenApply(meaning -> new Interpretation(meant, !meant.equals(text), skills, also, meaning));
    }
}
