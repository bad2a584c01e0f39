package io.guildhall.domain.review;

import java.time.Instant;

/**
 * What is reviewed, by whom and about whom.
 *
 * @param closesAt until when it may be written, and from when what was written is shown in any case
 */
public record Subject(String contractId, String title, Side side, String authorId, String subjectId, Instant closesAt) {
    /** The same contract seen from the other side. */
    public Subject mirrored() {
        return new Subject(contractId, title, side.other(), subjectId, authorId, closesAt);
    }
}
