package io.guildhall.projections.store;

import io.guildhall.domain.dataexport.DataExports;
import io.guildhall.kernel.Ids;
import io.guildhall.port.FileKey;
import io.guildhall.projections.readmodel.room.RoomExport.Archive;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import javax.sql.DataSource;

/**
 * The table of exports. A node claims an export for a limited time and renews the claim while it writes. A claim that
 * ends without a result can be claimed again by any node, which starts the export again. Each claim is an attempt with a
 * number and its own file: a node whose claim another one has taken over changes nothing more. Blocks.
 */
public final class ExportTable {
    /** The exporter makes one call at a time to this table, while it reads what it exports. */
    public static final int CONNECTIONS = 2;

    public static final Duration CLAIM_DURATION = Duration.ofMinutes(1);

    /** Finished exports, and the records of failed ones, are deleted after this time, or after the next one of the room. */
    public static final Duration LIFETIME = DataExports.ARCHIVE_LIFETIME;

    static final int MAX_FAILURES = 5;

    /** Also of attempts that have ended with their node. */
    static final int MAX_ATTEMPTS = 20;

    private static final Duration RETRY_PAUSE = Duration.ofSeconds(30);
    private static final int MAX_FAILURE_LENGTH = 2_000;

    private static final String CLAIM = """
            UPDATE export SET state = 'RUNNING', attempts = attempts + 1, done = 0, claimed_until = ?
             WHERE id = (SELECT id FROM export AS waiting
                          WHERE state IN ('WAITING', 'RUNNING') AND claimed_until <= ? AND attempts < ?
                          ORDER BY (SELECT count(*) FROM export AS other
                                     WHERE other.account_id = waiting.account_id AND other.id <> waiting.id AND other.attempts > 0),
                                   requested_at, id
                          LIMIT 1 FOR UPDATE OF waiting SKIP LOCKED)
            RETURNING *
            """;
    private static final String END_WITHOUT_ATTEMPTS = """
            UPDATE export SET state = 'FAILED', failure = 'Every attempt has ended with its node.', finished_at = ?, expires_at = ?
             WHERE state = 'RUNNING' AND claimed_until <= ? AND attempts >= ?
            """;
    private static final String IS_MINE = " WHERE id = ? AND attempts = ? AND state = 'RUNNING'";
    private static final String RENEW = "UPDATE export SET done = ?, total = ?, claimed_until = ?" + IS_MINE;
    private static final String FINISH = """
            UPDATE export SET state = 'FINISHED', done = total, file_id = ?, file_name = ?, bytes = ?,
                   failure = NULL, finished_at = ?, expires_at = ?
            """ + IS_MINE;
    private static final String FAIL = """
            UPDATE export
               SET failures = failures + 1, failure = ?, claimed_until = ?,
                   state = CASE WHEN failures + 1 >= ? THEN 'FAILED' ELSE state END,
                   finished_at = CASE WHEN failures + 1 >= ? THEN ?::timestamptz END,
                   expires_at = CASE WHEN failures + 1 >= ? THEN ?::timestamptz END
            """ + IS_MINE;
    private static final String RELEASE = "UPDATE export SET claimed_until = '-infinity'" + IS_MINE;
    private static final String EXPIRED = """
            SELECT id, account_id, attempts FROM export
             WHERE expires_at <= ? AND is_reported ORDER BY expires_at LIMIT ?
            """;
    private static final String ADD = """
            INSERT INTO export (id, account_id, total, requested_at) VALUES (?, ?, 0, ?) ON CONFLICT (id) DO NOTHING
            """;
    private static final String EXPIRE_EARLIER = """
            UPDATE export SET expires_at = ?
             WHERE room_id = ? AND account_id = ? AND id <> ? AND state = 'FINISHED' AND expires_at > ?
            """;
    private static final String UNREPORTED = """
            SELECT id, room_id, account_id, state = 'FINISHED' AS is_finished FROM export
             WHERE state IN ('FINISHED', 'FAILED') AND NOT is_reported ORDER BY finished_at LIMIT ?
            """;

    private final ReadDatabase database;

    public ExportTable(DataSource database) {
        this.database = new ReadDatabase(database, CONNECTIONS);
    }

    /**
     * An export that this node writes.
     *
     * @param roomId absent if it is an export of the account's own data
     * @param attempt the number of this attempt, from 1
     * @param total the number of items to export, as far as it is known
     */
    public record Claim(
            String id, Optional<String> roomId, String accountId, int attempt, long total, Instant requestedAt) {
        public FileKey file() {
            return ExportTable.file(id, accountId, attempt);
        }
    }

    /** @param files of all attempts; not all of them exist */
    public record Expired(String id, List<FileKey> files) {}

