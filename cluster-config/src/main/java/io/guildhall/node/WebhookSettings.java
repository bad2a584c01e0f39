package io.guildhall.node;

import com.typesafe.config.Config;
import io.guildhall.adapter.webhook.HttpWebhookSender.Timeouts;
import io.guildhall.embedded.StartupException;
import io.guildhall.port.WebhookTargets;
import java.time.Duration;
import java.util.Arrays;
import java.util.stream.Collectors;

/** The webhooks that users register. */
public record WebhookSettings(WebhookTargets targets, Timeouts timeouts) {
    /** Less than the time in which a delivery must be handled. */
    private static final Duration MAX_TIMEOUT = Duration.ofSeconds(40);

    /** @param config {@code guildhall.webhooks} */
    static WebhookSettings from(Config config, boolean isDevelopment) {
        return new WebhookSettings(targets(config.getString("ports"), isDevelopment), timeouts(config));
    }

    private static WebhookTargets targets(String ports, boolean isDevelopment) {
        try {
            return new WebhookTargets(
                    Arrays.stream(ports.split(",", -1))
                            .map(it -> port(it.strip()))
                            .collect(Collectors.toUnmodifiableSet()),
                    isDevelopment);
        } catch (NumberFormatException e) {
            throw new StartupException(
                    "guildhall.webhooks.ports (GUILDHALL_WEBHOOK_PORTS) must be port numbers from 1 to 65535"
                            + " other than 80, separated by commas, such as 443,8443, not '" + ports + "'.",
                    e);
        }
    }

    private static Integer port(String text) {
        int port = Integer.parseInt(text);
        if (port < 1 || port > SettingUrls.MAX_PORT || port == 80) throw new NumberFormatException(text);
        return port;
    }

    private static Timeouts timeouts(Config config) {
        var whole = config.getDuration("timeout");
        var connect = config.getDuration("connect-timeout");
        if (whole.compareTo(MAX_TIMEOUT) > 0 || connect.compareTo(whole) > 0 || !connect.isPositive())
            throw new StartupException("guildhall.webhooks.timeout must be at most " + MAX_TIMEOUT.toSeconds()
                    + "s, and guildhall.webhooks.connect-timeout more than 0 and at most as long.");
        return new Timeouts(connect, whole);
    }
}
