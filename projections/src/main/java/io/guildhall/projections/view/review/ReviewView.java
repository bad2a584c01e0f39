package io.guildhall.projections.view.review;

import static io.guildhall.projections.View.on;

import io.guildhall.domain.review.Review;
import io.guildhall.domain.review.ReviewEvent;
import io.guildhall.domain.review.Subject;
import io.guildhall.projections.Recorded;
import io.guildhall.projections.View;
import io.guildhall.projections.readmodel.review.ReviewRow;
import io.guildhall.projections.readmodel.review.ReviewRow.Content;
import io.guildhall.projections.readmodel.review.ReviewRow.Status;
import io.guildhall.projections.store.Table;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/** Writes every review, sealed ones included. {@link SqlReviews} decides what a reader can see. */
public final class ReviewView implements View {
    @Override
    public String name() {
        return "reviews";
    }

    @Override
    public List<Table<?>> tables() {
        return List.of(ReviewColumns.TABLE.table());
    }

    @Override
    public List<Subscription<?>> follows() {
        return List.of(on(Review.AGGREGATE, ReviewView::apply));
    }

    private static void apply(Connection connection, Recorded<ReviewEvent> recorded) throws SQLException {
        switch (recorded.event()) {
            case ReviewEvent.Opened e -> open(connection, recorded, e.subject());
            case ReviewEvent.Written e ->
                ReviewColumns.TABLE.change(
                        connection,
                        recorded,
                        ReviewColumns.CONTENT,
                        new Content(e.ratings(), e.text(), e.at()),
                        "status = ?",
                        Status.WRITTEN);
            case ReviewEvent.Revealed e ->
                ReviewColumns.TABLE.change(
                        connection, recorded, "status = ?, revealed_at = ?", Status.REVEALED, e.at());
            case ReviewEvent.Lapsed _ -> ReviewColumns.TABLE.change(connection, recorded, "status = ?", Status.LAPSED);
        }
    }

    private static void open(Connection connection, Recorded<ReviewEvent> recorded, Subject subject)
            throws SQLException {
        var row = new ReviewRow(
                recorded.entityId(),
                subject.contractId(),
                subject.title(),
                subject.side(),
                subject.authorId(),
                subject.subjectId(),
                Status.AWAITED,
                subject.closesAt(),
                Optional.empty(),
                Optional.empty());
        ReviewColumns.TABLE.insert(connection, recorded, row);
    }
}
