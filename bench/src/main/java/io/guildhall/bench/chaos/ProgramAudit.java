package io.guildhall.bench.chaos;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.guildhall.bench.client.ApiClient.RetryPolicy;
import io.guildhall.bench.client.ApiRequest;
import io.guildhall.bench.client.Await;
import io.guildhall.bench.client.ManagementClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** What the program's own auditor says: {@code ./guildhall audit run}. */
final class ProgramAudit {
    private static final Duration TIMEOUT = Duration.ofMinutes(2);
    private static final List<String> PARTS = List.of("held", "owed", "paid", "fees", "refunded");

    private ProgramAudit() {}

    static List<String> violations(ManagementClient operator) {
        long id;
        try (var api = operator.api(RetryPolicy.standard())) {
            id = api.send(ApiRequest.post("/guildhall/audit/run"))
                    .body()
                    .path("run")
                    .asLong();
        }
        Await.until(
                "the auditor has finished", TIMEOUT, () -> find(operator, id).hasNonNull("finishedAt"));
        return violations(operator.json("/guildhall/audit"), id);
    }

    private static JsonNode find(ManagementClient operator, long id) {
        return find(operator.json("/guildhall/audit"), id);
    }

    private static JsonNode find(JsonNode audit, long id) {
        for (var run : audit.path("runs")) if (run.path("id").asLong() == id) return run;
        return MissingNode.getInstance();
    }

    static List<String> violations(JsonNode audit, long id) {
        var violations = new ArrayList<String>();
        var run = find(audit, id);
        if (run.path("differences").asLong() > 0)
            violations.add("the auditor has found differences: " + run.path("differences"));
        if (run.path("bookings").asLong() == 0) violations.add("the auditor has compared no booking");
        audit.path("openDifferences")
                .properties()
                .forEach(it -> violations.add("open discrepancy " + it.getKey() + " × " + it.getValue()));
        if (audit.hasNonNull("behindSince"))
            violations.add("the auditor has not added up the events since "
                    + audit.path("behindSince").asText());
        if (audit.path("totals").isEmpty()) violations.add("the auditor has added up nothing");
        for (var total : audit.path("totals")) {
            long parts = PARTS.stream().mapToLong(it -> total.path(it).asLong()).sum();
            if (total.path("charged").asLong() != parts)
                violations.add("the sums of the auditor do not add up: " + total);
        }
        return violations;
    }
}
