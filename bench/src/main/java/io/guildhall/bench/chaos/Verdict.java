package io.guildhall.bench.chaos;

import java.util.ArrayList;
import java.util.List;

/**
 * Whether a run was a test at all, and whether the API has failed.
 *
 * @param rounds the number of planned rounds
 * @param hits the number of kills that ended a running node while hires were in progress
 * @param acknowledged the number of acknowledged writes
 * @param internalErrors the number of responses with status 500
 */
record Verdict(int rounds, int hits, long acknowledged, int completedHires, long internalErrors) {
    /** Descriptions of what is wrong; empty if nothing is. */
    List<String> violations() {
        var violations = new ArrayList<String>();
        if (internalErrors > 0) violations.add("responses with status 500: " + internalErrors);
        if (acknowledged == 0) violations.add("nothing was acknowledged: the run has tested nothing");
        else if (completedHires == 0) violations.add("no hire was completed: the run has tested no payment");
        if (hits == 0) violations.add("no kill hit a running node under load in " + rounds + " rounds");
        return violations;
    }
}
