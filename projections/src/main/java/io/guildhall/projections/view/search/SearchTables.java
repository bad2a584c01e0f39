package io.guildhall.projections.view.search;

import static io.guildhall.projections.store.Field.column;
import static io.guildhall.projections.store.Field.computed;
import static io.guildhall.projections.store.Field.optional;
import static io.guildhall.projections.store.Field.optionalInteger;
import static io.guildhall.projections.store.Field.writeOnly;
import static io.guildhall.projections.store.SqlType.BIGINT;
import static io.guildhall.projections.store.SqlType.BOOLEAN;
import static io.guildhall.projections.store.SqlType.TEXT;
import static io.guildhall.projections.store.SqlType.TEXTS;
import static io.guildhall.projections.store.SqlType.TIMESTAMP;
import static io.guildhall.projections.store.SqlType.enumOf;

import io.guildhall.domain.profile.Showcase.Availability;
import io.guildhall.kernel.Money;
import io.guildhall.kernel.SearchKey;
import io.guildhall.projections.readmodel.search.Search.Kind;
import io.guildhall.projections.store.Columns;
import io.guildhall.projections.store.Table;
import io.guildhall.projections.store.VersionedTable;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The tables {@code search_document} and {@code search_person}. A new attribute to filter by is one line here. */
final class SearchTables {
    private static final String WORDS =
            "setweight(to_tsvector('english', ?), 'A') || setweight(to_tsvector('english', ?), 'B') || setweight(to_tsvector('english', ?), 'C')";

    /** A document that is not listed yet. */
    record NewDocument(String id, String ownerId, Document content, Instant createdAt) {
        boolean isListed() {
            return false;
        }
    }

    /** The part of an account that decides whether its documents are listed. */
    record Owner(String accountId, boolean isFreelancer, boolean isSuspended, long version) {}

    /** The columns that an edit changes. */
    static final Columns<Document> CONTENT = Columns.of(
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
            computed("words", "tsvector", WORDS, it -> List.of(it.title(), String.join(", ", it.skills()), it.body())));

    static final VersionedTable<NewDocument> DOCUMENT = new VersionedTable<>(
            "search_document",
            Columns.of(
                    column("id", TEXT, NewDocument::id),
                    column("kind", enumOf(Kind.class), it -> it.content().kind()),
                    column("owner_id", TEXT, NewDocument::ownerId),
                    writeOnly(CONTENT, NewDocument::content),
                    column("offered", BOOLEAN, NewDocument::isListed),
                    column("listed", BOOLEAN, NewDocument::isListed),
                    optional("listed_at", TIMESTAMP, it -> Optional.of(it.createdAt()))));

    static final Table<Owner> OWNER = new Table<>(
            "search_person",
            Columns.of(
                    column("account_id", TEXT, Owner::accountId),
                    column("is_freelancer", BOOLEAN, Owner::isFreelancer),
                    column("is_suspended", BOOLEAN, Owner::isSuspended),
                    column("version", BIGINT, Owner::version)),
            "account_id");

    private SearchTables() {}
}
