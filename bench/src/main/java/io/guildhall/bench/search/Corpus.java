package io.guildhall.bench.search;

import com.pgvector.PGvector;
import io.guildhall.bench.client.Eventually;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.function.Consumer;
import org.postgresql.PGConnection;

/**
 * Fills the tables of the search by SQL, since a model would read so many texts for half an hour: some texts are read by the running node itself,
 * and each is then there many times, its vector with some of another's in it, as if it spoke of that too. One in a hundred is of the category
 * {@value #RARE}, one in ten is paid in {@value #TENTH}.
 */
final class Corpus {
    static final String RARE = "rare";
    static final String TENTH = "CHF";
    /** Of the other, at most. */
    private static final double SHARE = 0.5;

    private static final Duration PATIENCE = Duration.ofMinutes(10);

    private static final String DOCUMENT = """
            INSERT INTO search_document (id, kind, owner_id, title, content, content_hash, words, category, category_key, skills, skill_keys, currency,
                                         price_min, price_max, delivery_days, listed, listed_at, version)
            """;

    private final String jdbcUrl;
    private final Consumer<String> say;

    Corpus(String jdbcUrl, Consumer<String> say) {
        this.jdbcUrl = jdbcUrl;
        this.say = say;
    }

    record Read(String id, float[] vector) {}

    /** The vectors of the queries, as the node's own model reads them. */
    List<float[]> fill(List<String> offers, List<String> queries, int size) throws SQLException, IOException {
        try (var connection = DriverManager.getConnection(jdbcUrl)) {
            say.accept("having " + offers.size() + " texts and " + queries.size() + " queries read by the node …");
            toBeRead(connection, "GIG", offers);
            toBeRead(connection, "FREELANCER", queries);
            Eventually.holds("the node has read all", PATIENCE, () -> waiting() == 0);
            var model = text(connection, "SELECT name FROM embedding.model");
            var asked = read(connection, "FREELANCER");
            execute(connection, "DELETE FROM embedding.vector WHERE kind = 'FREELANCER'");
            execute(connection, "DELETE FROM search_document WHERE kind = 'FREELANCER'");
            say.accept("making " + size + " documents of them …");
            multiply(connection, model, size / offers.size());
            return asked.stream().map(Read::vector).toList();
        }
    }

    private static void toBeRead(Connection connection, String kind, List<String> texts) throws SQLException {
        try (var insert = connection.prepareStatement(DOCUMENT + """
                SELECT ?, ?, 'acc_bench', text, text, md5(text), to_tsvector('english', text), 'common', 'common', '{}', '{}', 'USD', 10000, 20000, 7, true, now(), 1
                  FROM (SELECT ?::text AS text) t
                """)) {
            for (int i = 0; i < texts.size(); i++) {
                insert.setString(1, "gig_%s%05d".formatted(kind.substring(0, 1).toLowerCase(Locale.ROOT), i));
                insert.setString(2, kind);
                insert.setString(3, texts.get(i));
                insert.addBatch();
            }
            insert.executeBatch();
        }
        execute(
                connection,
                "INSERT INTO embedding.backlog (id, since) SELECT id, now() FROM search_document WHERE kind = '" + kind
                        + "'");
    }

    private int waiting() {
        try (var connection = DriverManager.getConnection(jdbcUrl)) {
            return Integer.parseInt(text(connection, "SELECT count(*) FROM embedding.backlog"));
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static List<Read> read(Connection connection, String kind) throws SQLException {
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery(
                        "SELECT id, embedding::text FROM embedding.vector WHERE kind = '" + kind + "' ORDER BY id")) {
            var read = new ArrayList<Read>();
            while (rows.next()) read.add(new Read(rows.getString(1), new PGvector(rows.getString(2)).toArray()));
            return read;
        }
    }

    private void multiply(Connection connection, String model, int times) throws SQLException, IOException {
        execute(connection, "SET maintenance_work_mem = '512MB'");
        execute(connection, "DROP INDEX embedding.vector_hnsw_idx");
        execute(connection, DOCUMENT + """
                SELECT d.id || '_' || c, kind, owner_id, title, content, content_hash, words, category, category_key, skills, skill_keys, currency,
                       price_min, price_max, delivery_days, listed, listed_at - c * interval '1 second', version
                  FROM search_document d, generate_series(2, %d) c WHERE kind = 'GIG'
                """.formatted(times));
        execute(connection, """
                UPDATE search_document d SET category = n.category, category_key = n.category, currency = n.currency
                  FROM (SELECT id, CASE WHEN i %% 100 = 7 THEN '%s' ELSE 'common' END AS category, CASE WHEN i %% 10 = 3 THEN '%s' ELSE 'USD' END AS currency
                          FROM (SELECT id, row_number() OVER (ORDER BY md5(id)) AS i FROM search_document) numbered) n
                 WHERE n.id = d.id
                """.formatted(RARE, TENTH));
        execute(connection, """
                INSERT INTO gig (id, freelancer_id, title, description, category, tags, media, tiers, names, prices, delivery_days, revisions, includes,
                                 currency, status, revision, posted_at, version)
                SELECT id, owner_id, title, '', category, '{}', '{}', '{BASIC}', '{""}', '{10000}', '{7}', '{1}', '{""}', currency, 'ACTIVE', 1, listed_at, 1
                  FROM search_document
                ON CONFLICT (id) DO NOTHING
                """);
        copyVectors(connection, model, read(connection, "GIG"), times);
        say.accept("building the index …");
        execute(
                connection,
                "CREATE INDEX vector_hnsw_idx ON embedding.vector USING hnsw (embedding vector_ip_ops) WITH (m = 16, ef_construction = 64)");
        execute(connection, "VACUUM ANALYZE");
    }

    private static void copyVectors(Connection connection, String model, List<Read> read, int times)
            throws SQLException, IOException {
        var chance = new Random(3);
        var copy = connection.unwrap(PGConnection.class).getCopyAPI().copyIn("COPY embedding.vector FROM STDIN");
        for (int c = 2; c <= times; c++)
            for (var it : read) {
                var line = "GIG\t" + it.id() + "_" + c + "\t" + model + "\tcopied\t"
                        + new PGvector(mixed(
                                        it.vector(),
                                        read.get(chance.nextInt(read.size())).vector(),
                                        chance.nextDouble() * SHARE))
                                .getValue()
                        + "\n";
                var bytes = line.getBytes(StandardCharsets.US_ASCII);
                copy.writeToCopy(bytes, 0, bytes.length);
            }
        copy.endCopy();
    }

    /** The one with some of the other in it, as a text that speaks of both. */
    private static float[] mixed(float[] one, float[] other, double share) {
        var mixed = new float[one.length];
        double squares = 0;
        for (int d = 0; d < one.length; d++) {
            mixed[d] = (float) (one[d] * (1 - share) + other[d] * share);
            squares += mixed[d] * mixed[d];
        }
        for (int d = 0; d < one.length; d++) mixed[d] /= (float) Math.sqrt(squares);
        return mixed;
    }

    private static String text(Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getString(1);
        }
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
