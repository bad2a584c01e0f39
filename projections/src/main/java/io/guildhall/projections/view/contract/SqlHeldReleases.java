package io.guildhall.projections.view.contract;

import io.guildhall.projections.readmodel.Page;
import io.guildhall.projections.readmodel.contract.HeldReleaseRow;
import io.guildhall.projections.readmodel.contract.HeldReleases;
import io.guildhall.projections.store.Keyset;
import io.guildhall.projections.store.PagedQuery;
import io.guildhall.projections.store.ReadDatabase;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** Queries of the table of {@link HeldReleaseView}. */
public final class SqlHeldReleases implements HeldReleases {
    private static final PagedQuery<HeldReleaseRow> OLDEST_FIRST = new PagedQuery<>(
            new Keyset<>(
                    "held-releases",
                    List.of(Instant.EPOCH, ""),
                    it -> List.of(it.heldAt(), HeldReleaseColumns.id(it.contractId(), it.number()))),
            PagedQuery.Order.ASCENDING,
            List.of("held_at", "id"),
            HeldReleaseColumns.ROW);

    private final ReadDatabase database;

    public SqlHeldReleases(ReadDatabase database) {
        this.database = database;
    }

    @Override
    public CompletionStage<Page<HeldReleaseRow>> waiting(Page.Request page) {
        return database.query(
                connection -> OLDEST_FIRST.page(connection, page, "SELECT * FROM held_release WHERE is_waiting"));
    }
}
