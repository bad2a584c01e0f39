package io.guildhall.projections.view.account;

import io.guildhall.projections.readmodel.account.EndedSessions;
import io.guildhall.projections.readmodel.account.Suspension;
import io.guildhall.projections.readmodel.account.Suspensions;
import io.guildhall.projections.store.ReadDatabase;
import io.guildhall.projections.store.Sql;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;

/** Queries of ended sessions, and of the suspensions that {@link AccessView} records. */
public final class SqlAccess implements EndedSessions, Suspensions {
    private final ReadDatabase database;

    public SqlAccess(ReadDatabase database) {
        this.database = database;
    }

    @Override
    public Set<String> since(Instant instant) {
        try {
            return Set.copyOf(database.queryBlocking(connection -> Sql.list(
                    connection, "SELECT id FROM session WHERE ended_at >= ?", row -> row.getString("id"), instant)));
        } catch (SQLException e) {
            throw new IllegalStateException("cannot read the ended sessions", e);
        }
    }

    @Override
    public Set<String> current() {
        try {
            return Set.copyOf(database.queryBlocking(connection -> Sql.list(
                    connection,
                    "SELECT account_id FROM suspension WHERE is_suspended",
                    row -> row.getString("account_id"))));
        } catch (SQLException e) {
            throw new IllegalStateException("cannot read the suspended accounts", e);
        }
    }

    @Override
    public CompletionStage<Optional<Suspension>> find(String accountId) {
        return of(List.of(accountId)).thenApply(it -> it.values().stream().findFirst());
    }

    @Override
    public CompletionStage<Map<String, Suspension>> of(List<String> accountIds) {
        return database.query(connection -> Sql.list(
                        connection,
                        "SELECT * FROM suspension WHERE account_id = ANY(?) AND is_suspended",
                        SqlAccess::suspension,
                        Sql.texts(accountIds))
                .stream()
                .collect(Collectors.toMap(Suspension::accountId, it -> it)));
    }

    private static Suspension suspension(ResultSet row) throws SQLException {
        return new Suspension(
                row.getString("account_id"),
                row.getString("reason"),
                row.getString("by_id"),
                Sql.instant(row, "since").orElseThrow());
    }
}
