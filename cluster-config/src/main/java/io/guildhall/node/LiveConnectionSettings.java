package io.guildhall.node;

import static io.guildhall.node.ConfigValues.positive;

import com.typesafe.config.Config;
import io.guildhall.embedded.StartupException;
import io.guildhall.http.live.LiveSettings;
import io.guildhall.http.server.ConnectionLimits;

/** Reads the settings of live connections. */
final class LiveConnectionSettings {
    private LiveConnectionSettings() {}

    /** @param http of the server that accepts the connections */
    static LiveSettings live(Config config, ConnectionLimits http) {
        return new LiveSettings(
                limit(
                        config.getInt("max-connections"),
                        "live.max-connections (GUILDHALL_MAX_LIVE_CONNECTIONS)",
                        http.total(),
                        "http.connections.max (GUILDHALL_MAX_CONNECTIONS)"),
                limit(
                        config.getInt("max-per-address"),
                        "live.max-per-address (GUILDHALL_MAX_LIVE_CONNECTIONS_PER_ADDRESS)",
                        http.perAddress(),
                        "http.connections.max-per-address (GUILDHALL_MAX_CONNECTIONS_PER_ADDRESS)"),
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
                positive(config.getBytes("max-queued-bytes-of-all").intValue(), "live.max-queued-bytes-of-all"),
                config.getDuration("authentication-timeout"),
                config.getDuration("expiry-grace"),
                config.getDuration("heartbeat-interval"),
                config.getDuration("heartbeat-timeout"),
                config.getDuration("slow-timeout"),
                config.getDuration("poll-interval"));
    }

    private static int limit(int number, String key, int max, String maxKey) {
        if (positive(number, key) <= max) return number;
        throw new StartupException("guildhall." + key + " is " + number + ", but guildhall." + maxKey + " allows only "
                + max + ". Reduce the first or raise the second.");
    }
}
