package io.guildhall.adapter.postgres;

import io.guildhall.kernel.BoundedExecutor;
import io.guildhall.port.Mailer;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import javax.sql.DataSource;

/** Stores e-mails in the database without sending them, for nodes without a mail server. */
public final class OutboxMailer implements Mailer, Mailer.Outbox {
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
    public CompletionStage<Void> send(Mail mail) {
        return calls.call(() -> {
            insert(mail, clock.instant());
            return null;
        });
    }

    private void insert(Mail mail, Instant now) throws SQLException {
        try (var connection = database.getConnection();
                var statement = connection.prepareStatement("""
                        INSERT INTO mail_outbox (id, kind, recipient, subject, body, at) VALUES (?, ?, lower(?), ?, ?, ?)
                        ON CONFLICT (id) DO NOTHING
                        """)) {
            statement.setString(1, mail.id());
            statement.setString(2, mail.kind());
            statement.setString(3, mail.to());
            statement.setString(4, mail.subject());
            statement.setString(5, mail.text());
            statement.setTimestamp(6, Timestamp.from(now));
            statement.executeUpdate();
        }
    }

    @Override
    public CompletionStage<List<Sent>> sentTo(String address, int limit) {
        return calls.call(() -> select(address, limit));
    }

    private List<Sent> select(String address, int limit) throws SQLException {
        try (var connection = database.getConnection();
                var statement = connection.prepareStatement("""
                        SELECT id, kind, recipient, subject, body, at FROM mail_outbox
                        WHERE recipient = lower(?) ORDER BY at DESC, id DESC LIMIT ?
                        """)) {
            statement.setString(1, address);
            statement.setInt(2, limit);
            try (var rows = statement.executeQuery()) {
                var sent = new ArrayList<Sent>();
                while (rows.next())
                    sent.add(new Sent(
                            new Mail(
                                    rows.getString(1),
                                    rows.getString(2),
                                    rows.getString(3),
                                    rows.getString(4),
                                    rows.getString(5)),
                            rows.getTimestamp(6).toInstant()));
                return sent;
            }
        }
    }
}
