package io.guildhall.projections.view.contract;

import io.guildhall.domain.contract.Milestone;
import io.guildhall.domain.contract.Milestone.Status;
import io.guildhall.kernel.Money;
import io.guildhall.projections.readmodel.Page;
import io.guildhall.projections.readmodel.contract.ContractRow;
import io.guildhall.projections.readmodel.contract.ContractStatus;
import io.guildhall.projections.readmodel.contract.Contracts;
import io.guildhall.projections.store.Keyset;
import io.guildhall.projections.store.ReadDatabase;
import io.guildhall.projections.store.Sql;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.stream.IntStream;

public final class SqlContracts implements Contracts {
    private static final Keyset<ContractRow> MINE =
            new Keyset<>("contracts-mine", List.of("~"), row -> List.of(row.id()));

    private final ReadDatabase reading;

    public SqlContracts(ReadDatabase reading) {
        this.reading = reading;
    }

    @Override
    public CompletionStage<Page<ContractRow>> ofParty(String accountId, Page.Request page) {
        return reading.ask(connection -> MINE.page(
                page,
                (after, limit) -> Sql.list(
                        connection,
                        """
                        SELECT c.*, m.*
                          FROM ((SELECT * FROM contract WHERE client_id = ? AND id < ? ORDER BY id DESC LIMIT ?)
                                 UNION
                                (SELECT * FROM contract WHERE freelancer_id = ? AND id < ? ORDER BY id DESC LIMIT ?)) c,
                               LATERAL (SELECT array_agg(number ORDER BY number) AS numbers,
                                               array_agg(title ORDER BY number) AS titles,
                                               array_agg(amount ORDER BY number) AS amounts,
                                               array_agg(days ORDER BY number) AS days,
                                               array_agg(status ORDER BY number) AS statuses,
                                               array_agg(note ORDER BY number) AS notes
                                          FROM contract_milestone WHERE contract_id = c.id) m
                         ORDER BY c.id DESC LIMIT ?
                        """,
                        SqlContracts::row,
                        accountId,
                        after.getFirst(),
                        limit,
                        accountId,
                        after.getFirst(),
                        limit,
                        limit)));
    }

    private static ContractRow row(ResultSet row) throws SQLException {
        var currency = row.getString("currency");
        return new ContractRow(
                row.getString("id"),
                Sql.text(row, "job_id"),
                Sql.text(row, "proposal_id"),
                Sql.text(row, "invite_id"),
                row.getString("client_id"),
                row.getString("freelancer_id"),
                row.getString("title"),
                new Money(row.getLong("price"), currency),
                row.getInt("fee_basis_points"),
                ContractStatus.valueOf(row.getString("status")),
                milestones(row, currency),
                Sql.instant(row, "drawn_at").orElseThrow(),
                Sql.instant(row, "changed_at").orElseThrow());
    }

    private static List<Milestone> milestones(ResultSet row, String currency) throws SQLException {
        var numbers = Sql.list(row, "numbers", Integer[].class);
        var titles = Sql.list(row, "titles", String[].class);
        var amounts = Sql.list(row, "amounts", Long[].class);
        var days = Sql.list(row, "days", Integer[].class);
        var statuses = Sql.list(row, "statuses", String[].class);
        var notes = Sql.list(row, "notes", String[].class);
        return IntStream.range(0, numbers.size())
                .mapToObj(i -> new Milestone(
                        numbers.get(i),
                        titles.get(i),
                        new Money(amounts.get(i), currency),
                        days.get(i),
                        Status.valueOf(statuses.get(i)),
                        notes.get(i)))
                .toList();
    }
}
