package io.guildhall;

import com.fasterxml.jackson.databind.JsonNode;
import io.guildhall.operate.PrintableText;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BiFunction;
import java.util.function.Predicate;
import java.util.stream.StreamSupport;

/**
 * {@code ./guildhall parked}: lists the entities that followers have parked and the deadlines that are rejected at every
 * try, retries them, or drops the failing event or deadline.
 *
 * @param request sends a request with a method and a path to the management port
 */
record ParkedCommand(BiFunction<String, String, JsonNode> request) {
    private static final Duration SETTLE_TIMEOUT = Duration.ofSeconds(30);
    private static final Duration POLL_INTERVAL = Duration.ofMillis(200);

    /** @return the program's exit code: 1 if one of the entities is still parked after a retry */
    int run(List<String> arguments) {
        var action = arguments.isEmpty() ? "list" : arguments.getFirst();
        return switch (action) {
            case "list" -> list();
            case "retry" -> retry(arguments);
            case "drop" -> drop(OperatorArguments.values(arguments, "parked drop", "FOLLOWER", "KIND", "ID", "REASON"));
            default ->
                throw OperatorArguments.unknownAction(
                        action, "parked", "retry [FOLLOWER KIND ID]", "drop FOLLOWER KIND ID REASON");
        };
    }

    private int list() {
        var all = request.apply("GET", "/guildhall/parked");
        for (var it : all.path("parked")) print(it);
        for (var it : all.path("dropped"))
            System.out.printf(
                    "%s %s %s: event %d was dropped on %s: %s%n",
                    PrintableText.of(it.path("follower").asText()),
                    PrintableText.of(it.path("kind").asText()),
                    PrintableText.of(it.path("entityId").asText()),
                    it.path("sequence").asLong(),
                    it.path("at").asText(),
                    PrintableText.of(it.path("reason").asText()));
        if (all.path("parked").isEmpty()) System.out.println("No entity is parked.");
        return 0;
    }

    private static void print(JsonNode parked) {
        if (parked.path("follower").asText().equals("deadlines")) {
            printDeadline(parked);
            return;
        }
        System.out.printf(
                "%s %s %s: event %d fails (tries: %d), waiting events: %d, since %s: %s%n",
                PrintableText.of(parked.path("follower").asText()),
                PrintableText.of(parked.path("kind").asText()),
                PrintableText.of(parked.path("entityId").asText()),
                parked.path("first").asLong(),
                parked.path("tries").asInt(),
                parked.path("last").asLong() - parked.path("first").asLong() + 1,
                parked.path("parkedAt").asText(),
                PrintableText.of(parked.path("reason").asText()));
    }

    private static void printDeadline(JsonNode parked) {
        System.out.printf(
                "deadlines %s %s: number %d is rejected (tries: %d), since %s: %s%n",
                PrintableText.of(parked.path("kind").asText()),
                PrintableText.of(parked.path("entityId").asText()),
                parked.path("first").asLong(),
                parked.path("tries").asInt(),
                parked.path("parkedAt").asText(),
                PrintableText.of(parked.path("reason").asText()));
    }

    private int retry(List<String> arguments) {
        if (arguments.size() == 1) {
            var _ = request.apply("POST", "/guildhall/parked/retry");
            return awaitSettled(_ -> true);
        }
        var entity = OperatorArguments.values(arguments, "parked retry", "FOLLOWER", "KIND", "ID");
        var _ = request.apply("POST", path(entity) + "/retry");
        return awaitSettled(isEntity(entity));
    }

    private int drop(List<String> values) {
        var entity = values.subList(0, 3);
        var dropped = request.apply("POST", path(entity) + "/drop?reason=" + encode(values.getLast()));
        System.out.println("Event " + dropped.path("sequence").asLong() + " was dropped. The later ones follow.");
        return awaitSettled(isEntity(entity));
    }

    private static Predicate<JsonNode> isEntity(List<String> entity) {
        return it -> entity.equals(List.of(
                it.path("follower").asText(),
                it.path("kind").asText(),
                it.path("entityId").asText()));
    }

    /** Waits until none of these entities is about to be retried, and prints those that are still parked. */
    private int awaitSettled(Predicate<JsonNode> entities) {
        long end = System.nanoTime() + SETTLE_TIMEOUT.toNanos();
        List<JsonNode> parked;
        do {
            LockSupport.parkNanos(POLL_INTERVAL.toNanos());
            var all = request.apply("GET", "/guildhall/parked").path("parked");
            parked = StreamSupport.stream(all.spliterator(), false)
                    .filter(entities)
                    .toList();
        } while (isAnyRetried(parked) && System.nanoTime() < end);
        if (isAnyRetried(parked))
            System.out.println("The retry continues on the node. List the parked entities again.");
        parked.forEach(ParkedCommand::print);
        if (parked.isEmpty()) System.out.println("All events are handled.");
        return parked.isEmpty() ? 0 : 1;
    }

    private static boolean isAnyRetried(List<JsonNode> parked) {
        return parked.stream().anyMatch(it -> it.path("retryRequested").asBoolean());
    }

    private static String path(List<String> entity) {
        return "/guildhall/parked/"
                + String.join("/", entity.stream().map(ParkedCommand::encode).toList());
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
