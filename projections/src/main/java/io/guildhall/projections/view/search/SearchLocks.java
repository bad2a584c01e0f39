package io.guildhall.projections.view.search;

import io.guildhall.domain.account.AccountEvent;
import io.guildhall.domain.gig.GigEvent;
import io.guildhall.domain.job.JobEvent;
import io.guildhall.domain.profile.ProfileEvent;
import io.guildhall.projections.Recorded;
import io.guildhall.projections.store.Sql;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * Locks of the search index and of accounts, held until the transaction ends. Different readers apply the events of an
 * account and of its documents: with the lock of the account, neither misses what the other has written. Changes of jobs
 * and gigs share it among themselves.
 *
 * <p>Every transaction locks the index first and then all its accounts in the order of their keys, before it writes
 * anything. So no two transactions wait for each other, in whatever order their events are.
 */
final class SearchLocks {
    /** The key of the index. Readers of events share it. */
    private static final String INDEX = "hashtextextended('search index', 0)";

    private static final String LOCK_ACCOUNTS = """
            SELECT CASE WHEN is_exclusive THEN pg_advisory_xact_lock(key) ELSE pg_advisory_xact_lock_shared(key) END
              FROM (SELECT hashtextextended(account_id, 0) AS key, bool_or(is_exclusive) AS is_exclusive
                      FROM (SELECT unnest(?::text[]) AS account_id, true AS is_exclusive
                            UNION ALL SELECT unnest(?::text[]), false
                            UNION ALL SELECT owner_id, false FROM search_document WHERE id = ANY(?)) concerned
                     GROUP BY key ORDER BY key) locks
            """;

    private final List<String> accounts = new ArrayList<>();
    private final List<String> ownersOfNewDocuments = new ArrayList<>();
    private final List<String> documents = new ArrayList<>();

    private SearchLocks() {}

    /** Locks all accounts that the events concern, as the first thing in their transaction. */
    static void lockFor(Connection connection, List<Recorded<?>> events) throws SQLException {
        var locks = new SearchLocks();
        for (var recorded : events) locks.add(recorded);
        Sql.list(connection, "SELECT pg_advisory_xact_lock_shared(" + INDEX + ")", _ -> true);
        Sql.list(
                connection,
                LOCK_ACCOUNTS,
                _ -> true,
                Sql.texts(locks.accounts),
                Sql.texts(locks.ownersOfNewDocuments),
                Sql.texts(locks.documents));
    }

    /** Locks the whole index, as the first thing in a transaction that changes many of its documents. */
    static void lockAll(Connection connection) throws SQLException {
        Sql.list(connection, "SELECT pg_advisory_xact_lock(" + INDEX + ")", _ -> true);
    }

    private void add(Recorded<?> recorded) {
        switch (recorded.event()) {
            case AccountEvent.Opened e -> accounts.add(e.person().id());
            case AccountEvent.Suspended e -> accounts.add(e.accountId());
            case AccountEvent.SuspensionLifted e -> accounts.add(e.accountId());
            case ProfileEvent _ -> accounts.add(recorded.entityId());
            case JobEvent.Posted e -> ownersOfNewDocuments.add(e.clientId());
            case GigEvent.Posted e -> ownersOfNewDocuments.add(e.freelancerId());
            case JobEvent _, GigEvent _ -> documents.add(recorded.entityId());
            default -> {}
        }
    }
}