    /** The export has ended, or another node has claimed it. */
    public static final class ClaimLostException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        ClaimLostException(Claim claim) {
            super("attempt " + claim.attempt() + " of export " + claim.id() + " was taken over");
        }
    }

    private static FileKey file(String id, String accountId, int attempt) {
        return new FileKey(accountId, FileKey.EXPORT, "fil_" + Ids.body(id) + "x" + attempt, FileKey.Type.ZIP);
    }

    /** Adds an export of the account's own data, unless it is known. */
    public static void add(Connection connection, String id, String accountId, Instant requestedAt)
            throws SQLException {
        Sql.update(connection, ADD, id, accountId, requestedAt);
    }

    /**
     * Claims an export that no node is writing: the oldest of the account with the fewest started ones, so that an account
     * with many requests does not delay the others.
     */
    public Optional<Claim> claim(Instant now) throws SQLException {
        update(END_WITHOUT_ATTEMPTS, now, now.plus(LIFETIME), now, MAX_ATTEMPTS);
        return database
                .queryBlocking(
                        it -> Sql.list(it, CLAIM, ExportTable::read, now.plus(CLAIM_DURATION), now, MAX_ATTEMPTS))
                .stream()
                .findFirst();
    }

    private static Claim read(ResultSet row) throws SQLException {
        return new Claim(
                row.getString("id"),
                Sql.text(row, "room_id"),
                row.getString("account_id"),
                row.getInt("attempts"),
                row.getLong("total"),
                Sql.instant(row, "requested_at").orElseThrow());
    }

    /**
     * Sets how many items are written, and of how many, and renews the claim.
     *
     * @throws ClaimLostException if another node has it
     */
    public void renew(Claim claim, long done, long total, Instant now) throws SQLException {
        requireMine(claim, update(RENEW, done, total, now.plus(CLAIM_DURATION), claim.id(), claim.attempt()));
    }

    /**
     * Ends the export, after its file was stored. Earlier exports of the room by this account expire, so that repeated exports
     * do not multiply the size of the room.
     *
     * @throws ClaimLostException if another node has the claim
     */
    public void finish(Claim claim, String fileName, long bytes, Instant now) throws SQLException {
        int finished = database.queryBlocking(connection -> ReadDatabase.inTransaction(connection, it -> {
            int updated = Sql.update(
                    it,
                    FINISH,
                    claim.file().id(),
                    fileName,
                    bytes,
                    now,
                    now.plus(LIFETIME),
                    claim.id(),
                    claim.attempt());
            if (updated > 0) Sql.update(it, EXPIRE_EARLIER, now, claim.roomId(), claim.accountId(), claim.id(), now);
            return updated;
        }));
        requireMine(claim, finished);
    }

    /** Plans the next attempt, or ends the export after the last one. Does nothing if another node has the claim. */
    public void fail(Claim claim, String failure, Instant now) throws SQLException {
        var shortened = failure.length() <= MAX_FAILURE_LENGTH ? failure : failure.substring(0, MAX_FAILURE_LENGTH);
        update(
                FAIL,
                Sql.storable(shortened),
                now.plus(RETRY_PAUSE),
                MAX_FAILURES,
                MAX_FAILURES,
                now,
                MAX_FAILURES,
                now.plus(LIFETIME),
                claim.id(),
                claim.attempt());
    }

    /** Lets any node start the next attempt. Does nothing if another node has the claim. */
    public void release(Claim claim) throws SQLException {
        update(RELEASE, claim.id(), claim.attempt());
    }

    /**
     * An export that has ended, whose result is not in the journal yet.
     *
     * @param roomId absent if it is an export of the account's own data
     */
    public record Unreported(String id, Optional<String> roomId, String accountId, boolean isFinished) {}

    public List<Unreported> unreported(int max) throws SQLException {
        return database.queryBlocking(connection -> Sql.list(
                connection,
                UNREPORTED,
                row -> new Unreported(
                        row.getString("id"),
                        Sql.text(row, "room_id"),
                        row.getString("account_id"),
                        row.getBoolean("is_finished")),
                max));
    }

    public void setReported(Unreported export) throws SQLException {
        update("UPDATE export SET is_reported = TRUE WHERE id = ?", export.id());
    }

    public List<Expired> expired(Instant now, int max) throws SQLException {
        return database.queryBlocking(connection ->
                Sql.list(connection, EXPIRED, row -> new Expired(row.getString("id"), files(row)), now, max));
    }

    private static List<FileKey> files(ResultSet row) throws SQLException {
        var id = row.getString("id");
        var accountId = row.getString("account_id");
        return IntStream.rangeClosed(1, row.getInt("attempts"))
                .mapToObj(it -> file(id, accountId, it))
                .toList();
    }

    /** The archive of a row of the table; empty until the export has finished. */
    public static Optional<Archive> archive(ResultSet row) throws SQLException {
        var fileId = Sql.text(row, "file_id");
        if (fileId.isEmpty()) return Optional.empty();
        return Optional.of(new Archive(
                fileId.get(),
                row.getString("file_name"),
                row.getLong("bytes"),
                Sql.instant(row, "expires_at").orElseThrow()));
    }

    /** Removes an export whose files were deleted. */
    public void delete(Expired export) throws SQLException {
        update("DELETE FROM export WHERE id = ?", export.id());
    }

    private static void requireMine(Claim claim, int updated) {
        if (updated == 0) throw new ClaimLostException(claim);
    }

    private int update(String sql, Object... values) throws SQLException {
        return database.queryBlocking(it -> Sql.update(it, sql, values));
    }
}
