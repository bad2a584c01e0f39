package io.guildhall;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/** What {@code ./guildhall followers} prints: a heading, and one line for each view, process and relay. */
final class FollowerTable {
    private static final String FORMAT = "%-20s %-8s %7s  %s";

    private FollowerTable() {}

    static List<String> lines(JsonNode followers) {
        var lines = new ArrayList<String>();
        lines.add(FORMAT.formatted("FOLLOWER", "KIND", "READ", "EVENTS STILL TO HANDLE"));
        for (var it : followers)
            lines.add(FORMAT.formatted(
                    it.path("follower").asText(),
                    it.path("type").asText(),
                    "%.1f%%".formatted(it.path("percent").asDouble()),
                    behind(it)));
        return lines;
    }

    private static String behind(JsonNode follower) {
        long events = follower.path("eventsBehind").asLong();
        if (events == 0) return "none";
        var oldest = follower.path("behindSince").isTextual()
                ? ", the oldest of " + follower.path("behindSince").asText()
                : "";
        return (follower.path("isMinimum").asBoolean() ? "at least " : "") + events + oldest;
    }
}
