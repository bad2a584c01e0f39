package io.guildhall.projections.store;

import io.guildhall.domain.job.Job.ProposalCount;
import io.guildhall.kernel.BoundedExecutor;
import io.guildhall.projections.WaitingProposals;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import javax.sql.DataSource;

/** Stores the waiting proposals of each job, and their number. A change locks the row with the count of its job. */
public final class WaitingProposalTable implements WaitingProposals {
    /** The maximum number of connections at the same time. */
    public static final int CONNECTIONS = 4;

    private static final Duration STATEMENT_TIMEOUT = Duration.ofSeconds(5);

    private static final String LOCK = """
            INSERT INTO waiting_proposal_count AS count (job_id, waiting, version) VALUES (?, 0, 0)
            ON CONFLICT (job_id) DO UPDATE SET version = count.version
            RETURNING waiting, version
            """;

    private static final String CHANGE_COUNT =
            "UPDATE waiting_proposal_count SET waiting = ?, version = ? WHERE job_id = ?";

    private static final String FIND = "SELECT standing, sequence FROM waiting_proposal WHERE proposal_id = ?";

    private static final String SAVE = """
            INSERT INTO waiting_proposal (proposal_id, job_id, standing, sequence) VALUES (?, ?, ?, ?)
            ON CONFLICT (proposal_id) DO UPDATE SET standing = excluded.standing, sequence = excluded.sequence
            """;

    private static final String PAGE = """
            SELECT proposal_id FROM waiting_proposal
             WHERE job_id = ? AND standing = 'WAITING' AND proposal_id > ? ORDER BY proposal_id LIMIT ?
            """;

    private final DataSource database;
    private final BoundedExecutor statements =
            new BoundedExecutor("waiting-proposals", CONNECTIONS, STATEMENT_TIMEOUT, STATEMENT_TIMEOUT);

    public WaitingProposalTable(DataSource database) {
        this.database = database;
    }

    /** A proposal after one of its events. */
    private record Entry(Status status, long sequence) {
        static Entry from(ResultSet row) throws SQLException {
            return new Entry(Status.valueOf(row.getString("standing")), row.getLong("sequence"));
        }
    }

    @Override
    public CompletionStage<Receipt> arrive(String proposalId, String jobId, long sequence, int limit) {
        return inTransaction(connection -> {
            var count = lock(connection, jobId);
            var last = find(connection, proposalId);
            if (last.isPresent() && last.get().sequence > sequence) return new Receipt(Status.DECIDED, count);
            if (last.isPresent() && last.get().sequence == sequence) return new Receipt(last.get().status, count);
            if (count.waiting() >= limit) {
                save(connection, proposalId, jobId, new Entry(Status.REFUSED, sequence));
                return new Receipt(Status.REFUSED, count);
            }
            save(connection, proposalId, jobId, new Entry(Status.WAITING, sequence));
            return new Receipt(Status.WAITING, isWaiting(last) ? count : change(connection, jobId, count, 1));
        });
    }

    @Override
    public CompletionStage<ProposalCount> decide(String proposalId, String jobId, long sequence) {
        return inTransaction(connection -> {
            var count = lock(connection, jobId);
            var last = find(connection, proposalId);
            if (last.isPresent() && last.get().sequence >= sequence) return count;
            save(connection, proposalId, jobId, new Entry(Status.DECIDED, sequence));
            return isWaiting(last) ? change(connection, jobId, count, -1) : count;
        });
    }

    @Override
    public CompletionStage<List<String>> page(String jobId, Optional<String> after, int limit) {
        return statements.call(() -> {
            try (var connection = database.getConnection()) {
                return Sql.list(connection, PAGE, row -> row.getString("proposal_id"), jobId, after.orElse(""), limit);
            }
        });
    }

    private <T> CompletionStage<T> inTransaction(ReadDatabase.Query<T> change) {
        return statements.call(() -> {
            try (var connection = database.getConnection()) {
                return ReadDatabase.inTransaction(connection, change);
            }
        });
    }

    private static ProposalCount lock(Connection connection, String jobId) throws SQLException {
        return Sql.list(
                        connection,
                        LOCK,
                        row -> new ProposalCount(row.getInt("waiting"), row.getLong("version")),
                        jobId)
                .getFirst();
    }

    private static ProposalCount change(Connection connection, String jobId, ProposalCount count, int difference)
            throws SQLException {
        var changed = new ProposalCount(count.waiting() + difference, count.version() + 1);
        Sql.update(connection, CHANGE_COUNT, changed.waiting(), changed.version(), jobId);
        return changed;
    }

    private static Optional<Entry> find(Connection connection, String proposalId) throws SQLException {
        return Sql.list(connection, FIND, Entry::from, proposalId).stream().findFirst();
    }

    private static boolean isWaiting(Optional<Entry> entry) {
        return entry.filter(it -> it.status == Status.WAITING).isPresent();
    }

    private static void save(Connection connection, String proposalId, String jobId, Entry entry) throws SQLException {
        Sql.update(connection, SAVE, proposalId, jobId, entry.status, entry.sequence);
    }
}
