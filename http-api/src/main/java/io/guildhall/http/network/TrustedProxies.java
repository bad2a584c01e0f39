package io.guildhall.http.network;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The addresses of the proxies that send requests on behalf of clients. Their
 * {@code X-Forwarded-For} header is trusted.
 */
public final class TrustedProxies {
    public static final TrustedProxies NONE = new TrustedProxies(Set.of());
    /** A literal address, so that no name is resolved. */
    private static final Pattern ADDRESS = Pattern.compile("[0-9a-fA-F.:]{2,45}");

    private record Network(byte[] address, int prefixBits) {
        boolean contains(byte[] other) {
            if (other.length != address.length) return false;
            for (int bit = 0; bit < prefixBits; bit++) {
                int mask = 0x80 >> bit % 8;
                if ((address[bit / 8] & mask) != (other[bit / 8] & mask)) return false;
            }
            return true;
        }
    }

    private final List<Network> networks;

    /**
     * @param networks addresses such as 10.0.0.7, or ranges such as 10.0.0.0/8
     * @throws IllegalArgumentException naming the one that is neither
     */
    public TrustedProxies(Set<String> networks) {
        this.networks = networks.stream().map(TrustedProxies::network).collect(Collectors.toUnmodifiableList());
    }

    private static Network network(String text) {
        var parts = text.split("/", 2);
        var address = parse(parts[0]).orElseThrow(() -> invalid(text)).getAddress();
        int bits = address.length * 8;
        if (parts.length == 1) return new Network(address, bits);
        if (!parts[1].matches("[0-9]{1,3}") || Integer.parseInt(parts[1]) > bits) throw invalid(text);
        return new Network(address, Integer.parseInt(parts[1]));
    }

    private static IllegalArgumentException invalid(String text) {
        return new IllegalArgumentException(
                "'" + text + "' is neither an IP address such as 10.0.0.7 nor a range such as 10.0.0.0/8");
    }

    private static Optional<InetAddress> parse(String text) {
        try {
            return ADDRESS.matcher(text).matches() ? Optional.of(InetAddress.getByName(text)) : Optional.empty();
        } catch (UnknownHostException e) {
            return Optional.empty();
        }
    }

    public boolean contains(InetAddress address) {
        var bytes = address.getAddress();
        return networks.stream().anyMatch(it -> it.contains(bytes));
    }

    /**
     * Returns the address of the client of a request: that of the connection, or, if a trusted proxy has opened it, the
     * last one in {@code X-Forwarded-For} that is not a trusted proxy. What stands before it can be forged by the client.
     *
     * @param forwardedFor the values of all lines of the header, separated by commas; empty without one
     */
    public InetAddress client(InetAddress peer, String forwardedFor) {
        var client = peer;
        var hops = forwardedFor.split(",");
        for (int i = hops.length - 1; i >= 0 && contains(client); i--) {
            var hop = parse(hops[i].strip());
            if (hop.isEmpty()) break;
            client = hop.get();
        }
        return client;
    }
}
