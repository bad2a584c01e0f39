package io.guildhall;

import com.fasterxml.jackson.databind.JsonNode;
import io.guildhall.embedded.StartupException;
import io.guildhall.kernel.Money;
import io.guildhall.operate.PrintableText;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;

/**
 * {@code ./guildhall audit}: shows the sums of all money, the last comparisons with the payment provider and the open
 * discrepancies, or compares now.
 *
 * @param request sends a request with a method and a path to the management port
 */
record AuditCommand(BiFunction<String, String, JsonNode> request) {
    private static final List<String> SUMS =
            List.of("charged", "held", "owed", "paid", "fees", "refunded", "surplus", "writtenOff");

    private static final Duration COMPARISON_IS_OLD = Duration.ofMinutes(1);
    private static final String REMEDY =
            "If the ledger or the audit has parked an entity, retry it: see ./guildhall parked.";

    /** @return the program's exit code: 1 if a discrepancy is open, or the run has found a difference */
    int run(List<String> arguments) {
        var action = arguments.isEmpty() ? "show" : arguments.getFirst();
        return switch (action) {
            case "show" -> show();
            case "run" -> OperatorArguments.none("audit run", arguments.subList(1, arguments.size()), this::compare);
            default -> throw OperatorArguments.unknownAction(action, "audit", "run");
        };
    }

    private int show() {
        var summary = request.apply("GET", "/guildhall/audit");
        System.out.println(
                summary.hasNonNull("behindSince")
                        ? "The auditor has not added up the events since "
                                + summary.path("behindSince").asText() + " yet."
                        : "The auditor has added up all events.");
        printComparison(summary.path("totalsComparedAt"));
        printSums(summary.path("totals"));
        summary.path("runs").forEach(AuditCommand::printRun);
        if (summary.path("runs").isEmpty()) System.out.println("No audit run has finished yet.");
        return printDiscrepancies() == 0 ? 0 : 1;
    }

    /** The totals are compared every second, unless something prevents it. */
    private static void printComparison(JsonNode comparedAt) {
        if (!comparedAt.isTextual()) System.out.println("The totals were never compared with the ledger. " + REMEDY);
        else if (Instant.parse(comparedAt.asText()).isBefore(Instant.now().minus(COMPARISON_IS_OLD)))
            System.out.println(
                    "The totals were not compared with the ledger since " + comparedAt.asText() + ". " + REMEDY);
    }

    private static void printSums(JsonNode totals) {
        System.out.printf("%n%-8s", "");
        SUMS.forEach(it -> System.out.printf(" %16s", it));
        System.out.println();
        for (var total : totals) {
            var currency = total.path("currency").asText();
            System.out.printf("%-8s", currency);
            SUMS.forEach(it ->
                    System.out.printf(" %16s", Money.decimal(total.path(it).asLong(), currency)));
            System.out.println(isBalanced(total) ? "" : "  does not add up");
        }
        System.out.println("Charged = held + owed + paid + fees + refunded.\n");
    }

    private static boolean isBalanced(JsonNode total) {
        return total.path("charged").asLong()
                == SUMS.subList(1, 6).stream()
                        .mapToLong(it -> total.path(it).asLong())
                        .sum();
    }

    private static void printRun(JsonNode run) {
        System.out.printf(
                "run %d  %-8s  until %s  %s  %s%n",
                run.path("id").asLong(),
                run.path("requestedBy").asText(),
                run.path("coversUntil").asText(),
                run.hasNonNull("finishedAt")
                        ? "finished " + run.path("finishedAt").asText()
                        : "in progress: " + run.path("phase").asText(),
                describe(run));
    }

    private static String describe(JsonNode run) {
        return "%s, %s, %d late, %s%s"
                .formatted(
                        Progress.count(run.path("entities").asLong(), "ledger comparison"),
                        Progress.count(run.path("bookings").asLong(), "booking"),
                        run.path("recorded").asLong(),
                        Progress.count(run.path("differences").asLong(), "difference"),
                        run.hasNonNull("error")
                                ? "; " + PrintableText.of(run.path("error").asText())
                                : "");
    }

    private long printDiscrepancies() {
        var cursor = "";
        long count = 0;
        do {
            var page = request.apply(
                    "GET",
                    "/guildhall/audit/discrepancies"
                            + (cursor.isEmpty() ? "" : "?cursor=" + URLEncoder.encode(cursor, StandardCharsets.UTF_8)));
            for (var it : page.path("items")) {
                count++;
                System.out.printf(
                        "%s %-15s %-8s %s  %s  %s%s  since %s%n",
                        it.path("id").asText(),
                        it.path("kind").asText(),
                        it.path("movement").asText(),
                        AmountText.of(it.path("amount")),
                        PrintableText.of(it.path("subject").asText()),
                        PrintableText.of(it.path("reference").asText()),
                        it.path("status").asText().equals("RETURNING") ? "  being sent back" : "",
                        it.path("reportedAt").asText());
            }
            cursor = page.path("next").asText("");
        } while (!cursor.isEmpty());
        System.out.println(
                count == 0
                        ? "No discrepancy is open."
                        : "Open discrepancies: " + count + ". Run ./guildhall tasks for what to do about each.");
        return count;
    }

    private int compare() {
        long id = request.apply("POST", "/guildhall/audit/run").path("run").asLong();
        var output = Progress.toStandardOutput();
        var run = find(id);
        while (!run.hasNonNull("finishedAt")) {
            output.update("%-10s %s".formatted(run.path("phase").asText(), describe(run)));
            pause();
            run = find(id);
        }
        output.finish("compared until %s: %s".formatted(run.path("coversUntil").asText(), describe(run)));
        long open = printDiscrepancies();
        return open == 0 && run.path("differences").asLong() == 0 ? 0 : 1;
    }

    private JsonNode find(long id) {
        for (var it : request.apply("GET", "/guildhall/audit").path("runs"))
            if (it.path("id").asLong() == id) return it;
        throw new StartupException("The run " + id + " is no longer listed. See ./guildhall audit.");
    }

    private static void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(200);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StartupException("Interrupted. The comparison continues on the node.", e);
        }
    }
}
