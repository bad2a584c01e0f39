package io.guildhall;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.Test;

class AuditCommandTest {
    private static final String TOTALS = """
            "totals": [{"currency": "USD", "charged": 1000, "held": 500, "owed": 0, "paid": 475, "fees": 25, "refunded": 0, "surplus": -5}]""";

    private final List<String> requests = new ArrayList<>();
    /** The states of the run, one after the other; the last one again and again. */
    private final Deque<String> runs = new ArrayDeque<>();

    private String comparedAt = "";
    private String discrepancies = "{\"items\": []}";

    private JsonNode respond(String method, String path) {
        requests.add(method + " " + path);
        return json(
                switch (path) {
                    case "/guildhall/audit/run" -> "{\"run\": 7}";
                    case "/guildhall/audit/discrepancies" -> discrepancies;
                    case "/guildhall/audit" ->
                        "{" + TOTALS + (comparedAt.isEmpty() ? "" : ", \"totalsComparedAt\": \"" + comparedAt + "\"")
                                + ", \"runs\": [" + (runs.size() > 1 ? runs.pop() : String.join("", runs)) + "]}";
                    default -> throw new AssertionError("unexpected request " + path);
                });
    }

    private static JsonNode json(String text) {
        try {
            return new ObjectMapper().readTree(text);
        } catch (JsonProcessingException e) {
            throw new AssertionError(e);
        }
    }

    private static String run(String phase, int differences, boolean isFinished) {
        return "{\"id\": 7, \"phase\": \"" + phase + "\", \"differences\": " + differences
                + (isFinished ? ", \"finishedAt\": \"2026-01-02T03:04:05Z\"}" : "}");
    }

    private int execute(String... arguments) {
        return new AuditCommand(this::respond).run(List.of(arguments));
    }

    private String output() {
        var out = new ByteArrayOutputStream();
        var before = System.out;
        System.setOut(new PrintStream(out, true, StandardCharsets.UTF_8));
        try {
            execute();
        } finally {
            System.setOut(before);
        }
        return out.toString(StandardCharsets.UTF_8);
    }

    @Test
    void showHasExitCodeZeroUnlessADiscrepancyIsOpen() {
        runs.add(run("DONE", 3, true));
        assertThat(execute()).isZero();
        discrepancies = "{\"items\": [{\"id\": \"dsc_1\"}]}";
        assertThat(execute()).isOne();
    }

    @Test
    void runWaitsUntilTheComparisonIsFinished() {
        runs.addAll(List.of(run("LEDGER", 0, false), run("BOOKINGS", 0, false), run("DONE", 0, true)));
        assertThat(execute("run")).isZero();
        assertThat(requests)
                .containsExactly(
                        "POST /guildhall/audit/run",
                        "GET /guildhall/audit",
                        "GET /guildhall/audit",
                        "GET /guildhall/audit",
                        "GET /guildhall/audit/discrepancies");
    }

    @Test
    void exitsWithOneIfTheRunFoundADifference() {
        runs.add(run("DONE", 1, true));
        assertThat(execute("run")).isOne();
    }

    @Test
    void showsTheTimeOfTheLastComparisonOfTotals() {
        runs.add(run("DONE", 0, true));
        assertThat(output()).contains("The totals were never compared with the ledger. If the ledger");
        comparedAt = "2026-01-02T03:04:05Z";
        assertThat(output())
                .contains("The totals were not compared with the ledger since 2026-01-02T03:04:05Z. If the ledger");
        comparedAt = Instant.now().toString();
        assertThat(output()).doesNotContain("compared with the ledger");
    }

    @Test
    void amountsHaveTheDecimalsOfTheirCurrency() {
        discrepancies = "{\"items\": [{\"id\": \"dsc_1\", \"amount\": {\"amount\": 1234, \"currency\": \"EUR\"}}]}";
        assertThat(output())
                .containsPattern("(?m)^USD +10\\.00 +5\\.00 +0\\.00 +4\\.75 +0\\.25 +0\\.00 +-0\\.05 +0\\.00$")
                .contains(" 12.34 EUR ");
    }

    @Test
    void textsOfOthersCannotChangeTheTerminal() {
        discrepancies =
                "{\"items\": [{\"id\": \"dsc_1\", \"subject\": \"esc_\\u001b[2J\", \"reference\": \"pi\\nfake\"}]}";
        assertThat(output()).contains("esc_\\u001B[2J  pi\\u000Afake");
    }
}
