package io.guildhall.projections.view.savedsearch;

import static io.guildhall.projections.store.Field.column;
import static io.guildhall.projections.store.Field.optional;
import static io.guildhall.projections.store.Field.writeOnly;
import static io.guildhall.projections.store.SqlType.BIGINT;
import static io.guildhall.projections.store.SqlType.BOOLEAN;
import static io.guildhall.projections.store.SqlType.INTEGER;
import static io.guildhall.projections.store.SqlType.TEXT;
import static io.guildhall.projections.store.SqlType.TEXTS;
import static io.guildhall.projections.store.SqlType.TIMESTAMP;
import static io.guildhall.projections.store.SqlType.enumOf;

import io.guildhall.domain.job.JobDetails.ExperienceLevel;
import io.guildhall.domain.savedsearch.SavedSearch;
import io.guildhall.domain.savedsearch.SearchCriteria;
import io.guildhall.domain.savedsearch.SearchCriteria.Kind;
import io.guildhall.domain.savedsearch.SearchCriteria.PriceRange;
import io.guildhall.kernel.SearchKey;
import io.guildhall.projections.store.Columns;
import io.guildhall.projections.store.Table;
import java.time.Instant;

/** The table {@code saved_search}. A new criterion is one line here. */
final class SavedSearchTable {
    /** A saved search since it was saved or last changed. */
    record Version(SavedSearch search, Instant since, long version) {}

    record NewSearch(String accountId, Version version) {
        String id() {
            return version.search().id();
        }
    }

    private static final Columns<SearchCriteria> CRITERIA = Columns.of(
            column("kind", enumOf(Kind.class), SearchCriteria::kind),
            column("text", TEXT, it -> it.text().strip()),
            optional("category_key", TEXT, it -> it.category().map(SearchKey::from)),
            column("skills", TEXTS, SearchCriteria::skills),
            optional("currency", TEXT, it -> it.price().map(PriceRange::currency)),
            optional("price_least", BIGINT, it -> it.price().flatMap(PriceRange::atLeast)),
            optional("price_most", BIGINT, it -> it.price().flatMap(PriceRange::atMost)),
            optional("delivery_days", INTEGER, SearchCriteria::deliveryDays),
            optional("experience_level", enumOf(ExperienceLevel.class), SearchCriteria::experienceLevel));

    /** The columns that a change of the search replaces. */
    static final Columns<Version> VERSION = Columns.of(
            writeOnly(CRITERIA, it -> it.search().terms()),
            column("alerts", BOOLEAN, it -> it.search().alerts()),
            column("since", TIMESTAMP, Version::since),
            column("version", BIGINT, Version::version));

    static final Table<NewSearch> TABLE = new Table<>(
            "saved_search",
            Columns.of(
                    column("id", TEXT, NewSearch::id),
                    column("account_id", TEXT, NewSearch::accountId),
                    writeOnly(VERSION, NewSearch::version)),
            "id");

    private SavedSearchTable() {}
}
