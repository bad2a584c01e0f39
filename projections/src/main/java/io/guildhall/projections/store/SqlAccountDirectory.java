package io.guildhall.projections.store;

import io.guildhall.kernel.Bounded;
import io.guildhall.projections.readmodel.AccountDirectory;
import io.guildhall.projections.readmodel.Page;
import io.guildhall.projections.readmodel.Revocations;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import javax.sql.DataSource;

/** Accounts and ended sessions as the view {@code accounts} has them. */
public final class SqlAccountDirectory implements AccountDirectory, Revocations {
    private final DataSource database;
    private final Bounded calls = new Bounded("account-directory", 4, Duration.ofSeconds(3), Duration.ofSeconds(3));

    public SqlAccountDirectory(DataSource database) {
        this.database = database;
    }

    @Override
    public CompletionStage<Page<Row>> list(Page.Request page) {
        return calls.call(() -> {
            try (var connection = database.getConnection();
                    // Identities sort by time.
                    var query = connection.prepareStatement(
                            "SELECT * FROM account WHERE id < ? ORDER BY id DESC LIMIT ?")) {
                query.setString(1, page.cursor().orElse("acc_~"));
                query.setInt(2, page.limit() + 1);
                var rows = new ArrayList<Row>();
                try (var found = query.executeQuery()) {
                    while (found.next()) rows.add(row(found));
                }
                if (rows.size() <= page.limit()) return new Page<>(rows, Optional.empty());
                rows.removeLast();
                return new Page<>(rows, Optional.of(rows.getLast().id()));
            }
        });
    }

    @Override
    public CompletionStage<Optional<Row>> find(String accountId) {
        return calls.call(() -> {
            try (var connection = database.getConnection();
                    var query = connection.prepareStatement("SELECT * FROM account WHERE id = ?")) {
                query.setString(1, accountId);
                try (var found = query.executeQuery()) {
                    return found.next() ? Optional.of(row(found)) : Optional.empty();
                }
            }
        });
    }

    private static Row row(ResultSet row) throws SQLException {
        return new Row(
                row.getString("id"),
                row.getString("address"),
                row.getString("email"),
                row.getString("name"),
                row.getString("country"),
                List.of((String[]) row.getArray("roles").getArray()),
                Status.valueOf(row.getString("status")),
                row.getTimestamp("registered_at").toInstant());
    }

    @Override
    public Set<String> since(Instant instant) {
        try (var connection = database.getConnection();
                var query = connection.prepareStatement("SELECT id FROM account_session WHERE ended_at >= ?")) {
            query.setTimestamp(1, Timestamp.from(instant));
            var ended = new HashSet<String>();
            try (var rows = query.executeQuery()) {
                while (rows.next()) ended.add(rows.getString(1));
            }
            return Set.copyOf(ended);
        } catch (SQLException e) {
            throw new IllegalStateException("ended sessions cannot be read", e);
        }
    }
}
