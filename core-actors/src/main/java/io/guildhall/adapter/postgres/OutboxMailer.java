package io.guildhall.adapter.postgres;

import io.guildhall.kernel.BoundedExecutor;
import io.guildhall.port.Mailer;
import java.net.URI;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import javax.sql.DataSource;

/** Stores e-mails in the database without sending them, for nodes without a mail server. */
public final class OutboxMailer implements Mailer, Mailer.Outbox {
    private static final String INSERT = """
            INSERT INTO mail_outbox (id, kind, recipient, subject, body, html, unsubscribe, at)
            VALUES (?, ?, lower(?), ?, ?, ?, ?, ?)
            ON CONFLICT (id) DO NOTHING
            """;

    private static final String SELECT =
            "SELECT id, kind, recipient, subject, body, html, unsubscribe, at FROM mail_outbox ";

    private final DataSource database;
    private final InstantSource clock;
    private final BoundedExecutor calls;

    /** @param maxConcurrent as many as the pool has connections for it */
    public OutboxMailer(DataSource database, int maxConcurrent, InstantSource clock) {
        this.database = database;
        this.calls = new BoundedExecutor("mail-outbox", maxConcurrent, Duration.ofSeconds(5), Duration.ofSeconds(5));
        this.clock = clock;
    }

    @Override
    public CompletionStage<Result> send(Mail mail) {
        return calls.call(() -> {
            insert(mail, clock.instant());
            return new Result.Accepted();
        });
    }

    private void insert(Mail mail, Instant now) throws SQLException {
        try (var connection = database.getConnection();
                var statement = connection.prepareStatement(INSERT)) {
            statement.setString(1, mail.id());
            statement.setString(2, mail.kind());
            statement.setString(3, mail.to());
            statement.setString(4, mail.subject());
            statement.setString(5, mail.text());
            statement.setString(6, mail.html());
            statement.setString(7, mail.unsubscribe().map(URI::toString).orElse(null));
            statement.setTimestamp(8, Timestamp.from(now));
            statement.executeUpdate();
        }
    }

    @Override
    public CompletionStage<List<Sent>> sentTo(Optional<String> address, int limit) {
        return calls.call(() -> select(
                address.isPresent()
                        ? "WHERE recipient = lower(?) ORDER BY at DESC, id DESC LIMIT ?"
                        : "WHERE ?::text IS NULL ORDER BY at DESC, id DESC LIMIT ?",
                statement -> {
                    statement.setString(1, address.orElse(null));
                    statement.setInt(2, limit);
                }));
    }

    @Override
    public CompletionStage<Optional<Sent>> find(String id) {
        return calls.call(() -> select("WHERE id = ?", statement -> statement.setString(1, id)).stream()
                .findFirst());
    }

    private interface Parameters {
        void setOn(PreparedStatement statement) throws SQLException;
    }

    private List<Sent> select(String where, Parameters parameters) throws SQLException {
        try (var connection = database.getConnection();
                var statement = connection.prepareStatement(SELECT + where)) {
            parameters.setOn(statement);
            try (var rows = statement.executeQuery()) {
                var sent = new ArrayList<Sent>();
                while (rows.next()) sent.add(read(rows));
                return sent;
            }
        }
    }

    private static Sent read(ResultSet row) throws SQLException {
        return new Sent(
                new Mail(
                        row.getString("id"),
                        row.getString("kind"),
                        row.getString("recipient"),
                        row.getString("subject"),
                        row.getString("body"),
                        row.getString("html"),
                        Optional.ofNullable(row.getString("unsubscribe")).map(URI::create)),
                row.getTimestamp("at").toInstant());
    }
}
