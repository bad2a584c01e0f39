package io.guildhall.projections.readmodel.search;

import io.guildhall.projections.readmodel.record.RecordScore;

/**
 * How well a freelancer fits a job, 0 to 1: {@code 0.8 × meaning + 0.2 × record}. It is computed from the texts of both
 * and the freelancer's business record only: other freelancers do not change it, and no payment does.
 *
 * @param similarity of job and profile, -1 to 1
 * @param meaning the similarity on a scale from 0 for unrelated texts to 1 for the same text
 */
public record MatchScore(double total, double similarity, double meaning, RecordScore record) {
    public static final double MEANING_WEIGHT = 0.8;
    public static final double RECORD_WEIGHT = 0.2;

    public static MatchScore of(double similarity, double meaning, RecordScore record) {
        return new MatchScore(MEANING_WEIGHT * meaning + RECORD_WEIGHT * record.total(), similarity, meaning, record);
    }
}
