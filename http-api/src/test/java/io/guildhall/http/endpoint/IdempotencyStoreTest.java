package io.guildhall.http.endpoint;

import static io.guildhall.Await.result;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.guildhall.Await;
import io.guildhall.adapter.postgres.PostgresIdempotency;
import io.guildhall.port.IdempotencyStore;
import io.guildhall.port.IdempotencyStore.Claim;
import io.guildhall.port.IdempotencyStore.Request;
import io.guildhall.port.IdempotencyStore.Seed;
import io.guildhall.port.IdempotencyStore.StoredResponse;
import io.guildhall.projections.store.Migrations;
import io.guildhall.testing.TestDatabase;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.postgresql.ds.PGSimpleDataSource;

/** The idempotency keys of two nodes on one database. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class IdempotencyStoreTest {
    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-11-29T12:00:00Z"));
    private final PGSimpleDataSource database = TestDatabase.migrated(Migrations::run);
    private final PostgresIdempotency node = new PostgresIdempotency(database, 4, now::get);
    private final PostgresIdempotency otherNode = new PostgresIdempotency(database, 4, now::get);

    private Request request(String key, long random) {
        return new Request("acc_ann", key, "fingerprint", new Seed(requireNonNull(now.get()), random));
    }

    private static String newKey() {
        return UUID.randomUUID().toString();
    }

    private static StoredResponse response(String text) {
        return new StoredResponse(201, "application/json", text.getBytes(StandardCharsets.UTF_8), Optional.of("\"1\""));
    }

    private static Request granted(CompletionStage<Claim> claim) {
        return grant(claim).request();
    }

    private static Claim.Granted grant(CompletionStage<Claim> claim) {
        assertThat(result(claim)).isInstanceOf(Claim.Granted.class);
        return (Claim.Granted) result(claim);
    }

    private static String completed(CompletionStage<Claim> claim) {
        assertThat(result(claim)).isInstanceOf(Claim.Completed.class);
        return new String(((Claim.Completed) result(claim)).response().body(), StandardCharsets.UTF_8);
    }

    @Test
    void grantsAKeyOnceHoweverManyRequestsHaveIt() {
        var key = newKey();
        var claims = IntStream.range(0, 40)
                .mapToObj(it -> (it % 2 == 0 ? node : otherNode).claim(request(key, it)))
                .toList();
        assertThat(claims.stream().map(Await::result).filter(Claim.Granted.class::isInstance))
                .hasSize(1);
        assertThat(claims.stream().map(Await::result).filter(Claim.InProgress.class::isInstance))
                .hasSize(39);
    }

    @Test
    void returnsTheStoredResponseOnEveryNode() {
        var request = granted(node.claim(request(newKey(), 1)));
        var stored = node.complete(request, response("first"));
        assertThat(completed(node.claim(request))).isEqualTo("first");
        result(stored);
        assertThat(completed(otherNode.claim(request))).isEqualTo("first");
        assertThat(completed(node.claim(request))).isEqualTo("first");
    }

    @Test
    void firstResponseIsKept() {
        var request = granted(node.claim(request(newKey(), 1)));
        result(node.complete(request, response("first")));
        result(otherNode.complete(request, response("second")));
        assertThat(completed(node.claim(request))).isEqualTo("first");
    }

    @Test
    void rejectsAnotherRequestWithTheSameKey() {
        var request = granted(node.claim(request(newKey(), 1)));
        var another = new Request(request.owner(), request.key(), "another", request.seed());
        assertThat(result(otherNode.claim(another))).isInstanceOf(Claim.KeyReused.class);
        result(node.complete(request, response("first")));
        assertThat(result(node.claim(another))).isInstanceOf(Claim.KeyReused.class);
    }

    /** Rows of the version that stored a plain hash. */
    @Test
    void storedRequestWithoutFingerprintMatchesEveryRequest() throws SQLException {
        var request = granted(node.claim(request(newKey(), 1)));
        result(node.complete(request, response("first")));
        execute("UPDATE idempotency SET fingerprint = ''");
        assertThat(completed(node.claim(request))).isEqualTo("first");
    }

    @Test
    void releasedOrAbandonedRequestIsRepeatedWithItsFirstSeed() {
        var key = newKey();
        var first = grant(node.claim(request(key, 1)));
        result(node.release(first));
        var second = granted(otherNode.claim(request(key, 2)));
        assertThat(second.seed()).isEqualTo(first.request().seed());
        assertThat(result(node.claim(request(key, 3)))).isInstanceOf(Claim.InProgress.class);
        now.updateAndGet(it -> it.plusSeconds(60));
        assertThat(granted(node.claim(request(key, 4))).seed())
                .isEqualTo(first.request().seed());
    }

    /** A killed node leaves no session. */
    @Test
    void requestOfANodeThatHasEndedIsRepeatedAtOnceWithItsFirstSeed() throws SQLException {
        var key = newKey();
        var first = granted(sessions("node-1").claim(request(key, 1)));
        var next = sessions("node-2");
        try (var alive = url("node-1").getConnection()) {
            assertThat(result(next.claim(request(key, 2)))).isInstanceOf(Claim.InProgress.class);
            assertThat(alive.isValid(1)).isTrue();
        }
        Await.until(() -> assertThat(result(next.claim(request(key, 3)))).isInstanceOf(Claim.Granted.class));
        var otherKey = newKey();
        var completed = granted(sessions("node-1").claim(request(otherKey, 1)));
        result(sessions("node-1").complete(completed, response("first")));
        assertThat(completed(next.claim(request(otherKey, 2)))).isEqualTo("first");
        assertThat(seed(key)).isEqualTo(first.seed().random());
    }

    /** The callers are routes, which run on the default dispatcher. */
    @Test
    void callersNeverWaitForTheDatabase() {
        var key = newKey();
        var first = granted(node.claim(request(key, 1)));
        var threads = ConcurrentHashMap.<Thread>newKeySet();
        var released = new CountDownLatch(1);
        var slow = new PGSimpleDataSource() {
            private static final long serialVersionUID = 1L;

            @Override
            public Connection getConnection() throws SQLException {
                threads.add(Thread.currentThread());
                try {
                    released.await();
                } catch (InterruptedException e) {
                    throw new AssertionError(e);
                }
                return database.getConnection();
            }
        };
        var calls = new PostgresIdempotency(slow, 4, now::get);
        var claim = calls.claim(request(key, 2)).toCompletableFuture();
        var stored = calls.complete(first, response("first")).toCompletableFuture();
        var release = calls.release(new Claim.Granted(request(newKey(), 3), requireNonNull(now.get())))
                .toCompletableFuture();
        assertThat(Stream.of(claim, stored, release)).noneMatch(CompletableFuture::isDone);
        released.countDown();
        result(stored);
        result(release);
        result(claim);
        assertThat(threads).isNotEmpty().doesNotContain(Thread.currentThread());
        assertThat(threads.stream().map(Thread::getName))
                .contains("idempotency", "idempotency-claims", "idempotency-responses");
    }

    private long seed(String key) throws SQLException {
        try (var connection = database.getConnection();
                var query = connection.prepareStatement("SELECT seed_chance FROM idempotency WHERE key = ?")) {
            query.setString(1, key);
            try (var row = query.executeQuery()) {
                row.next();
                return row.getLong(1);
            }
        }
    }

    /** A node without a pool: each session ends with its statement. */
    private PostgresIdempotency sessions(String name) {
        return new PostgresIdempotency(url(name), 4, now::get);
    }

    private DataSource url(String name) {
        var named = new PGSimpleDataSource();
        named.setURL(database.getURL());
        named.setUser(database.getUser());
        named.setPassword(database.getPassword());
        named.setApplicationName(name);
        return named;
    }

    /** The first node was slow: its claim has expired, and another node has the key. */
    @Test
    void expiredClaimDoesNotReleaseTheNextOne() {
        var key = newKey();
        var first = grant(node.claim(request(key, 1)));
        now.updateAndGet(it -> it.plusSeconds(31));
        var second = grant(otherNode.claim(request(key, 2)));
        result(node.release(first));
        assertThat(result(node.claim(request(key, 3)))).isInstanceOf(Claim.InProgress.class);
        result(otherNode.release(second));
        assertThat(granted(node.claim(request(key, 3))).seed())
                .isEqualTo(first.request().seed());
    }

    /** A crash of the database can lose the claim, which was not yet on the disk. */
    @Test
    void responseWithoutItsClaimIsThatOfItsRequestOnly() throws SQLException {
        var request = granted(node.claim(request(newKey(), 1)));
        execute("DELETE FROM idempotency");
        result(node.complete(request, response("first")));
        var another = new Request(request.owner(), request.key(), "another", request.seed());
        assertThat(result(otherNode.claim(another))).isInstanceOf(Claim.KeyReused.class);
        assertThat(completed(otherNode.claim(request))).isEqualTo("first");
        now.updateAndGet(it -> it.plus(IdempotencyStore.RETENTION).plusSeconds(1));
        assertThat(granted(node.claim(another))).isEqualTo(another);
    }

    /** A batch writes its claims before its responses, so two nodes can wait for each other's rows. */
    @Test
    void batchThatTheDatabaseRolledBackIsWrittenAgain() throws Exception {
        var response = granted(otherNode.claim(request("b-" + newKey(), 1)));
        var claimed = request("c-" + newKey(), 2);
        granted(otherNode.claim(claimed));
        try (var other = database.getConnection();
                var statement = other.createStatement()) {
            other.setAutoCommit(false);
            // The database never rolls the other transaction back.
            statement.execute("SET LOCAL deadlock_timeout = '1min'");
            lock(other, response.key());
            var stored = node.complete(response, response("first"));
            var claim = node.claim(claimed);
            Await.value(() -> assertThat(waitingStatements()).isEqualTo(1));
            lock(other, claimed.key());
            other.commit();
            assertThat(result(claim)).isInstanceOf(Claim.InProgress.class);
            result(stored);
        }
        assertThat(completed(otherNode.claim(response))).isEqualTo("first");
    }

    private static void lock(Connection connection, String key) throws SQLException {
        try (var statement = connection.prepareStatement("SELECT FROM idempotency WHERE key = ? FOR UPDATE")) {
            statement.setString(1, key);
            statement.execute();
        }
    }

    private int waitingStatements() throws SQLException {
        try (var connection = database.getConnection();
                var statement = connection.createStatement();
                var rows = statement.executeQuery("SELECT count(*) FROM pg_locks JOIN pg_stat_activity USING (pid)"
                        + " WHERE NOT granted AND datname = current_database()")) {
            rows.next();
            return rows.getInt(1);
        }
    }

    @Test
    void keyCanBeUsedAgainAfterADay() {
        var key = newKey();
        result(node.complete(granted(node.claim(request(key, 1))), response("first")));
        now.updateAndGet(it -> it.plus(IdempotencyStore.RETENTION).plusSeconds(1));
        var later = request(key, 2);
        assertThat(granted(node.claim(later))).isEqualTo(later);
        assertThat(result(otherNode.claim(later))).isInstanceOf(Claim.InProgress.class);
    }

    @Test
    void sweepDeletesOldKeysOnly() throws SQLException {
        execute("DELETE FROM idempotency");
        var old = newKey();
        result(node.complete(granted(node.claim(request(old, 1))), response("old")));
        execute("""
                INSERT INTO idempotency (owner, key, fingerprint, seed_at, seed_chance, claimed_until, created_at)
                SELECT 'acc_bob', number, '', created_at, 0, 'epoch', created_at
                  FROM generate_series(1, 5500) number, (SELECT min(created_at) AS created_at FROM idempotency) first""");
        now.updateAndGet(it -> it.plus(IdempotencyStore.RETENTION).plusSeconds(1));
        var young = request(newKey(), 2);
        result(node.complete(granted(node.claim(young)), response("young")));
        assertThat(node.sweep()).isZero();
        assertThat(node.sweep()).isGreaterThan(Duration.ofSeconds(30));
        assertThat(keys()).containsExactly(young.key());
        assertThat(completed(node.claim(young))).isEqualTo("young");
    }

    private void execute(String sql) throws SQLException {
        try (var connection = database.getConnection();
                var statement = connection.createStatement()) {
            statement.executeUpdate(sql);
        }
    }

    private List<String> keys() throws SQLException {
        try (var connection = database.getConnection();
                var statement = connection.createStatement();
                var rows = statement.executeQuery("SELECT key FROM idempotency")) {
            var keys = new ArrayList<String>();
            while (rows.next()) keys.add(rows.getString(1));
            return keys;
        }
    }
}
