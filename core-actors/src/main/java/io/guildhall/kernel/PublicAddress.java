package io.guildhall.kernel;

import java.net.InetAddress;
import java.util.Arrays;
import java.util.List;

/**
 * Whether a network address belongs to a host on the public Internet. Addresses of private networks, of this machine, of
 * cloud metadata services and of special protocols do not; neither do IPv6 addresses that contain an IPv4 address
 * (mapped, translated, 6to4, Teredo), because a router could deliver them to a private network.
 */
public final class PublicAddress {
    private static final List<Range> PRIVATE_V4 = ranges(
            "0.0.0.0/8", // this network
            "10.0.0.0/8", // private
            "100.64.0.0/10", // carrier-grade NAT
            "127.0.0.0/8", // loopback
            "169.254.0.0/16", // link-local, with the metadata services of clouds
            "172.16.0.0/12", // private
            "192.0.0.0/24", // protocol assignments
            "192.0.2.0/24", // documentation
            "192.88.99.0/24", // 6to4 relays
            "192.168.0.0/16", // private
            "198.18.0.0/15", // benchmarks
            "198.51.100.0/24", // documentation
            "203.0.113.0/24", // documentation
            "224.0.0.0/4", // multicast
            "240.0.0.0/4"); // reserved, and broadcast

    /** All other ranges of IPv6 are not global: unspecified, loopback, mapped, 64:ff9b::/96, fc00::/7, fe80::/10, … */
    private static final Range GLOBAL_V6 = range("2000::/3");

    private static final List<Range> SPECIAL_V6 = ranges(
            "2001::/23", // Teredo, ORCHID, benchmarks and other protocol assignments
            "2001:db8::/32", // documentation
            "2002::/16", // 6to4
            "3fff::/20"); // documentation

    private PublicAddress() {}

    private record Range(byte[] prefix, int bits) {
        boolean contains(byte[] address) {
            if (address.length != prefix.length) return false;
            for (int bit = 0; bit < bits; bit++) {
                int mask = 0x80 >> (bit % 8);
                if ((address[bit / 8] & mask) != (prefix[bit / 8] & mask)) return false;
            }
            return true;
        }
    }

    private static List<Range> ranges(String... texts) {
        return Arrays.stream(texts).map(PublicAddress::range).toList();
    }

    private static Range range(String text) {
        var parts = text.split("/", -1);
        return new Range(InetAddress.ofLiteral(parts[0]).getAddress(), Integer.parseInt(parts[1]));
    }

    public static boolean isPublic(InetAddress address) {
        return isPublic(address.getAddress());
    }

    /** @param address 4 or 16 bytes */
    static boolean isPublic(byte[] address) {
        if (address.length == 4) return PRIVATE_V4.stream().noneMatch(it -> it.contains(address));
        return GLOBAL_V6.contains(address) && SPECIAL_V6.stream().noneMatch(it -> it.contains(address));
    }
}
