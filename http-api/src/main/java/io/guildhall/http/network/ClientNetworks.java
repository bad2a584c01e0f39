package io.guildhall.http.network;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;

/** The networks of clients, which are the unit of limits by address. */
public final class ClientNetworks {
    private static final int IPV6_PREFIX_BYTES = 8;
    private static final int IPV6_BYTES = 16;

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
}
