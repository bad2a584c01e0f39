package io.guildhall;

import com.fasterxml.jackson.databind.JsonNode;
import io.guildhall.embedded.StartupException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BiFunction;
import java.util.function.LongSupplier;

/**
 * {@code ./guildhall rebuild}: rebuilds one view, or all one after the other, and shows the progress; lists the rebuilds,
 * or stops one. A rebuild runs on a node: ending the command does not stop it.
 *
 * @param request sends a request with a method and a path to the management port
 * @param nanoTime to compute the rate from
 */
record RebuildCommand(BiFunction<String, String, JsonNode> request, LongSupplier nanoTime) {
    private static final Duration POLL_INTERVAL = Duration.ofMillis(200);
    private static final String FORMAT = "%-24s %3d%%  %d of %s  %s";

    RebuildCommand(BiFunction<String, String, JsonNode> request) {
        this(request, System::nanoTime);
    }

    /** @return the program's exit code: 1 if a rebuild was stopped or has failed */
    int run(List<String> arguments) {
        return switch (arguments.isEmpty() ? "" : arguments.getFirst()) {
            case "list" -> list();
            case "stop" ->
                stop(OperatorArguments.values(arguments, "rebuild stop", "VIEW").getFirst());
            default -> OperatorArguments.view(arguments).map(this::rebuild).orElseGet(this::rebuildAll);
        };
    }

    private int list() {
        var rebuilds = request.apply("GET", "/guildhall/rebuilds");
        for (var it : rebuilds) System.out.println(line(it, ""));
        if (rebuilds.isEmpty()) System.out.println("No view has been rebuilt yet.");
        return 0;
    }

    private int stop(String view) {
        var _ = request.apply("POST", path(view) + "/stop");
        System.out.println("The rebuild of " + view + " is stopped. The view has not changed.");
        return 0;
    }

    private int rebuildAll() {
        for (var view : request.apply("GET", "/guildhall/views")) {
            int code = rebuild(view.asText());
            if (code != 0) return code;
        }
        return 0;
    }

    private int rebuild(String view) {
        var _ = request.apply("POST", path(view));
        var output = Progress.toStandardOutput();
        var rate = new Rate(nanoTime);
        while (true) {
            var rebuild = find(view);
            switch (rebuild.path("phase").asText()) {
                case "DONE" -> {
                    output.finish(line(rebuild, ""));
                    return 0;
                }
                case "STOPPED", "FAILED" -> {
                    output.finish(line(rebuild, ""));
                    return 1;
                }
                default ->
                    output.update(
                            line(rebuild, rate.add(rebuild.path("eventsDone").asLong())));
            }
            LockSupport.parkNanos(POLL_INTERVAL.toNanos());
        }
    }

    private JsonNode find(String view) {
        for (var it : request.apply("GET", "/guildhall/rebuilds"))
            if (it.path("view").asText().equals(view)) return it;
        throw new StartupException("The node does not know the rebuild of " + view + ".");
    }

    private static String path(String view) {
        return "/guildhall/views/" + URLEncoder.encode(view, StandardCharsets.UTF_8) + "/rebuild";
    }

    private static String line(JsonNode rebuild, String rate) {
        long done = rebuild.path("eventsDone").asLong();
        long total = rebuild.path("eventsTotal").asLong();
        boolean isDone = rebuild.path("phase").asText().equals("DONE");
        return FORMAT.formatted(
                rebuild.path("view").asText(),
                isDone ? 100 : total == 0 ? 0 : Math.min(99, 100 * done / total),
                done,
                Progress.count(total, "event"),
                rate + activity(rebuild));
    }

    private static String activity(JsonNode rebuild) {
        var phase = rebuild.path("phase").asText();
        var attempts = rebuild.path("attempts").asInt();
        var failure = rebuild.path("failure").asText("");
        return switch (phase) {
            case "WAITING" -> "waiting for a node";
            case "REPLAYING" -> "reading the journal" + (attempts > 1 ? ", attempt " + attempts : "");
            case "SWAPPING" -> "exchanging the tables";
            case "FINISHING" -> "updating what depends on the tables";
            case "DONE" -> "rebuilt";
            case "FAILED" -> "failed: " + failure;
            case "STOPPED" -> "stopped; the view has not changed";
            default -> phase.toLowerCase(Locale.ROOT);
        };
    }

    /** The events per second since the first of them that was seen. */
    static final class Rate {
        private final LongSupplier nanoTime;
        private long firstEvents = -1;
        private long firstAt;

        Rate(LongSupplier nanoTime) {
            this.nanoTime = nanoTime;
        }

        /** Returns the rate as a text; empty while it is not known. */
        String add(long events) {
            long now = nanoTime.getAsLong();
            // Another node has started again.
            if (firstEvents < 0 || events < firstEvents) {
                firstEvents = events;
                firstAt = now;
            }
            long nanos = now - firstAt;
            return nanos == 0 ? "" : Math.round((events - firstEvents) * 1e9 / nanos) + "/s  ";
        }
    }
}
