package io.guildhall.http.live;

import java.time.Duration;
import java.time.Instant;

/** Limits the frames of one client per second. Twice as many are allowed in a burst. Not thread-safe. */
final class FrameRate {
    private final int perSecond;
    private double permits;
    private Instant at;

    FrameRate(int perSecond, Instant now) {
        this.perSecond = perSecond;
        this.permits = perSecond;
        this.at = now;
    }

    /** Returns whether another frame is allowed. */
    boolean takePermit(Instant now) {
        double elapsed = Duration.between(at, now).toMillis() / 1_000.0;
        permits = Math.min(2.0 * perSecond, permits + Math.max(0, elapsed) * perSecond);
        at = now;
        if (permits < 1) return false;
        permits--;
        return true;
    }
}
