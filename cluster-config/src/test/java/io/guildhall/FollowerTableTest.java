package io.guildhall;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Test;

class FollowerTableTest {
    @Test
    void hasAHeadingAndALineForEachFollower() throws Exception {
        var followers = new ObjectMapper().readTree("""
                [{"follower": "jobs", "type": "view", "percent": 100.0, "eventsBehind": 0},
                 {"follower": "notification-preferences", "type": "process", "percent": 62.55, "eventsBehind": 10000, "isMinimum": true,
                  "behindSince": "2026-11-29T10:00:00Z"}]""");
        assertThat(FollowerTable.lines(followers))
                .containsExactly(
                        "FOLLOWER                  KIND       READ  EVENTS STILL TO HANDLE",
                        "jobs                      view     100.0%  none",
                        "notification-preferences  process   62.6%  at least 10000, the oldest of 2026-11-29T10:00:00Z");
    }
}
