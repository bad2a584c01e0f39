package io.guildhall.domain.review;

import io.guildhall.kernel.Personal;
import java.time.Instant;

/**
 * The contract and the parties of a review.
 *
 * @param title of the contract
 * @param side the party that writes
 * @param authorId account that writes the review
 * @param subjectId account that the review is about
 * @param closesAt end of the review period: the last time for writing, and the time at which a written review is
 *     revealed
 */
public record Subject(
        String contractId,
        @Personal(of = {"authorId", "subjectId"}) String title,
        Side side,
        String authorId,
        String subjectId,
        Instant closesAt) {
    /** The subject of the other party's review. */
    @SuppressWarnings("ArgumentSelectionDefectChecker")
    public Subject mirrored() {
        return new Subject(contractId, title, side.other(), subjectId, authorId, closesAt);
    }
}
