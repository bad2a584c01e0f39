package io.guildhall.http.network;

import static java.util.stream.Collectors.joining;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.regex.Pattern;

/** The networks of clients: the unit of limits by address, and all that users are shown of an address. */
public final class ClientNetworks {
    private static final int IPV6_PREFIX_BYTES = 8;
    private static final int IPV6_BYTES = 16;
    private static final Pattern SEPARATOR = Pattern.compile("[.:]");
    private static final int PARTS_OF_PROVIDER_NETWORK = 3;

    private ClientNetworks() {}

    /**
     * Returns the network of an address: an IPv4 address itself, and the first address of an IPv6 network of 64 bits, the
     * smallest that is assigned to a client. The client chooses the other 64 bits itself.
     */
    public static InetAddress of(InetAddress address) {
        if (address instanceof Inet4Address) return address;
        try {
            return InetAddress.getByAddress(
                    Arrays.copyOf(Arrays.copyOf(address.getAddress(), IPV6_PREFIX_BYTES), IPV6_BYTES));
        } catch (UnknownHostException e) {
            throw new IllegalStateException(e);
        }
    }

    /**
     * Returns the network of providers that an address belongs to: {@code 203.0.113.0/24}, or {@code 2001:db8:7::/48} of an
     * IPv6 address. It tells roughly where a user is, and does not identify a connection.
     *
     * @param address as {@link InetAddress#getHostAddress} returns it; any other text is returned unchanged
     */
    public static String providerNetwork(String address) {
        var parts = SEPARATOR.splitAsStream(address).limit(PARTS_OF_PROVIDER_NETWORK);
        if (address.contains(":")) return parts.collect(joining(":", "", "::/48"));
        return address.contains(".") ? parts.collect(joining(".", "", ".0/24")) : address;
    }
}
