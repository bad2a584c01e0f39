package io.guildhall.projections.view.search;

import static io.guildhall.projections.store.Field.column;
import static io.guildhall.projections.store.Field.computed;
import static io.guildhall.projections.store.Field.optional;
import static io.guildhall.projections.store.Field.writeOnly;
import static io.guildhall.projections.store.SqlType.BOOLEAN;
import static io.guildhall.projections.store.SqlType.TEXT;
import static io.guildhall.projections.store.SqlType.TIMESTAMP;
import static io.guildhall.projections.store.SqlType.enumOf;

import io.guildhall.domain.savedsearch.SearchCriteria.Kind;
import io.guildhall.projections.store.Columns;
import io.guildhall.projections.store.VersionedTable;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The tables {@code search_document} and {@code search_person}. The columns of a document's content are listed next to
 * it.
 */
final class SearchTables {
    /**
     * A document that does not exist yet. It is listed if it is offered and its owner is not suspended.
     *
     * @param isOffered whether the job is open or the gig is active
     * @param listedAt when it was offered, or created
     */
    record NewDocument(String id, String ownerId, Document content, boolean isOffered, Instant listedAt) {
        NewDocument with(Document edited) {
            return new NewDocument(id, ownerId, edited, isOffered, listedAt);
        }

        NewDocument offered(boolean isNowOffered, Instant at) {
            return new NewDocument(id, ownerId, content, isNowOffered, isNowOffered ? at : listedAt);
        }
    }

    /** The part of an account that decides whether its documents are listed. */
    record Owner(String accountId, boolean isFreelancer, boolean isSuspended) {}

    private static final String LISTED =
            "?::boolean AND NOT EXISTS (SELECT FROM search_person p WHERE p.account_id = ? AND p.is_suspended)";

    static final VersionedTable<NewDocument> DOCUMENT = new VersionedTable<>(
            "search_document",
            Columns.of(
                    column("id", TEXT, NewDocument::id),
                    column("kind", enumOf(Kind.class), it -> it.content().kind()),
                    column("owner_id", TEXT, NewDocument::ownerId),
                    writeOnly(Document.COLUMNS, NewDocument::content),
                    column("offered", BOOLEAN, NewDocument::isOffered),
                    computed("listed", "boolean", LISTED, it -> List.of(it.isOffered(), it.ownerId())),
                    optional("listed_at", TIMESTAMP, it -> Optional.of(it.listedAt()))));

    static final VersionedTable<Owner> OWNER = new VersionedTable<>(
            "search_person",
            "account_id",
            Columns.of(
                    column("account_id", TEXT, Owner::accountId),
                    column("is_freelancer", BOOLEAN, Owner::isFreelancer),
                    column("is_suspended", BOOLEAN, Owner::isSuspended)));

    private SearchTables() {}
}
