package io.guildhall;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/** What {@code ./guildhall followers} prints: a heading, and one line for each view, process and relay. */
final class FollowerTable {
    private FollowerTable() {}

    static List<String> lines(JsonNode followers) {
        var rows = new ArrayList<List<String>>();
        rows.add(List.of("FOLLOWER", "KIND", "  READ", "EVENTS STILL TO HANDLE"));
        for (var it : followers)
            rows.add(List.of(
                    it.path("follower").asText(),
                    it.path("type").asText(),
                    "%5.1f%%".formatted(it.path("percent").asDouble()),
                    behind(it)));
        return TextTable.lines(rows);
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
