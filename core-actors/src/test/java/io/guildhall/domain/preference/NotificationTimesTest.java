package io.guildhall.domain.preference;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.guildhall.domain.preference.NotificationTimes.QuietHours;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NotificationTimesTest {
    private static final List<String> ZONES = List.of(
            "UTC",
            "Europe/Berlin",
            "America/New_York",
            "Australia/Lord_Howe",
            "Asia/Kathmandu",
            "Pacific/Apia",
            "Africa/Casablanca",
            "America/St_Johns");

    private static NotificationTimes times(String zone, String digest) {
        return new NotificationTimes(zone, Optional.empty(), LocalTime.parse(digest), DayOfWeek.MONDAY);
    }

    private static NotificationTimes quiet(String zone, String from, String to) {
        return new NotificationTimes(
                zone,
                Optional.of(new QuietHours(LocalTime.parse(from), LocalTime.parse(to))),
                LocalTime.NOON,
                DayOfWeek.MONDAY);
    }

    /** The zone, the digest time, an instant, and the next two digests. */
    @ParameterizedTest
    @CsvSource({
        "UTC, 08:00, 2026-11-01T07:59:59Z, 2026-11-01T08:00:00Z, 2026-11-02T08:00:00Z",
        // Winter and summer time.
        "Europe/Berlin, 08:00, 2026-03-28T12:00:00Z, 2026-03-29T06:00:00Z, 2026-03-30T06:00:00Z",
        "Europe/Berlin, 08:00, 2026-10-24T12:00:00Z, 2026-10-25T07:00:00Z, 2026-10-26T07:00:00Z",
        // 02:30 does not exist on the first day: 03:30 instead.
        "Europe/Berlin, 02:30, 2026-03-28T12:00:00Z, 2026-03-29T01:30:00Z, 2026-03-30T00:30:00Z",
        // 02:30 exists twice on the first day: only the first one.
        "Europe/Berlin, 02:30, 2026-10-24T12:00:00Z, 2026-10-25T00:30:00Z, 2026-10-26T01:30:00Z",
        // Half an hour: 02:00 to 02:30 does not exist, and 01:30 to 02:00 exists twice.
        "Australia/Lord_Howe, 02:15, 2026-10-03T14:00:00Z, 2026-10-03T15:45:00Z, 2026-10-04T15:15:00Z",
        "Australia/Lord_Howe, 01:45, 2026-04-04T14:00:00Z, 2026-04-04T14:45:00Z, 2026-04-05T15:15:00Z",
        "America/St_Johns, 00:30, 2026-10-31T12:00:00Z, 2026-11-01T03:00:00Z, 2026-11-02T04:00:00Z",
        // The island skipped 30 December 2011.
        "Pacific/Apia, 09:00, 2011-12-29T18:00:00Z, 2011-12-29T19:00:00Z, 2011-12-30T19:00:00Z",
    })
    void sendsOneDigestEachDay(String zone, String digest, Instant now, Instant first, Instant second) {
        var times = times(zone, digest);
        assertEquals(first, times.nextDigest(now, Frequency.DAILY));
        assertEquals(second, times.nextDigest(first, Frequency.DAILY));
    }

    @Test
    void sendsWeeklyDigestsOnTheirDay() {
        var times = times("Europe/Berlin", "08:00");
        var first = times.nextDigest(Instant.parse("2026-10-20T12:00:00Z"), Frequency.WEEKLY);
        assertEquals(Instant.parse("2026-10-26T07:00:00Z"), first);
        assertEquals(Instant.parse("2026-11-02T07:00:00Z"), times.nextDigest(first, Frequency.WEEKLY));
        assertEquals(first, times.nextDigest(first.minusMillis(1), Frequency.WEEKLY));
    }

    /** The zone, the quiet hours, an instant, and the end of the quiet hours; nothing if it is in none. */
    @ParameterizedTest
    @CsvSource({
        "UTC, 22:00, 07:00, 2026-11-01T21:59:59Z, ",
        "UTC, 22:00, 07:00, 2026-11-01T22:00:00Z, 2026-11-02T07:00:00Z",
        "UTC, 22:00, 07:00, 2026-11-02T06:59:59Z, 2026-11-02T07:00:00Z",
        "UTC, 22:00, 07:00, 2026-11-02T07:00:00Z, ",
        "UTC, 12:00, 14:00, 2026-11-02T13:00:00Z, 2026-11-02T14:00:00Z",
        "UTC, 12:00, 14:00, 2026-11-02T11:00:00Z, ",
        // The night is an hour shorter, or longer.
        "Europe/Berlin, 22:00, 07:00, 2026-03-28T22:00:00Z, 2026-03-29T05:00:00Z",
        "Europe/Berlin, 22:00, 07:00, 2026-10-24T22:00:00Z, 2026-10-25T06:00:00Z",
        // They end at the second 02:30, and do not start again in between.
        "Europe/Berlin, 22:00, 02:30, 2026-10-25T00:15:00Z, 2026-10-25T01:30:00Z",
        "Europe/Berlin, 22:00, 02:30, 2026-10-25T00:45:00Z, 2026-10-25T01:30:00Z",
        "Europe/Berlin, 22:00, 02:30, 2026-10-25T01:15:00Z, 2026-10-25T01:30:00Z",
        "Europe/Berlin, 22:00, 02:30, 2026-10-25T01:30:00Z, ",
        // They start at the first 02:30.
        "Europe/Berlin, 02:30, 06:00, 2026-10-25T00:29:59Z, ",
        "Europe/Berlin, 02:30, 06:00, 2026-10-25T00:30:00Z, 2026-10-25T05:00:00Z",
        "Europe/Berlin, 02:30, 06:00, 2026-10-25T01:15:00Z, 2026-10-25T05:00:00Z",
        // The end does not exist: 03:30 instead of 02:30.
        "Europe/Berlin, 22:00, 02:30, 2026-03-29T01:29:59Z, 2026-03-29T01:30:00Z",
        "Europe/Berlin, 22:00, 02:30, 2026-03-29T01:30:00Z, ",
        // The start does not exist: 03:30 instead of 02:30.
        "Europe/Berlin, 02:30, 06:00, 2026-03-29T01:29:59Z, ",
        "Europe/Berlin, 02:30, 06:00, 2026-03-29T01:30:00Z, 2026-03-29T04:00:00Z",
        "Australia/Lord_Howe, 22:00, 01:45, 2026-04-04T14:50:00Z, 2026-04-04T15:15:00Z",
        "Australia/Lord_Howe, 22:00, 02:15, 2026-10-03T15:40:00Z, 2026-10-03T15:45:00Z",
        "Pacific/Apia, 22:00, 07:00, 2011-12-30T09:00:00Z, 2011-12-30T17:00:00Z",
    })
    void knowsWhenQuietHoursEnd(String zone, String from, String to, Instant now, Instant end) {
        assertEquals(Optional.ofNullable(end), quiet(zone, from, to).endOfQuietHours(now));
    }

    /** Over two years, with every change of the offset. */
    @Property(tries = 200)
    void everyLocalDayHasExactlyOneDigest(
            @ForAll @IntRange(min = 0, max = 7) int zone, @ForAll @IntRange(min = 0, max = 95) int quarter) {
        var times = new NotificationTimes(
                ZONES.get(zone), Optional.empty(), LocalTime.MIDNIGHT.plusMinutes(quarter * 15L), DayOfWeek.MONDAY);
        var days = new HashSet<LocalDate>();
        var at = Instant.parse("2026-01-01T00:00:00Z");
        var end = at.plus(Duration.ofDays(730));
        int digests = 0;
        for (; at.isBefore(end); digests++) {
            var next = times.nextDigest(at, Frequency.DAILY);
            assertTrue(next.isAfter(at));
            assertTrue(Duration.between(at, next).compareTo(Duration.ofHours(26)) < 0);
            days.add(LocalDate.ofInstant(next, ZoneId.of(times.zone())));
            at = next;
        }
        assertEquals(digests, days.size());
    }

    @Property(tries = 500)
    void endOfQuietHoursIsLaterAndNotQuiet(
            @ForAll @IntRange(min = 0, max = 7) int zone,
            @ForAll @IntRange(min = 0, max = 95) int from,
            @ForAll @IntRange(min = 1, max = 95) int length,
            @ForAll @IntRange(min = 0, max = 70_000) int quarter) {
        var start = LocalTime.MIDNIGHT.plusMinutes(from * 15L);
        var times = quiet(
                ZONES.get(zone),
                start.toString(),
                start.plusMinutes(length * 15L).toString());
        var now = Instant.parse("2026-01-01T00:00:00Z").plus(Duration.ofMinutes(quarter * 15L));
        times.endOfQuietHours(now).ifPresent(end -> {
            assertTrue(end.isAfter(now));
            assertTrue(Duration.between(now, end).compareTo(Duration.ofHours(26)) < 0);
        });
    }

    @Test
    void zonesAreThoseOfIana() {
        assertTrue(NotificationTimes.isZone("Australia/Lord_Howe"));
        for (var zone : List.of("", "Mars/Olympus", "../etc", "+02:00", "berlin"))
            assertFalse(NotificationTimes.isZone(zone));
        var unknown = times("Mars/Olympus", "08:00");
        assertEquals(
                Instant.parse("2026-11-01T08:00:00Z"),
                unknown.nextDigest(Instant.parse("2026-11-01T07:00:00Z"), Frequency.DAILY));
    }

    @Test
    void quietHoursHaveALengthAndOtherFrequenciesNoDigest() {
        assertThrows(IllegalArgumentException.class, () -> new QuietHours(LocalTime.NOON, LocalTime.NOON));
        for (var frequency : List.of(Frequency.AT_ONCE, Frequency.NEVER))
            assertThrows(
                    IllegalArgumentException.class, () -> times("UTC", "08:00").nextDigest(Instant.EPOCH, frequency));
    }
}
