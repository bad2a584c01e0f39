package io.guildhall.projections.view.review;

import static io.guildhall.projections.View.on;

import io.guildhall.domain.review.Ratings;
import io.guildhall.domain.review.Review;
import io.guildhall.domain.review.ReviewEvent;
import io.guildhall.projections.Recorded;
import io.guildhall.projections.View;
import io.guildhall.projections.readmodel.review.ReviewRow.Status;
import io.guildhall.projections.store.Sql;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/** Every review, sealed ones too: who may read what of them is decided where they are read. */
public final class ReviewView implements View {
    @Override
    public String name() {
        return "reviews";
    }

    @Override
    public List<On<?>> follows() {
        return List.of(on(Review.AGGREGATE, ReviewView::apply));
    }

    private static void apply(Connection connection, Recorded<ReviewEvent> recorded) throws SQLException {
        switch (recorded.event()) {
            case ReviewEvent.Opened e -> open(connection, recorded, e);
            case ReviewEvent.Written e -> write(connection, recorded, e.ratings(), e.text());
            case ReviewEvent.Revealed e ->
                Sql.change(connection, "review", recorded, "status = ?, revealed_at = ?", Status.REVEALED, e.at());
            case ReviewEvent.Lapsed _ -> Sql.change(connection, "review", recorded, "status = ?", Status.LAPSED);
        }
    }

    private static void open(Connection connection, Recorded<ReviewEvent> recorded, ReviewEvent.Opened e)
            throws SQLException {
        var subject = e.subject();
        Sql.update(
                connection,
                """
                INSERT INTO review (id, contract_id, title, side, author_id, subject_id, status, closes_at, version)
                VALUES (?, ?, ?, ?, ?, ?, 'AWAITED', ?, ?)
                ON CONFLICT (id) DO NOTHING
                """,
                recorded.entityId(),
                subject.contractId(),
                subject.title(),
                subject.side(),
                subject.authorId(),
                subject.subjectId(),
                subject.closesAt(),
                recorded.sequence());
    }

    private static void write(Connection connection, Recorded<ReviewEvent> recorded, Ratings ratings, String text)
            throws SQLException {
        Sql.change(
                connection,
                "review",
                recorded,
                """
                status = ?, overall = ?, quality = ?, communication = ?, timeliness = ?, professionalism = ?, text = ?, written_at = ?
                """,
                Status.WRITTEN,
                ratings.overall(),
                ratings.quality(),
                ratings.communication(),
                ratings.timeliness(),
                ratings.professionalism(),
                text,
                recorded.event().at());
    }

    @Override
    public void empty(Connection connection) throws SQLException {
        Sql.update(connection, "TRUNCATE review");
    }
}
