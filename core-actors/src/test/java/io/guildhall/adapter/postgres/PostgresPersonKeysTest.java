package io.guildhall.adapter.postgres;

import static io.guildhall.Await.result;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.guildhall.kernel.AesGcm;
import io.guildhall.port.PersonKey;
import io.guildhall.port.PersonKey.Destroyed;
import io.guildhall.port.PersonKey.Usable;
import io.guildhall.testing.SettableClock;
import io.guildhall.testing.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PostgresPersonKeysTest {
    private static final byte[] OLD = "the first master key of the test".getBytes(UTF_8);
    private static final byte[] NEW = "another master key of the tests!".getBytes(UTF_8);
    private static final DataSource DATABASE = database();

    private final SettableClock clock = new SettableClock();
    private final PostgresPersonKeys node = node(OLD);
    private final PostgresPersonKeys otherNode = node(OLD);

    private static DataSource database() {
        var database = TestDatabase.fresh();
        try (var files = Files.list(Path.of("../projections/src/main/resources/db/migration"));
                var connection = database.getConnection();
                var statement = connection.createStatement()) {
            var migration = files.filter(it -> it.toString().endsWith("__person_keys.sql"))
                    .findFirst();
            statement.execute(Files.readString(migration.orElseThrow()));
            return database;
        } catch (SQLException | IOException e) {
            throw new IllegalStateException("no table of keys", e);
        }
    }

    private PostgresPersonKeys node(byte[]... masterKeys) {
        return new PostgresPersonKeys(DATABASE, new MasterKeys(List.of(masterKeys)), 4, clock);
    }

    @BeforeEach
    void empty() throws SQLException {
        execute("DELETE FROM person_key");
        node.poll();
        otherNode.poll();
    }

    private static void execute(String sql) throws SQLException {
        try (var connection = DATABASE.getConnection();
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static List<String> rows(String columns) throws SQLException {
        try (var connection = DATABASE.getConnection();
                var rows = connection.createStatement().executeQuery("SELECT " + columns + " FROM person_key")) {
            var texts = new ArrayList<String>();
            while (rows.next()) texts.add(rows.getString(1));
            return texts;
        }
    }

    private static PersonKey create(PostgresPersonKeys keys, String accountId) {
        return requireNonNull(result(keys.findOrCreate(Set.of(accountId))).get(accountId));
    }

    private static PersonKey find(PostgresPersonKeys keys, String accountId) {
        return requireNonNull(result(keys.find(Set.of(accountId))).get(accountId));
    }

    private static Throwable failure(CompletionStage<?> call) {
        return call.toCompletableFuture().handle((_, failure) -> failure).join();
    }

    @Test
    void createsOneKeyForEachAccount() {
        var keys = result(node.findOrCreate(Set.of("acc_a", "acc_b")));
        assertThat(keys.values()).allMatch(Usable.class::isInstance).doesNotHaveDuplicates();
        assertThat(result(otherNode.findOrCreate(Set.of("acc_b", "acc_a")))).isEqualTo(keys);
        assertThat(result(otherNode.find(Set.of("acc_a")))).isEqualTo(Map.of("acc_a", keys.get("acc_a")));
        assertThat(node.cached("acc_a")).contains(keys.get("acc_a"));
    }

    @Test
    void nodesThatCreateAKeyTogetherGetTheSameOne() throws SQLException {
        var calls = IntStream.range(0, 40)
                .mapToObj(
                        it -> (it % 2 == 0 ? node : otherNode).findOrCreate(Set.of("acc_" + it / 8, "acc_x" + it / 4)))
                .toList();
        calls.forEach(it -> result(it));
        var stored = rows("account_id");
        assertThat(stored).hasSize(15);
        assertThat(calls)
                .allSatisfy(call -> assertThat(result(call))
                        .allSatisfy((id, key) -> assertThat(key).isEqualTo(find(node, id))));
    }

    @Test
    void storesKeysEncrypted() throws SQLException {
        var key = ((Usable) create(node, "acc_a")).key().getEncoded();
        var stored = HexFormat.of().parseHex(rows("encode(wrapped_key, 'hex')").getFirst());
        assertThat(stored).hasSize(12 + AesGcm.KEY_BYTES + 16);
        assertThat(new String(stored, ISO_8859_1)).doesNotContain(new String(key, ISO_8859_1));
    }

    @Test
    void findsNoKeyThatWasNotCreated() {
        assertThat(failure(node.find(Set.of("acc_a"))))
                .hasMessageContaining("person_key has no row for this account")
                .hasMessageContaining("acc_a");
        assertThat(node.cached("acc_a")).isEmpty();
    }

    @Test
    void destroysKeyForEver() throws SQLException {
        create(node, "acc_a");
        create(otherNode, "acc_a");
        result(node.destroy("acc_a"));
        assertThat(node.cached("acc_a")).contains(new Destroyed());
        assertThat(find(node, "acc_a")).isEqualTo(new Destroyed());
        assertThat(create(node, "acc_a")).isEqualTo(new Destroyed());
        assertThat(rows("coalesce(wrapped_key::text, 'none')")).containsExactly("none");
        var at = rows("destroyed_at").getFirst();
        result(otherNode.destroy("acc_a"));
        assertThat(rows("destroyed_at")).containsExactly(at);
    }

    /** An account that has none yet never gets one. */
    @Test
    void destroysKeyBeforeItExists() {
        result(node.destroy("acc_a"));
        assertThat(create(otherNode, "acc_a")).isEqualTo(new Destroyed());
    }

    @Test
    void otherNodesLearnOfADestroyedKey() throws SQLException {
        create(otherNode, "acc_a");
        create(otherNode, "acc_b");
        result(node.destroy("acc_a"));
        assertThat(otherNode.cached("acc_a")).containsInstanceOf(Usable.class);
        assertThat(otherNode.poll()).isLessThanOrEqualTo(Duration.ofSeconds(1));
        assertThat(otherNode.cached("acc_a")).contains(new Destroyed());
        assertThat(otherNode.cached("acc_b")).containsInstanceOf(Usable.class);
    }

    /** Without the queries, it would not learn that a key was destroyed. */
    @Test
    void usesNoCachedKeyWithoutQueryingTheDatabase() throws SQLException {
        create(node, "acc_a");
        clock.pass(PostgresPersonKeys.MAX_AGE.plusMillis(1));
        assertThat(node.cached("acc_a")).isEmpty();
        // The key was destroyed so long ago that the queries do not return it any more.
        result(otherNode.destroy("acc_a"));
        execute("UPDATE person_key SET destroyed_at = now() - interval '1 day'");
        node.poll();
        assertThat(node.cached("acc_a")).isEmpty();
        assertThat(find(node, "acc_a")).isEqualTo(new Destroyed());
    }

    @Test
    void aMissingMasterKeyIsAnErrorThatSaysWhatToDo() throws SQLException {
        create(node, "acc_a");
        var other = node(NEW);
        assertThat(failure(other.find(Set.of("acc_a"))))
                .hasMessageContaining("The key of acc_a cannot be decrypted")
                .hasMessageContaining(MasterKeys.fingerprint(OLD))
                .hasMessageContaining("add it to GUILDHALL_MASTER_KEYS");
        assertThat(failure(other.findOrCreate(Set.of("acc_a")))).isNotNull();
        assertThat(other.missingMasterKeys()).containsExactly(MasterKeys.fingerprint(OLD));
        assertThat(node.missingMasterKeys()).isEmpty();
    }

    /** As the keys of two accounts that were exchanged in the database. */
    @Test
    void keyOfAnotherAccountIsNotUsed() throws SQLException {
        create(node, "acc_a");
        execute("UPDATE person_key SET account_id = 'acc_b'");
        assertThat(failure(node.find(Set.of("acc_b")))).hasMessageContaining("The key of acc_b cannot be decrypted");
    }

    @Test
    void replacesAMasterKey() throws SQLException {
        var before = create(node, "acc_a");
        result(node.destroy("acc_gone"));
        var both = node(NEW, OLD);
        assertThat(both.missingMasterKeys()).isEmpty();
        assertThat(find(both, "acc_a")).isEqualTo(before);
        both.rewrap();
        assertThat(rows("coalesce(master_key, 'none')")).containsExactlyInAnyOrder(MasterKeys.fingerprint(NEW), "none");
        assertThat(find(node(NEW), "acc_a")).isEqualTo(before);
        assertThat(node(NEW).missingMasterKeys()).isEmpty();
        assertThat(node.missingMasterKeys()).containsExactly(MasterKeys.fingerprint(NEW));
    }

    @Test
    void rewrapsManyKeysInSteps() throws SQLException {
        result(node.findOrCreate(
                IntStream.range(0, 501).mapToObj(it -> "acc_" + it).collect(Collectors.toSet())));
        var both = node(NEW, OLD);
        assertThat(both.rewrap()).isZero();
        assertThat(both.rewrap()).isPositive();
        assertThat(node(NEW).missingMasterKeys()).isEmpty();
    }
}
