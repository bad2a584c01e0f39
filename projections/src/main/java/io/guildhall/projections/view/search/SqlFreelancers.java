package io.guildhall.projections.view.search;

import static io.guildhall.projections.store.Field.column;
import static io.guildhall.projections.store.Field.optionalAmount;
import static io.guildhall.projections.store.SqlType.TEXT;
import static io.guildhall.projections.store.SqlType.TEXTS;

import io.guildhall.projections.readmodel.search.FreelancerRow;
import io.guildhall.projections.readmodel.search.Freelancers;
import io.guildhall.projections.store.ReadDatabase;
import io.guildhall.projections.store.RecordColumns;
import io.guildhall.projections.store.Sql;
import io.guildhall.projections.view.NotSuspended;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** Reads freelancers from their documents and accounts. */
public final class SqlFreelancers implements Freelancers {
    private static final RecordColumns<FreelancerRow> ROW = RecordColumns.of(
            FreelancerRow.class,
            column("id", TEXT, FreelancerRow::id),
            column("country", TEXT, FreelancerRow::country),
            column("headline", TEXT, FreelancerRow::headline),
            column("skills", TEXTS, FreelancerRow::skills),
            optionalAmount("hourly_rate", FreelancerRow::hourlyRate));

    private static final String LISTED = """
            SELECT d.id, a.country, d.title AS headline, d.skills, d.price_min AS hourly_rate, d.currency
              FROM search_document d JOIN account a ON a.id = d.id
             WHERE d.listed AND d.kind = 'FREELANCER' AND d.id = ANY(?) AND %s
            """.formatted(NotSuspended.owner("d.owner_id"));

    private final ReadDatabase database;

    public SqlFreelancers(ReadDatabase database) {
        this.database = database;
    }

    @Override
    public CompletionStage<List<FreelancerRow>> listed(List<String> ids) {
        return database.query(connection -> Sql.list(connection, LISTED, ROW, Sql.texts(ids)));
    }
}
