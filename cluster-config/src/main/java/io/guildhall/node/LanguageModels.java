package io.guildhall.node;

import io.guildhall.ai.adapter.local.LocalEmbedder;
import io.guildhall.ai.adapter.openai.OpenAiEmbedder;
import io.guildhall.ai.adapter.openai.OpenAiSettings;
import io.guildhall.ai.job.match.CachedQueryEmbedder;
import io.guildhall.ai.job.match.Lazy;
import io.guildhall.ai.job.match.ModelQueryInterpreter;
import io.guildhall.ai.job.match.TaxonomySkills;
import io.guildhall.ai.job.match.TitleMatcher;
import io.guildhall.ai.port.Embedder;
import io.guildhall.ai.spelling.Spelling;
import io.guildhall.ai.taxonomy.MalformedTaxonomyException;
import io.guildhall.ai.taxonomy.Taxonomy;
import io.guildhall.embedded.StartupException;
import io.guildhall.port.Embeddings;
import io.guildhall.port.JobTitles;
import io.guildhall.port.QueryInterpreter;
import io.guildhall.port.Skills;
import java.io.IOException;
import java.nio.file.Path;
import java.util.function.Supplier;

/** The models and word lists that understand texts. Each is loaded when it is first used. */
record LanguageModels(Embedder embedder, QueryInterpreter queries, Skills skills, JobTitles titles) {

    /** @throws StartupException if the operator's taxonomy file is malformed, naming file and line */
    static LanguageModels open(NodeContext context, Embeddings embeddings) {
        var settings = context.settings().ai();
        var embedder = context.openParts()
                .add(settings.openAi()
                        .<Embedder>map(it -> new OpenAiEmbedder(OpenAiSettings.standard(it.baseUrl(), it.key())))
                        .orElseGet(() -> new LocalEmbedder(LocalEmbedder.Settings.standard())));
        var taxonomy = settings.taxonomyFile()
                .map(LanguageModels::extendedTaxonomy)
                .orElseGet(() -> new Lazy<>(Taxonomy::bundled));
        var spelling = new Lazy<>(() -> Spelling.create(taxonomy.get()));
        var vectors = new CachedQueryEmbedder(
                embeddings, embedder, context.system().classicSystem().scheduler(), CachedQueryEmbedder.RESET_TIMEOUT);
        return new LanguageModels(
                embedder,
                new ModelQueryInterpreter(taxonomy, spelling, vectors),
                new TaxonomySkills(taxonomy),
                new TitleMatcher(taxonomy, embedder));
    }

    private static Supplier<Taxonomy> extendedTaxonomy(Path file) {
        try {
            var taxonomy = Taxonomy.extendedBy(file);
            return () -> taxonomy;
        } catch (MalformedTaxonomyException e) {
            throw new StartupException(
                    "guildhall.ai.taxonomy-file (GUILDHALL_TAXONOMY) is malformed: " + e.getMessage(), e);
        } catch (IOException e) {
            throw new StartupException(
                    "guildhall.ai.taxonomy-file (GUILDHALL_TAXONOMY) cannot be read: " + e.getMessage(), e);
        }
    }
}
