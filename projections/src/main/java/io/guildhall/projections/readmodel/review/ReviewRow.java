package io.guildhall.projections.readmodel.review;

import io.guildhall.domain.review.Ratings;
import io.guildhall.domain.review.Side;
import java.time.Instant;
import java.util.Optional;

/**
 * One side's review of a contract.
 *
 * @param side that writes
 * @param subjectId whom it is about
 * @param closesAt until when it may be written
 * @param content empty where it is not written, or not yet to be shown to whoever asks
 */
public record ReviewRow(
        String id,
        String contractId,
        String title,
        Side side,
        String authorId,
        String subjectId,
        Status status,
        Instant closesAt,
        Optional<Content> content,
        Optional<Instant> revealedAt) {
    public enum Status {
        AWAITED,
        WRITTEN,
        REVEALED,
        LAPSED
    }

    public record Content(Ratings ratings, String text, Instant writtenAt) {}
}
