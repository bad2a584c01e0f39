package io.guildhall.port;

import io.guildhall.kernel.PublicAddress;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Where webhooks can be sent: over HTTPS, to the allowed ports of public addresses.
 *
 * @param ports the ports that HTTPS can use
 * @param isDevelopment whether the loopback addresses of this machine are allowed too, on any port and without TLS
 */
public record WebhookTargets(Set<Integer> ports, boolean isDevelopment) {
    public static final int MAX_URL_LENGTH = 1_000;
    private static final int HTTPS_PORT = 443;
    private static final int MAX_HOST_LENGTH = 253;
    private static final int MAX_LABEL_LENGTH = 63;
    private static final Set<String> LOOPBACK_HOSTS = Set.of("localhost", "127.0.0.1", "[::1]");

    public WebhookTargets {
        ports = Set.copyOf(ports);
    }

    /** Returns why a URL is not accepted, as the end of a sentence about it; empty if it is accepted. */
    public Optional<String> refusal(String text) {
        URI url;
        try {
            url = new URI(text);
        } catch (URISyntaxException e) {
            return Optional.of("must be a URL in ASCII, such as https://example.com/hooks");
        }
        if (url.getHost() == null || url.getScheme() == null)
            return Optional.of("must be a complete URL in ASCII, such as https://example.com/hooks");
        if (!isHostName(url.getHost())) return Optional.of("must have a valid host name");
        if (url.getRawUserInfo() != null) return Optional.of("must not contain a user name or password");
        if (url.getRawFragment() != null) return Optional.of("must not contain a fragment");
        if (isLoopback(url)) return Optional.empty();
        if (!url.getScheme().equals("https")) return Optional.of("must start with https://");
        int port = url.getPort() < 0 ? HTTPS_PORT : url.getPort();
        if (!ports.contains(port)) return Optional.of("must use " + portList());
        return isNumeric(url.getHost()) && !isAllowedLiteral(url.getHost())
                ? Optional.of("must not be in a private network")
                : Optional.empty();
    }

    private String portList() {
        return ports.stream()
                .sorted()
                .map(String::valueOf)
                .collect(Collectors.joining(", ", ports.size() == 1 ? "port " : "one of the ports ", ""));
    }

    private boolean isLoopback(URI url) {
        return isDevelopment
                && Set.of("http", "https").contains(url.getScheme())
                && LOOPBACK_HOSTS.contains(url.getHost());
    }

    /** The lengths that the DNS allows. An address in brackets is checked later. */
    private static boolean isHostName(String host) {
        if (host.startsWith("[")) return true;
        var name = host.endsWith(".") ? host.substring(0, host.length() - 1) : host;
        return name.length() <= MAX_HOST_LENGTH
                && Arrays.stream(name.split("\\.", -1))
                        .allMatch(it -> !it.isEmpty() && it.length() <= MAX_LABEL_LENGTH);
    }

    /** Some resolvers read {@code 127.1} and {@code 0x7f000001} as addresses. No name of the public DNS ends so. */
    private static boolean isNumeric(String host) {
        return host.startsWith("[") || host.matches("(?i)(.*\\.)?(0x[0-9a-f]*|[0-9]+)\\.?");
    }

    private static boolean isAllowedLiteral(String host) {
        try {
            return PublicAddress.isPublic(InetAddress.ofLiteral(host.replaceAll("[\\[\\]]", "")));
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /** Whether a connection to this address can be opened. The last check, after the name was resolved. */
    public boolean allows(InetSocketAddress address) {
        var ip = address.getAddress();
        if (ip == null) return false;
        return (isDevelopment && ip.isLoopbackAddress())
                || (PublicAddress.isPublic(ip) && ports.contains(address.getPort()));
    }
}
