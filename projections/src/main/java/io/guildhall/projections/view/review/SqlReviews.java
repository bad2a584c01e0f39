package io.guildhall.projections.view.review;

import io.guildhall.domain.review.Ratings;
import io.guildhall.domain.review.Side;
import io.guildhall.projections.readmodel.Page;
import io.guildhall.projections.readmodel.review.ReviewRow;
import io.guildhall.projections.readmodel.review.ReviewRow.Content;
import io.guildhall.projections.readmodel.review.ReviewRow.Status;
import io.guildhall.projections.readmodel.review.Reviews;
import io.guildhall.projections.store.Keyset;
import io.guildhall.projections.store.ReadDatabase;
import io.guildhall.projections.store.Sql;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

public final class SqlReviews implements Reviews {
    private static final Keyset<ReviewRow> ABOUT = new Keyset<>(
            "reviews-about",
            List.of(Instant.MAX, ""),
            row -> List.of(row.revealedAt().orElseThrow(), row.id()));

    private final ReadDatabase reading;

    public SqlReviews(ReadDatabase reading) {
        this.reading = reading;
    }

    @Override
    public CompletionStage<List<ReviewRow>> ofContract(String contractId, String readerId) {
        return reading.ask(connection -> Sql.list(
                connection,
                "SELECT * FROM review WHERE contract_id = ? ORDER BY id",
                row -> row(row, readerId),
                contractId));
    }

    @Override
    public CompletionStage<Page<ReviewRow>> about(String accountId, Page.Request page) {
        return reading.ask(connection -> ABOUT.page(
                page,
                (after, limit) ->
                        Sql.list(connection, """
                        SELECT * FROM review
                         WHERE subject_id = ? AND status = 'REVEALED' AND (revealed_at, id) < (?, ?)
                         ORDER BY revealed_at DESC, id DESC LIMIT ?
                        """, row -> row(row, ""), accountId, after.get(0), after.get(1), limit)));
    }

    private static ReviewRow row(ResultSet row, String readerId) throws SQLException {
        var status = Status.valueOf(row.getString("status"));
        var authorId = row.getString("author_id");
        boolean shown = switch (status) {
            case REVEALED -> true;
            case WRITTEN -> authorId.equals(readerId);
            case AWAITED, LAPSED -> false;
        };
        return new ReviewRow(
                row.getString("id"),
                row.getString("contract_id"),
                row.getString("title"),
                Side.valueOf(row.getString("side")),
                authorId,
                row.getString("subject_id"),
                status,
                Sql.instant(row, "closes_at").orElseThrow(),
                shown ? Optional.of(content(row)) : Optional.empty(),
                Sql.instant(row, "revealed_at"));
    }

    private static Content content(ResultSet row) throws SQLException {
        return new Content(
                new Ratings(
                        row.getInt("overall"),
                        row.getInt("quality"),
                        row.getInt("communication"),
                        row.getInt("timeliness"),
                        row.getInt("professionalism")),
                row.getString("text"),
                Sql.instant(row, "written_at").orElseThrow());
    }
}
