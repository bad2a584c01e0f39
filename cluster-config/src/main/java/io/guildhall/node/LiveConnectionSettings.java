package io.guildhall.node;

import static io.guildhall.node.ConfigValues.positive;

import com.typesafe.config.Config;
import io.guildhall.http.live.LiveSettings;

/** Reads the settings of live connections. */
final class LiveConnectionSettings {
    private LiveConnectionSettings() {}

    static LiveSettings live(Config config) {
        return new LiveSettings(
                positive(config.getInt("max-connections"), "live.max-connections (GUILDHALL_MAX_LIVE_CONNECTIONS)"),
                positive(
                        config.getInt("max-per-address"),
                        "live.max-per-address (GUILDHALL_MAX_LIVE_CONNECTIONS_PER_ADDRESS)"),
                positive(
                        config.getInt("max-per-account"),
                        "live.max-per-account (GUILDHALL_MAX_LIVE_CONNECTIONS_PER_ACCOUNT)"),
                positive(
                        config.getInt("max-subscriptions"),
                        "live.max-subscriptions (GUILDHALL_MAX_LIVE_SUBSCRIPTIONS)"),
                positive(config.getBytes("max-frame-bytes").intValue(), "live.max-frame-bytes"),
                positive(
                        config.getInt("max-frames-per-second"),
                        "live.max-frames-per-second (GUILDHALL_MAX_LIVE_FRAMES_PER_SECOND)"),
                positive(
                        config.getInt("max-queued-frames"),
                        "live.max-queued-frames (GUILDHALL_MAX_LIVE_QUEUED_FRAMES)"),
                positive(config.getBytes("max-queued-bytes").intValue(), "live.max-queued-bytes"),
                config.getDuration("authentication-timeout"),
                config.getDuration("expiry-grace"),
                config.getDuration("heartbeat-interval"),
                config.getDuration("heartbeat-timeout"),
                config.getDuration("slow-timeout"),
                config.getDuration("poll-interval"));
    }
}
