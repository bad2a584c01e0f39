package io.guildhall.ai.job.match;

import io.guildhall.ai.spelling.Spelling;
import io.guildhall.ai.taxonomy.Expansion;
import io.guildhall.ai.taxonomy.Expansion.Relation;
import io.guildhall.ai.taxonomy.Expansion.Term;
import io.guildhall.ai.taxonomy.Skill;
import io.guildhall.ai.taxonomy.Taxonomy;
import io.guildhall.port.QueryEmbedder;
import io.guildhall.port.QueryInterpreter;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/** Corrects the spelling of a search text, then expands it with the taxonomy and embeds it. */
public final class ModelQueryInterpreter implements QueryInterpreter {
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
        String corrected = spelling.get().correct(text).text();
        Expansion expansion = taxonomy.get().expand(corrected);
        List<String> skills =
                expansion.mentioned().stream().map(Skill::name).distinct().toList();
        List<String> otherNames = expansion.terms().stream()
                .filter(term -> term.relation() == Relation.SAME_SKILL)
                .map(Term::text)
                .toList();
        return embedder.embed(corrected)
                .thenApply(
                        vector -> new Interpretation(corrected, !corrected.equals(text), skills, otherNames, vector));
    }
}
