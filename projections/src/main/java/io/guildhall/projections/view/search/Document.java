package io.guildhall.projections.view.search;

import static io.guildhall.projections.store.Field.column;
import static io.guildhall.projections.store.Field.computed;
import static io.guildhall.projections.store.Field.optional;
import static io.guildhall.projections.store.Field.optionalInteger;
import static io.guildhall.projections.store.SqlType.BIGINT;
import static io.guildhall.projections.store.SqlType.TEXT;
import static io.guildhall.projections.store.SqlType.TEXTS;
import static io.guildhall.projections.store.SqlType.enumOf;

import io.guildhall.domain.gig.GigDetails;
import io.guildhall.domain.gig.GigPackage;
import io.guildhall.domain.job.JobDetails;
import io.guildhall.domain.job.JobDetails.ExperienceLevel;
import io.guildhall.domain.profile.ProfileDetails;
import io.guildhall.domain.profile.Showcase.Availability;
import io.guildhall.domain.savedsearch.SearchCriteria.Kind;
import io.guildhall.kernel.Money;
import io.guildhall.kernel.SearchKey;
import io.guildhall.kernel.Sha256;
import io.guildhall.projections.store.Columns;
import io.guildhall.projections.view.search.SqlFacets.ValueFacet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The content of a document: the text that is searched and the attributes that are filtered by.
 *
 * @param category empty if it has none
 * @param minPrice in the same currency as {@code maxPrice}
 */
record Document(
        Kind kind,
        String title,
        String body,
        String category,
        List<String> skills,
        Optional<Money> minPrice,
        Optional<Money> maxPrice,
        OptionalInt deliveryDays,
        Optional<Availability.State> availability,
        Optional<ExperienceLevel> experienceLevel) {
    private static final String WORDS =
            "setweight(to_tsvector('english', ?), 'A') || setweight(to_tsvector('english', ?), 'B') || setweight(to_tsvector('english', ?), 'C')";

    /** The columns that an edit changes. A new attribute to filter by is one line here. */
    static final Columns<Document> COLUMNS = Columns.of(
            column("title", TEXT, Document::title),
            column("content", TEXT, Document::content),
            column("content_hash", TEXT, Document::contentHash),
            column("category", TEXT, Document::category),
            column("category_key", TEXT, it -> SearchKey.from(it.category())),
            column("skills", TEXTS, Document::skills),
            column("skill_keys", TEXTS, Document::skillKeys),
            optional("currency", TEXT, Document::currency),
            optional("price_min", BIGINT, it -> it.minPrice().map(Money::amount)),
            optional("price_max", BIGINT, it -> it.maxPrice().map(Money::amount)),
            optionalInteger("delivery_days", Document::deliveryDays),
            optional("availability", enumOf(Availability.State.class), Document::availability),
            optional("experience_level", enumOf(ExperienceLevel.class), Document::experienceLevel),
            computed("words", "tsvector", WORDS, it -> List.of(it.title(), String.join(", ", it.skills()), it.body())));

    /** The attributes whose values are counted. */
    static final List<ValueFacet> FACETS = List.of(
            new ValueFacet("category", "category", "category_key", ""),
            new ValueFacet("experienceLevel", "experience_level", "experience_level", ""),
            new ValueFacet("skills", "skill", "lower(skill)", "CROSS JOIN unnest(d.skills) skill"));

    /** The profile of a freelancer who has not written anything yet. */
    static final Document BLANK_PROFILE = new Document(
            Kind.FREELANCER,
            "",
            "",
            "",
            List.of(),
            Optional.empty(),
            Optional.empty(),
            OptionalInt.empty(),
            Optional.empty(),
            Optional.empty());

    static Document from(JobDetails job) {
        return new Document(
                Kind.JOB,
                job.title(),
                job.description(),
                job.category(),
                job.skills(),
                Optional.of(job.budgetMin()),
                Optional.of(job.budgetMax()),
                OptionalInt.empty(),
                Optional.empty(),
                job.experienceLevel());
    }

    static Document from(GigDetails gig) {
        var prices = gig.packages().stream().map(GigPackage::price).toList();
        return new Document(
                Kind.GIG,
                gig.title(),
                gig.description(),
                gig.category(),
                gig.tags(),
                prices.stream().findFirst(),
                prices.stream().reduce((_, last) -> last),
                gig.packages().stream().mapToInt(GigPackage::deliveryDays).min(),
                Optional.empty(),
                Optional.empty());
    }

    static Document from(ProfileDetails profile) {
        return new Document(
                Kind.FREELANCER,
                profile.headline(),
                profile.bio(),
                "",
                profile.skills(),
                profile.hourlyRate(),
                profile.hourlyRate(),
                OptionalInt.empty(),
                profile.showcaseOrEmpty().availability().map(Availability::state),
                Optional.empty());
    }

    /** The text to embed; empty if the document has no text. */
    String content() {
        return Stream.of(title, category, String.join(", ", skills), body)
                .filter(it -> !it.isBlank())
                .collect(Collectors.joining(".\n"));
    }

    /** Equal for documents with the same text to embed, whatever else differs. */
    String contentHash() {
        return Sha256.hex(content());
    }

    List<String> skillKeys() {
        return skills.stream().map(SearchKey::from).distinct().toList();
    }

    Optional<String> currency() {
        return maxPrice.map(Money::currency);
    }
}
