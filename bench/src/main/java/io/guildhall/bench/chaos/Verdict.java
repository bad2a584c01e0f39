package io.guildhall.bench.chaos;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Decides whether a run tested everything that it must test, and whether the API failed.
 *
 * @param counts how often each required event happened; an absent one never happened
 * @param internalErrors the number of responses with status 500
 */
record Verdict(Map<Required, Integer> counts, long internalErrors) {
    /** What must happen at least once in every run. */
    enum Required {
        WRITE("no write was acknowledged"),
        HIRE("no hire was completed"),
        REFUND("no escrow was refunded in full"),
        SPLIT("no escrow was split between client and freelancer"),
        KILL("no kill ended a running node while hires were in progress"),
        STOP("no node was stopped with SIGTERM while hires were in progress"),
        GOING_AWAY("no listener was told with close code 1001 that its node stops"),
        RESUMPTION("no listener has resumed its channels after its connection was lost"),
        REMOVAL("no node was removed from the cluster and replaced after it had been isolated");

        private final String absence;

        Required(String absence) {
            this.absence = absence;
        }
    }

    /** Descriptions of what is wrong; empty if nothing is. */
    List<String> violations() {
        var violations = new ArrayList<String>();
        if (internalErrors > 0) violations.add("responses with status 500: " + internalErrors);
        for (var required : Required.values())
            if (counts.getOrDefault(required, 0) == 0)
                violations.add("the run is incomplete: " + required.absence + ". Run more rounds.");
        return violations;
    }
}
