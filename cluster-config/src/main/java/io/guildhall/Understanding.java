package io.guildhall;

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

/** What a node understands of texts. Its model, skills and spelling are loaded when something is first read by them. */
record Understanding(Embedder embedder, QueryInterpreter queries, Skills skills, JobTitles titles) {

    /** @throws StartupException where the operator's skills are not well-formed, by file and line */
    static Understanding of(Settings.Ai settings, Embeddings embeddings) {
        var embedder = settings.openAi()
                .<Embedder>map(it -> new OpenAiEmbedder(OpenAiSettings.standard(it.baseUrl(), it.key())))
                .orElseGet(() -> new LocalEmbedder(LocalEmbedder.Settings.standard()));
        var taxonomy = settings.taxonomy().map(Understanding::extended).orElseGet(() -> new Lazy<>(Taxonomy::bundled));
        var spelling = new Lazy<>(() -> Spelling.over(taxonomy.get()));
        var vectors = new CachedQueryEmbedder(embeddings, embedder);
        return new Understanding(
                embedder,
                new ModelQueryInterpreter(taxonomy, spelling, vectors),
                new TaxonomySkills(taxonomy),
                new TitleMatcher(taxonomy, embedder));
    }

    private static Supplier<Taxonomy> extended(Path file) {
        try {
            var read = Taxonomy.extendedBy(file);
            return () -> read;
        } catch (MalformedTaxonomyException e) {
            throw new StartupException(
                    "guildhall.ai.taxonomy (GUILDHALL_TAXONOMY) is not well-formed: " + e.getMessage(), e);
        } catch (IOException e) {
            throw new StartupException(
                    "guildhall.ai.taxonomy (GUILDHALL_TAXONOMY) cannot be read: " + e.getMessage(), e);
        }
    }
}
