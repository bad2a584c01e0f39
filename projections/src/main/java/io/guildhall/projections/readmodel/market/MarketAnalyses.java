package io.guildhall.projections.readmodel.market;

import io.guildhall.port.Skills;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.CompletionStage;

/** What is asked and offered on the market. */
public interface MarketAnalyses {
    int MIN_SAMPLE_SIZE = 10;
    int MAX_SAMPLE_SIZE = 5_000;
    int MAX_WEEKS = 52;

    /**
     * @param spellings of the skill, or of several: whatever names one of them is read
     * @param skills by which other skills are told apart, however they are written
     * @param sampleSize so many jobs, freelancers and gigs are read at most, the latest of each
     * @param weeks that the trend goes back, the running one among them
     */
    record Request(Set<String> spellings, Skills skills, int sampleSize, int weeks, Instant now) {
        public Request {
            if (sampleSize < MIN_SAMPLE_SIZE || sampleSize > MAX_SAMPLE_SIZE || weeks < 1 || weeks > MAX_WEEKS)
                throw new IllegalArgumentException("out of bounds: " + sampleSize + ", " + weeks);
        }
    }

    /** All of it as it stood at one instant. */
    CompletionStage<MarketAnalysis> analyse(Request asked);
}
