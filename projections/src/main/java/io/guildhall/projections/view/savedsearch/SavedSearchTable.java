package io.guildhall.projections.view.savedsearch;

import static io.guildhall.projections.store.Field.column;
import static io.guildhall.projections.store.Field.writeOnly;
import static io.guildhall.projections.store.SqlType.BOOLEAN;
import static io.guildhall.projections.store.SqlType.TEXT;
import static io.guildhall.projections.store.SqlType.TEXTS;
import static io.guildhall.projections.store.SqlType.TIMESTAMP;
import static io.guildhall.projections.store.SqlType.enumOf;

import io.guildhall.domain.savedsearch.SavedSearch;
import io.guildhall.domain.savedsearch.SearchCriteria;
import io.guildhall.domain.savedsearch.SearchCriteria.Kind;
import io.guildhall.projections.store.Columns;
import io.guildhall.projections.store.VersionedTable;
import io.guildhall.projections.view.Criterion;
import java.time.Instant;

/** The table {@code saved_search}. */
final class SavedSearchTable {
    /** A saved search since it was saved or last changed. */
    record Version(SavedSearch search, Instant since) {
        private SearchCriteria criteria() {
            return search.terms();
        }
    }

    record NewSearch(String accountId, Version version) {
        String id() {
            return version.search().id();
        }
    }

    /** The columns that a change of the search replaces. */
    static final Columns<Version> VERSION = Columns.of(
            column("kind", enumOf(Kind.class), it -> it.criteria().kind()),
            column("text", TEXT, it -> it.criteria().text().strip()),
            column("skills", TEXTS, it -> it.criteria().skills()),
            writeOnly(Criterion.COLUMNS, Version::criteria),
            column("alerts", BOOLEAN, it -> it.search().alerts()),
            column("since", TIMESTAMP, Version::since));

    static final VersionedTable<NewSearch> TABLE = new VersionedTable<>(
            "saved_search",
            Columns.of(
                    column("id", TEXT, NewSearch::id),
                    column("account_id", TEXT, NewSearch::accountId),
                    writeOnly(VERSION, NewSearch::version)));

    private SavedSearchTable() {}
}
