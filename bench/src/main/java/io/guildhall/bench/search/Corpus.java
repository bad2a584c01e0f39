package io.guildhall.bench.search;

import com.pgvector.PGvector;
import io.guildhall.bench.client.Await;
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
 * Fills the search tables by SQL, since embedding that many texts with a model takes half an hour. The running node
 * embeds some texts. Each is then copied, and a share of another document's vector is added to each copy. One document
 * in a hundred has the category {@value #CATEGORY_OF_1_PERCENT}, one in ten the currency
 * {@value #CURRENCY_OF_10_PERCENT}.
 */
final class Corpus {
    static final String CATEGORY_OF_1_PERCENT = "rare";
    static final String CURRENCY_OF_10_PERCENT = "CHF";
    private static final double MAX_SHARE_OF_OTHER_VECTOR = 0.5;
    private static final Duration EMBEDDING_TIMEOUT = Duration.ofMinutes(10);

    private static final String INSERT_DOCUMENT = """
            INSERT INTO search_document (id, kind, owner_id, title, content, content_hash, words, category, category_key, skills, skill_keys, currency,
                                         price_min, price_max, delivery_days, listed, listed_at, version)
            """;

    private final String jdbcUrl;
    private final Consumer<String> log;

    Corpus(String jdbcUrl, Consumer<String> log) {
        this.jdbcUrl = jdbcUrl;
        this.log = log;
    }

    record Embedded(String id, float[] vector) {}

    /** @return the vectors of the queries, computed by the node's model */
    List<float[]> fill(List<String> offers, List<String> queries, int size) throws SQLException, IOException {
        try (var connection = DriverManager.getConnection(jdbcUrl)) {
            log.accept("waiting until the node has embedded " + offers.size() + " texts and " + queries.size()
                    + " queries …");
            insertTexts(connection, "GIG", offers);
            insertTexts(connection, "FREELANCER", queries);
            Await.until("all texts are embedded", EMBEDDING_TIMEOUT, () -> waiting() == 0);
            var model = text(connection, "SELECT name FROM embedding.model");
            var embeddedQueries = read(connection, "FREELANCER");
            execute(connection, "DELETE FROM embedding.vector WHERE kind = 'FREELANCER'");
            execute(connection, "DELETE FROM search_document WHERE kind = 'FREELANCER'");
            log.accept("copying them to " + size + " documents …");
            copyDocuments(connection, model, size / offers.size());
            return embeddedQueries.stream().map(Embedded::vector).toList();
        }
    }

    private static void insertTexts(Connection connection, String kind, List<String> texts) throws SQLException {
        try (var insert = connection.prepareStatement(INSERT_DOCUMENT + """
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
                "INSERT INTO embedding.queue (id, model, owner_id, since, turn) SELECT id, name, owner_id, now(), 0"
                        + " FROM search_document, embedding.model WHERE kind = '" + kind + "'");
    }

    private int waiting() {
        try (var connection = DriverManager.getConnection(jdbcUrl)) {
            return Integer.parseInt(text(connection, "SELECT count(*) FROM embedding.queue"));
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static List<Embedded> read(Connection connection, String kind) throws SQLException {
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery(
                        "SELECT id, embedding::text FROM embedding.vector WHERE kind = '" + kind + "' ORDER BY id")) {
            var read = new ArrayList<Embedded>();
            while (rows.next()) read.add(new Embedded(rows.getString(1), new PGvector(rows.getString(2)).toArray()));
            return read;
        }
    }

    private void copyDocuments(Connection connection, String model, int times) throws SQLException, IOException {
        execute(connection, "SET maintenance_work_mem = '512MB'");
        execute(connection, "DROP INDEX embedding.vector_hnsw_idx");
        execute(connection, INSERT_DOCUMENT + """
                SELECT d.id || '_' || c, kind, owner_id, title, content, content_hash, words, category, category_key, skills, skill_keys, currency,
                       price_min, price_max, delivery_days, listed, listed_at - c * interval '1 second', version
                  FROM search_document d, generate_series(2, %d) c WHERE kind = 'GIG'
                """.formatted(times));
        execute(connection, """
                UPDATE search_document d SET category = n.category, category_key = n.category, currency = n.currency
                  FROM (SELECT id, CASE WHEN i %% 100 = 7 THEN '%s' ELSE 'common' END AS category, CASE WHEN i %% 10 = 3 THEN '%s' ELSE 'USD' END AS currency
                          FROM (SELECT id, row_number() OVER (ORDER BY md5(id)) AS i FROM search_document) numbered) n
                 WHERE n.id = d.id
                """.formatted(CATEGORY_OF_1_PERCENT, CURRENCY_OF_10_PERCENT));
        execute(connection, """
                INSERT INTO gig (id, freelancer_id, title, description, category, tags, media, tiers, names, prices, delivery_days, revisions, includes,
                                 currency, status, revision, posted_at, version)
                SELECT id, owner_id, title, '', category, '{}', '{}', '{BASIC}', '{""}', '{10000}', '{7}', '{1}', '{""}', currency, 'ACTIVE', 1, listed_at, 1
                  FROM search_document
                ON CONFLICT (id) DO NOTHING
                """);
        copyVectors(connection, model, read(connection, "GIG"), times);
        log.accept("building the index …");
        execute(
                connection,
                "CREATE INDEX vector_hnsw_idx ON embedding.vector USING hnsw (embedding vector_ip_ops) WITH (m = 16, ef_construction = 64)");
        execute(connection, "VACUUM ANALYZE");
    }

    private static void copyVectors(Connection connection, String model, List<Embedded> embedded, int times)
            throws SQLException, IOException {
        var random = new Random(3);
        var copy = connection.unwrap(PGConnection.class).getCopyAPI().copyIn("COPY embedding.vector FROM STDIN");
        for (int c = 2; c <= times; c++)
            for (var it : embedded) {
                var line = "GIG\t" + it.id() + "_" + c + "\t" + model + "\tcopied\t"
                        + new PGvector(mix(
                                        it.vector(),
                                        embedded.get(random.nextInt(embedded.size()))
                                                .vector(),
                                        random.nextDouble() * MAX_SHARE_OF_OTHER_VECTOR))
                                .getValue()
                        + "\n";
                var bytes = line.getBytes(StandardCharsets.US_ASCII);
                copy.writeToCopy(bytes, 0, bytes.length);
            }
        copy.endCopy();
    }

    /** The normalised weighted sum of two vectors. */
    private static float[] mix(float[] one, float[] other, double share) {
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
