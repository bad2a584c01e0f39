package io.guildhall.projections.view.contract;

import io.guildhall.projections.readmodel.Page;
import io.guildhall.projections.readmodel.contract.ContractRow;
import io.guildhall.projections.readmodel.contract.Contracts;
import io.guildhall.projections.readmodel.contract.HeldMilestoneRow;
import io.guildhall.projections.store.Keyset;
import io.guildhall.projections.store.PagedQuery;
import io.guildhall.projections.store.PagedQuery.Order;
import io.guildhall.projections.store.ReadDatabase;
import io.guildhall.projections.store.Sql;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletionStage;

public final class SqlContracts implements Contracts {
    private static final Keyset<ContractRow> MINE =
            new Keyset<>("contracts-mine", List.of("~"), row -> List.of(row.id()));

    private static final String OF_PARTY = """
            SELECT c.*, m.*
              FROM ((SELECT * FROM contract WHERE client_id = ? AND id < ? ORDER BY id DESC LIMIT ?)
                     UNION
                    (SELECT * FROM contract WHERE freelancer_id = ? AND id < ? ORDER BY id DESC LIMIT ?)) c,
                   LATERAL (SELECT %s FROM contract_milestone WHERE contract_id = c.id) m
             ORDER BY c.id DESC LIMIT ?
            """.formatted(ContractColumns.MILESTONE_ARRAYS);

    private static final PagedQuery<HeldMilestoneRow> HELD = new PagedQuery<>(
            new Keyset<>(
                    "held-milestones",
                    List.of(Instant.EPOCH, "", 0L),
                    row -> List.of(row.heldSince(), row.contractId(), (long)
                            row.milestone().milestone().number())),
            Order.ASCENDING,
            List.of("held_since", "contract_id", "number"),
            ContractColumns.HELD);
    private static final String SELECT_HELD = """
            SELECT *
              FROM (SELECT m.*, m.funded_at AS held_since, c.title AS contract_title, c.client_id, c.freelancer_id, c.currency
                      FROM contract_milestone m JOIN contract c ON c.id = m.contract_id
                     WHERE m.status IN ('FUNDED', 'SUBMITTED', 'CHANGES_REQUESTED') AND m.funded_at IS NOT NULL) held
             WHERE true
            """;

    private final ReadDatabase database;

    public SqlContracts(ReadDatabase database) {
        this.database = database;
    }

    @Override
    public CompletionStage<Page<HeldMilestoneRow>> heldMilestones(Page.Request page) {
        return database.query(connection -> HELD.page(connection, page, SELECT_HELD));
    }

    @Override
    public CompletionStage<Page<ContractRow>> ofParty(String accountId, Page.Request page) {
        return database.query(connection -> MINE.page(
                page,
                (after, limit) -> Sql.list(
                        connection,
                        OF_PARTY,
                        ContractColumns.ROW,
                        accountId,
                        after.getFirst(),
                        limit,
                        accountId,
                        after.getFirst(),
                        limit,
                        limit)));
    }
}
