package io.guildhall.node;

import static io.guildhall.node.ConfigValues.list;
import static io.guildhall.node.ConfigValues.nonBlank;
import static io.guildhall.node.ConfigValues.port;
import static io.guildhall.node.ConfigValues.positive;

import com.typesafe.config.Config;
import io.guildhall.domain.email.Email;
import io.guildhall.embedded.StartupException;
import io.guildhall.http.network.TrustedProxies;
import io.guildhall.http.server.ConnectionLimits;
import io.guildhall.node.Settings.AttemptLimits;
import io.guildhall.node.Settings.Http;
import io.guildhall.node.Settings.Management;
import io.guildhall.node.Settings.Probes;
import io.guildhall.operate.OperatorToken;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Reads the settings of the addresses that a node serves. */
final class HttpSettings {
    private static final int MEGABYTE = 1024 * 1024;
    /** The maximum heap of a connection that waits for a request. */
    private static final int BYTES_PER_CONNECTION = 36 * 1024;

    private static final int MAX_ACCOUNT_FACTOR = 1_000;
    private static final int DEFAULT_REGISTRATIONS = 8;

    private HttpSettings() {}

    static Http http(Config config) {
        var host = config.getString("host");
        int port = port(config.getInt("port"), "http.port (GUILDHALL_PORT)");
        return new Http(
                host,
                port,
                nonBlank(config.getString("public-url"))
                        .map(SettingUrls::publicUrl)
                        .orElseGet(() -> Addresses.url(host, port)),
                Set.copyOf(list(config.getString("cors-origins"))),
                connections(config.getConfig("connections")),
                proxies(list(config.getString("trusted-proxies"))));
    }

    private static ConnectionLimits connections(Config config) {
        return new ConnectionLimits(
                requireMemory(
                        positive(config.getInt("max"), "http.connections.max (GUILDHALL_MAX_CONNECTIONS)"),
                        Runtime.getRuntime().maxMemory()),
                positive(
                        config.getInt("max-per-address"),
                        "http.connections.max-per-address (GUILDHALL_MAX_CONNECTIONS_PER_ADDRESS)"),
                config.getDuration("header-timeout"),
                config.getDuration("keep-alive-timeout"),
                config.getDuration("send-timeout"),
                config.getBytes("min-bytes-per-second"));
    }

    /** Connections with unfinished headers must leave enough memory for everything else. */
    static int requireMemory(int connections, long heapBytes) {
        long fitting = heapBytes / 4 / BYTES_PER_CONNECTION;
        if (connections <= fitting) return connections;
        throw new StartupException(
                "guildhall.http.connections.max (GUILDHALL_MAX_CONNECTIONS) must be at most " + fitting
                        + " with a heap of " + heapBytes / MEGABYTE + " MB, not " + connections
                        + ": all connections together can take a quarter of the heap. Set a larger heap, such as"
                        + " GUILDHALL_JAVA_OPTIONS=-Xmx4g.");
    }

    static AttemptLimits attempts(Config http, Config mail) {
        return new AttemptLimits(
                http.getInt("attempts-per-address-per-minute"),
                http.getInt("attempts-per-account-per-minute"),
                registrations(http, mail.getInt("max-per-address-per-hour")),
                ConfigValues.positive(
                        http.getInt("registrations-per-hour"),
                        "http.registrations-per-hour (GUILDHALL_REGISTRATIONS_PER_HOUR)"),
                accountFactor(http));
    }

    private static int accountFactor(Config http) {
        int factor = http.getInt("account-limits-factor");
        if (factor >= 1 && factor <= MAX_ACCOUNT_FACTOR) return factor;
        throw new StartupException(
                "guildhall.http.account-limits-factor (GUILDHALL_ACCOUNT_LIMITS_FACTOR) must be from 1 to "
                        + MAX_ACCOUNT_FACTOR + ", not " + factor + ".");
    }

    /**
     * A stranger with addresses in one network must cause fewer e-mails than strangers can cause, which is half of all,
     * and fewer registrations than an address has at a time.
     */
    private static int registrations(Config http, int mailsPerHour) {
        var key = "registrations-per-email-per-day";
        int most = Math.clamp(mailsPerHour / 2 - 1, 1, Email.MAX_PENDING - 1);
        if (nonBlank(http.getString(key)).isEmpty()) return Math.min(DEFAULT_REGISTRATIONS, most);
        int perDay = http.getInt(key);
        if (perDay >= 1 && perDay <= most) return perDay;
        throw new StartupException("guildhall.http." + key
                + " (GUILDHALL_REGISTRATIONS_PER_EMAIL_PER_DAY) must be from 1 to " + most
                + ", because guildhall.mail.max-per-address-per-hour (GUILDHALL_MAX_MAILS_PER_HOUR) is "
                + mailsPerHour + ", not " + perDay + ". An address has at most " + Email.MAX_PENDING
                + " registrations at a time.");
    }

    private static TrustedProxies proxies(List<String> networks) {
        try {
            return new TrustedProxies(Set.copyOf(networks));
        } catch (IllegalArgumentException e) {
            throw new StartupException(
                    "guildhall.http.trusted-proxies (GUILDHALL_TRUSTED_PROXIES): " + e.getMessage() + ".", e);
        }
    }

    static Management management(Config config) {
        int probesPort = config.getInt("probes.port");
        return new Management(
                config.getString("host"),
                port(config.getInt("port"), "management.port (GUILDHALL_MANAGEMENT_PORT)"),
                nonBlank(config.getString("token")).map(OperatorToken::new),
                list(config.getString("host-names")).stream()
                        .map(it -> it.toLowerCase(Locale.ROOT))
                        .collect(Collectors.toUnmodifiableSet()),
                probesPort == 0
                        ? Optional.empty()
                        : Optional.of(new Probes(
                                config.getString("probes.host"),
                                port(probesPort, "management.probes.port (GUILDHALL_PROBES_PORT)"))));
    }
}
