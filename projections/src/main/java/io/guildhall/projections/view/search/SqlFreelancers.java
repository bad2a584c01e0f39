package io.guildhall.projections.view.search;

import io.guildhall.kernel.Money;
import io.guildhall.projections.readmodel.search.FreelancerRow;
import io.guildhall.projections.readmodel.search.Freelancers;
import io.guildhall.projections.store.ReadDatabase;
import io.guildhall.projections.store.Sql;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.CompletionStage;

public final class SqlFreelancers implements Freelancers {
    private static final String LISTED = """
            SELECT d.id, a.name, a.country, d.title, d.skills, d.price_min, d.currency
              FROM search_document d JOIN account a ON a.id = d.id WHERE d.listed AND d.kind = 'FREELANCER' AND
            """;
    private final ReadDatabase reading;

    public SqlFreelancers(ReadDatabase reading) {
        this.reading = reading;
    }

    @Override
    public CompletionStage<List<FreelancerRow>> listed(List<String> ids) {
        return reading.ask(
                connection -> Sql.list(connection, LISTED + " d.id = ANY(?)", SqlFreelancers::row, Sql.texts(ids)));
    }

    private static FreelancerRow row(ResultSet row) throws SQLException {
        long rate = row.getLong("price_min");
        boolean hasNone = row.wasNull();
        return new FreelancerRow(
                row.getString("id"),
                row.getString("name"),
                row.getString("country"),
                row.getString("title"),
                Sql.list(row, "skills", String[].class),
                Sql.text(row, "currency").filter(_ -> !hasNone).map(currency -> new Money(rate, currency)));
    }
}
