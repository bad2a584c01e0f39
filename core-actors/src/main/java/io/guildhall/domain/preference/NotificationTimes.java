package io.guildhall.domain.preference;

import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.TemporalAdjusters;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * When an account gets e-mails, in its time zone. A time that a change of the offset skips is moved by the length of the
 * gap. If a time occurs twice on a day, digests are sent and quiet hours start at the first, and quiet hours end at the
 * second.
 *
 * @param zone an IANA time zone, such as {@code Europe/Berlin}
 * @param quietHours in which no e-mails are sent; empty if there are none
 * @param digestTime at which waiting notifications are sent as one e-mail
 * @param digestDay of weekly digests
 */
public record NotificationTimes(
        String zone, Optional<QuietHours> quietHours, LocalTime digestTime, DayOfWeek digestDay) {
    public static final NotificationTimes DEFAULT =
            new NotificationTimes("UTC", Optional.empty(), LocalTime.of(8, 0), DayOfWeek.MONDAY);

    /** A zone can have a gap of a whole day; one more for the next day, one for rounding. */
    private static final int MAX_DAYS = 3;

    /** @param to exclusive; earlier than {@code from} if the quiet hours include midnight. The two differ. */
    public record QuietHours(LocalTime from, LocalTime to) {
        public QuietHours {
            if (from.equals(to)) throw new IllegalArgumentException("quiet hours need two different times");
        }
    }

    public static boolean isZone(String zone) {
        return ZoneId.getAvailableZoneIds().contains(zone);
    }

    /** The first digest after an instant. Each local day or week has exactly one. */
    public Instant nextDigest(Instant after, Frequency frequency) {
        LocalDate today = LocalDate.ofInstant(after, zoneId());
        return switch (frequency) {
            case DAILY -> firstAfter(after, Stream.iterate(today, it -> it.plusDays(1)));
            case WEEKLY ->
                firstAfter(
                        after,
                        Stream.iterate(today.with(TemporalAdjusters.previousOrSame(digestDay)), it -> it.plusWeeks(1)));
            case AT_ONCE, NEVER -> throw new IllegalArgumentException(frequency + " has no digests");
        };
    }

    private Instant firstAfter(Instant after, Stream<LocalDate> days) {
        return days.limit(MAX_DAYS)
                .map(it -> it.atTime(digestTime).atZone(zoneId()).toInstant())
                .filter(it -> it.isAfter(after))
                .findFirst()
                .orElseThrow();
    }

    /** The end of the quiet hours in which an instant is; empty if it is in none. */
    public Optional<Instant> endOfQuietHours(Instant now) {
        LocalDate today = LocalDate.ofInstant(now, zoneId());
        return quietHours.flatMap(quiet -> Stream.iterate(today.minusDays(MAX_DAYS - 1), it -> it.plusDays(1))
                .limit(MAX_DAYS)
                .filter(it -> !start(quiet, it).isAfter(now))
                .map(it -> end(quiet, it))
                .filter(it -> it.isAfter(now))
                .findFirst());
    }

    private Instant start(QuietHours quiet, LocalDate day) {
        return day.atTime(quiet.from()).atZone(zoneId()).toInstant();
    }

    private Instant end(QuietHours quiet, LocalDate day) {
        boolean isNextDay = quiet.to().isBefore(quiet.from());
        return (isNextDay ? day.plusDays(1) : day)
                .atTime(quiet.to())
                .atZone(zoneId())
                .withLaterOffsetAtOverlap()
                .toInstant();
    }

    /** A zone that this version does not know counts as UTC: a newer version can have stored it. */
    private ZoneId zoneId() {
        try {
            return ZoneId.of(zone);
        } catch (DateTimeException _) {
            return ZoneOffset.UTC;
        }
    }
}
