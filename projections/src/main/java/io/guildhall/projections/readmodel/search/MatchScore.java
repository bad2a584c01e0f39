package io.guildhall.projections.readmodel.search;

import io.guildhall.projections.readmodel.record.RecordScore;

/**
 * How well a freelancer suits a job, 0 to 1: {@code 0.8 × meaning + 0.2 × record}. It follows from the texts of the two and the freelancer's
 * record alone: who else there is does not change it, and nothing can be paid into it.
 *
 * @param similarity of the job's and the profile's meanings, -1 to 1
 * @param meaning the similarity, stretched so that texts that have nothing in common give 0 and the same text gives 1
 */
public record MatchScore(double total, double similarity, double meaning, RecordScore record) {
    public static final double MEANING_WEIGHT = 0.8;
    public static final double RECORD_WEIGHT = 0.2;

    public static MatchScore of(double similarity, double meaning, RecordScore record) {
        return new MatchScore(MEANING_WEIGHT * meaning + RECORD_WEIGHT * record.total(), similarity, meaning, record);
    }
}
