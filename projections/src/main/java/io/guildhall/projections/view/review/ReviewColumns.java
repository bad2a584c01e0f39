package io.guildhall.projections.view.review;

import static io.guildhall.projections.store.Field.column;
import static io.guildhall.projections.store.Field.embedded;
import static io.guildhall.projections.store.Field.optional;
import static io.guildhall.projections.store.Field.optionalEmbedded;
import static io.guildhall.projections.store.SqlType.INTEGER;
import static io.guildhall.projections.store.SqlType.TEXT;
import static io.guildhall.projections.store.SqlType.TIMESTAMP;
import static io.guildhall.projections.store.SqlType.enumOf;

import io.guildhall.domain.review.Ratings;
import io.guildhall.domain.review.Side;
import io.guildhall.projections.readmodel.review.ReviewRow;
import io.guildhall.projections.readmodel.review.ReviewRow.Content;
import io.guildhall.projections.readmodel.review.ReviewRow.Status;
import io.guildhall.projections.store.RecordColumns;
import io.guildhall.projections.store.VersionedTable;

/** The table {@code review}. */
final class ReviewColumns {
    private static final RecordColumns<Ratings> RATINGS = RecordColumns.of(
            Ratings.class,
            column("overall", INTEGER, Ratings::overall),
            column("quality", INTEGER, Ratings::quality),
            column("communication", INTEGER, Ratings::communication),
            column("timeliness", INTEGER, Ratings::timeliness),
            column("professionalism", INTEGER, Ratings::professionalism));

    static final RecordColumns<Content> CONTENT = RecordColumns.of(
            Content.class,
            embedded(RATINGS, Content::ratings),
            column("text", TEXT, Content::text),
            column("written_at", TIMESTAMP, Content::writtenAt));

    static final RecordColumns<ReviewRow> ROW = RecordColumns.of(
            ReviewRow.class,
            column("id", TEXT, ReviewRow::id),
            column("contract_id", TEXT, ReviewRow::contractId),
            column("title", TEXT, ReviewRow::title),
            column("side", enumOf(Side.class), ReviewRow::side),
            column("author_id", TEXT, ReviewRow::authorId),
            column("subject_id", TEXT, ReviewRow::subjectId),
            column("status", enumOf(Status.class), ReviewRow::status),
            column("closes_at", TIMESTAMP, ReviewRow::closesAt),
            optionalEmbedded(CONTENT, ReviewRow::content),
            optional("revealed_at", TIMESTAMP, ReviewRow::revealedAt));

    static final VersionedTable<ReviewRow> TABLE = new VersionedTable<>("review", ROW);

    private ReviewColumns() {}
}
