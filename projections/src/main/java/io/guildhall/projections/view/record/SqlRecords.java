package io.guildhall.projections.view.record;

import io.guildhall.projections.readmodel.record.RecordRow;
import io.guildhall.projections.readmodel.record.Records;
import io.guildhall.projections.store.ReadDatabase;
import io.guildhall.projections.store.Sql;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.CompletionStage;

public final class SqlRecords implements Records {
    /** A day of a milestone is always 24 hours, independent of the session's time zone. */
    private static final String QUERY = """
            SELECT f.id, c.completed, c.active, m.submitted, m.on_time, r.reviews, r.stars, repeat.clients
              FROM unnest(?) WITH ORDINALITY f (id, position),
                   LATERAL (SELECT count(*) FILTER (WHERE status = 'COMPLETED') AS completed,
                                   count(*) FILTER (WHERE status = 'ACTIVE') AS active
                              FROM record_contract WHERE freelancer_id = f.id) c,
                   LATERAL (SELECT count(*) AS submitted,
                                   count(*) FILTER (WHERE submitted_at <= funded_at + days * interval '24 hours') AS on_time
                              FROM record_milestone WHERE freelancer_id = f.id AND submitted_at IS NOT NULL) m,
                   LATERAL (SELECT count(*) AS reviews, coalesce(sum(overall), 0) AS stars
                              FROM record_review WHERE freelancer_id = f.id) r,
                   LATERAL (SELECT count(*) AS clients
                              FROM (SELECT FROM record_contract WHERE freelancer_id = f.id AND status = 'COMPLETED'
                                     GROUP BY client_id HAVING count(*) >= 2) client) repeat
             ORDER BY f.position
            """;

    private final ReadDatabase database;

    public SqlRecords(ReadDatabase database) {
        this.database = database;
    }

    @Override
    public CompletionStage<List<RecordRow>> of(List<String> freelancerIds) {
        return database.query(connection -> Sql.list(connection, QUERY, SqlRecords::row, Sql.texts(freelancerIds)));
    }

    private static RecordRow row(ResultSet row) throws SQLException {
        return new RecordRow(
                row.getString("id"),
                row.getInt("completed"),
                row.getInt("active"),
                row.getInt("submitted"),
                row.getInt("on_time"),
                row.getInt("reviews"),
                row.getLong("stars"),
                row.getInt("clients"));
    }
}
