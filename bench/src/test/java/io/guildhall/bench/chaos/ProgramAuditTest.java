package io.guildhall.bench.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import org.junit.jupiter.api.Test;

class ProgramAuditTest {
    private static final String RUN = """
            "runs": [{"id": 7, "differences": 0, "bookings": 3}]""";
    private static final String TOTALS = """
            "totals": [{"currency": "USD", "charged": 100, "held": 50, "owed": 0, "paid": 45, "fees": 5, "refunded": 0}]""";

    private static List<String> violations(String... parts) {
        try {
            return ProgramAudit.violations(new ObjectMapper().readTree("{" + String.join(",", parts) + "}"), 7);
        } catch (JsonProcessingException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void acceptsAnAuditThatHasFoundNothing() {
        assertThat(violations(RUN, TOTALS, "\"openDifferences\": {}")).isEmpty();
    }

    @Test
    void reportsWhatTheAuditorHasFound() {
        assertThat(violations(RUN.replace("\"differences\": 0", "\"differences\": 2"), TOTALS))
                .containsExactly("the auditor has found differences: 2");
        assertThat(violations(RUN, TOTALS, "\"openDifferences\": {\"OTHER_AMOUNT\": 1}"))
                .containsExactly("open discrepancy OTHER_AMOUNT × 1");
        assertThat(violations(RUN, TOTALS, "\"behindSince\": \"2026-01-02T03:04:05Z\""))
                .containsExactly("the auditor has not added up the events since 2026-01-02T03:04:05Z");
        assertThat(violations(RUN, TOTALS.replace("\"paid\": 45", "\"paid\": 44")))
                .singleElement()
                .asString()
                .startsWith("the sums of the auditor do not add up");
    }

    @Test
    void rejectsAnAuditThatHasComparedNothing() {
        assertThat(violations(RUN.replace("\"bookings\": 3", "\"bookings\": 0"), "\"totals\": []"))
                .containsExactly("the auditor has compared no booking", "the auditor has added up nothing");
    }
}
