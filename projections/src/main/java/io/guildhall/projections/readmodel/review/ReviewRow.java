package io.guildhall.projections.readmodel.review;

import io.guildhall.domain.review.Ratings;
import io.guildhall.domain.review.Side;
import java.time.Instant;
import java.util.Optional;

/**
 * One party's review of a contract.
 *
 * @param side the party that writes it
 * @param subjectId the account that it is about
 * @param closesAt the end of the review period
 * @param content empty before it is written, and while it is sealed for the reader
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

    public ReviewRow withoutContent() {
        return new ReviewRow(
                id, contractId, title, side, authorId, subjectId, status, closesAt, Optional.empty(), revealedAt);
    }
}
