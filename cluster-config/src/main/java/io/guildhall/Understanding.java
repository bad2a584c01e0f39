package io.guildhall;

import io.guildhall.ai.adapter.local.LocalEmbedder;
import io.guildhall.ai.adapter.openai.OpenAiEmbedder;
import io.guildhall.ai.adapter.openai.OpenAiSettings;
import io.guildhall.ai.job.match.KnownSkills;
import io.guildhall.ai.job.match.KnownTitles;
import io.guildhall.ai.job.match.Once;
import io.guildhall.ai.job.match.ReadQueries;
import io.guildhall.ai.job.match.UnderstoodQueries;
import io.guildhall.ai.port.Embedder;
import io.guildhall.ai.spelling.Spelling;
import io.guildhall.ai.taxonomy.MalformedTaxonomy;
import io.guildhall.ai.taxonomy.Taxonomy;
import io.guildhall.embedded.Trouble;
import io.guildhall.port.Embeddings;
import io.guildhall.port.JobTitles;
import io.guildhall.port.Queries;
import io.guildhall.port.Skills;
import java.io.IOException;
import java.nio.file.Path;
import java.util.function.Supplier;

/** What a node understands of texts. Its model, skills and spelling are loaded when something is first read by them. */
record Understanding(Embedder embedder, Queries queries, Skills skills, JobTitles titles) {

    /** @throws Trouble where the operator's skills are not well-formed, by file and line */
    static Understanding of(Settings.Ai settings, Embeddings embeddings) {
        var embedder = settings.openAi()
                .<Embedder>map(it -> new OpenAiEmbedder(OpenAiSettings.standard(it.baseUrl(), it.key())))
                .orElseGet(() -> new LocalEmbedder(LocalEmbedder.Settings.standard()));
        var taxonomy = settings.taxonomy().map(Understanding::extended).orElseGet(() -> new Once<>(Taxonomy::bundled));
        var spelling = new Once<>(() -> Spelling.over(taxonomy.get()));
        var vectors = new ReadQueries(embeddings, embedder);
        return new Understanding(
                embedder,
                new UnderstoodQueries(taxonomy, spelling, vectors),
                new KnownSkills(taxonomy),
                new KnownTitles(taxonomy, embedder));
    }

    private static Supplier<Taxonomy> extended(Path file) {
        try {
            var read = Taxonomy.extendedBy(file);
            return () -> read;
        } catch (MalformedTaxonomy e) {
            throw new Trouble("guildhall.ai.taxonomy (GUILDHALL_TAXONOMY) is not well-formed: " + e.getMessage(), e);
        } catch (IOException e) {
            throw new Trouble("guildhall.ai.taxonomy (GUILDHALL_TAXONOMY) cannot be read: " + e.getMessage(), e);
        }
    }
}
