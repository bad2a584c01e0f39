package io.guildhall.projections.readmodel.market;

import io.guildhall.port.Skills;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.CompletionStage;

/** Analyses demand and supply of skills. */
public interface MarketAnalyses {
    int MIN_SAMPLE_SIZE = 10;
    int MAX_SAMPLE_SIZE = 5_000;
    int MAX_WEEKS = 52;

    /**
     * @param spellings all names of the skill or skills; the sample contains what names at least one of them
     * @param skills recognises different names of the same related skill
     * @param sampleSize maximum number of jobs, of freelancers and of gigs, newest first
     * @param weeks length of the trend, including the current week
     */
    record Request(Set<String> spellings, Skills skills, int sampleSize, int weeks, Instant now) {
        public Request {
            if (sampleSize < MIN_SAMPLE_SIZE || sampleSize > MAX_SAMPLE_SIZE || weeks < 1 || weeks > MAX_WEEKS)
                throw new IllegalArgumentException("out of range: sample size " + sampleSize + ", weeks " + weeks);
        }
    }

    /** Returns an analysis of the market at one instant. */
    CompletionStage<MarketAnalysis> analyse(Request request);
}
