package io.guildhall.projections.view.review;

import io.guildhall.projections.readmodel.Page;
import io.guildhall.projections.readmodel.review.ReviewRow;
import io.guildhall.projections.readmodel.review.Reviews;
import io.guildhall.projections.store.PagedQuery;
import io.guildhall.projections.store.ReadDatabase;
import io.guildhall.projections.store.Sql;
import io.guildhall.projections.view.NotSuspended;
import java.util.List;
import java.util.concurrent.CompletionStage;

public final class SqlReviews implements Reviews {
    private static final PagedQuery<ReviewRow> ABOUT = PagedQuery.newestFirst(
            "reviews-about",
            "revealed_at",
            "id",
            ReviewColumns.ROW,
            row -> row.revealedAt().orElseThrow(),
            ReviewRow::id);

    private final ReadDatabase database;

    public SqlReviews(ReadDatabase database) {
        this.database = database;
    }

    @Override
    public CompletionStage<List<ReviewRow>> ofContract(String contractId, String readerId) {
        return database.query(connection -> Sql.list(
                connection,
                "SELECT * FROM review WHERE contract_id = ? ORDER BY id",
                row -> visibleTo(readerId, ReviewColumns.ROW.read(row)),
                contractId));
    }

    @Override
    public CompletionStage<Page<ReviewRow>> about(String accountId, Page.Request page) {
        return database.query(connection -> ABOUT.page(
                connection,
                page,
                "SELECT * FROM review WHERE subject_id = ? AND status = 'REVEALED' AND "
                        + NotSuspended.owner("subject_id"),
                accountId));
    }

    private static ReviewRow visibleTo(String readerId, ReviewRow row) {
        boolean isVisible = switch (row.status()) {
            case REVEALED -> true;
            case WRITTEN -> row.authorId().equals(readerId);
            case AWAITED, LAPSED -> false;
        };
        return isVisible ? row : row.withoutContent();
    }
}
