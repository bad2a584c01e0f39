package io.guildhall.http.route.review;

import io.guildhall.domain.review.Ratings;
import io.guildhall.domain.review.Review;
import io.guildhall.domain.review.Side;
import io.guildhall.domain.review.Subject;
import io.guildhall.http.route.AggregateApi;
import io.guildhall.http.route.profile.UserResource;
import io.guildhall.projections.readmodel.review.ReviewRow;
import java.time.Instant;
import java.util.Optional;

/**
 * One party's review of a contract.
 *
 * @param side the author's side of the contract
 * @param subject the user who is reviewed
 * @param closesAt the end of the review period
 * @param ratings absent if the review is not written, or sealed for the caller; likewise text and writtenAt
 */
public record ReviewResource(
        String id,
        String contractId,
        String title,
        Side side,
        UserResource author,
        UserResource subject,
        ReviewRow.Status status,
        Instant closesAt,
        Optional<Ratings> ratings,
        Optional<String> text,
        Optional<Instant> writtenAt) {

    /** The review as its author sees it. */
    static ReviewResource fromReview(String id, Review review) {
        return switch (review) {
            case Review.NotCreated _ -> throw AggregateApi.notFound();
            case Review.Pending it -> create(id, it.subject(), ReviewRow.Status.AWAITED, Optional.empty());
            case Review.Sealed it ->
                create(
                        id,
                        it.subject(),
                        ReviewRow.Status.WRITTEN,
                        Optional.of(new ReviewRow.Content(it.ratings(), it.text(), it.writtenAt())));
            case Review.Revealed it ->
                create(
                        id,
                        it.subject(),
                        ReviewRow.Status.REVEALED,
                        Optional.of(new ReviewRow.Content(it.ratings(), it.text(), it.writtenAt())));
            case Review.Lapsed it -> create(id, it.subject(), ReviewRow.Status.LAPSED, Optional.empty());
        };
    }

    /** The review in a list. */
    static ReviewResource fromRow(ReviewRow row) {
        var subject =
                new Subject(row.contractId(), row.title(), row.side(), row.authorId(), row.subjectId(), row.closesAt());
        return create(row.id(), subject, row.status(), row.content());
    }

    private static ReviewResource create(
            String id, Subject subject, ReviewRow.Status status, Optional<ReviewRow.Content> content) {
        return new ReviewResource(
                id,
                subject.contractId(),
                subject.title(),
                subject.side(),
                UserResource.of(subject.authorId()),
                UserResource.of(subject.subjectId()),
                status,
                subject.closesAt(),
                content.map(ReviewRow.Content::ratings),
                content.map(ReviewRow.Content::text),
                content.map(ReviewRow.Content::writtenAt));
    }
}
