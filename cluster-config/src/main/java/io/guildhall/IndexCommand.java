package io.guildhall;

import com.fasterxml.jackson.databind.JsonNode;
import io.guildhall.operate.PrintableText;
import java.time.Duration;
import java.util.List;
import java.util.function.BiFunction;

/**
 * {@code ./guildhall index}: shows the lag of the search index and the parked documents, and has parked documents
 * embedded again.
 *
 * @param request sends a request with a method and a path to the management port
 */
record IndexCommand(BiFunction<String, String, JsonNode> request) {

    /** @return the program's exit code */
    int run(List<String> arguments) {
        var action = arguments.isEmpty() ? "show" : arguments.getFirst();
        return switch (action) {
            case "show" -> show();
            case "retry" -> {
                OperatorArguments.values(arguments, "index retry");
                yield retry();
            }
            default -> throw OperatorArguments.unknownAction(action, "index", "retry");
        };
    }

    private int show() {
        var index = request.apply("GET", "/guildhall/index");
        var current = index.path("currentModel").asText();
        System.out.println(
                current.isEmpty()
                        ? "Searches use words only until all documents are embedded."
                        : "Searches use the vectors of " + PrintableText.of(current) + ".");
        long pending = index.path("pending").asLong();
        if (pending == 0) System.out.println("No document is waiting.");
        else
            System.out.printf(
                    "Waiting for %s: %s, the oldest for %s.%n",
                    PrintableText.of(index.path("model").asText()),
                    Progress.count(pending, "document"),
                    text(Duration.ofSeconds(index.path("lagSeconds").asLong())));
        listParked(index);
        return 0;
    }

    private static void listParked(JsonNode index) {
        long all = index.path("parkedDocuments").asLong();
        if (all == 0) return;
        System.out.println("Parked (refused by the model; searches find them by words only): "
                + Progress.count(all, "document") + ". Try again with ./guildhall index retry.");
        for (var it : index.path("parked"))
            System.out.printf(
                    "%s  %s, next at %s: %s%n",
                    PrintableText.of(it.path("id").asText()),
                    Progress.count(it.path("attempts").asInt(), "attempt"),
                    it.path("nextAt").asText(),
                    PrintableText.of(it.path("reason").asText()));
        if (all > index.path("parked").size()) System.out.println("… and others.");
    }

    private int retry() {
        long documents = request.apply("POST", "/guildhall/index/retry")
                .path("documents")
                .asLong();
        System.out.println(
                documents == 0
                        ? "No document is parked."
                        : "Trying again: " + Progress.count(documents, "document")
                                + ". See the result with ./guildhall index.");
        return 0;
    }

    private static String text(Duration duration) {
        return duration.toHours() > 0
                ? Progress.count(duration.toHours(), "hour")
                : duration.toMinutes() > 0
                        ? Progress.count(duration.toMinutes(), "minute")
                        : Progress.count(duration.toSeconds(), "second");
    }
}
