package io.guildhall.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.util.HexFormat;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PublicAddressTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "0.0.0.0",
                "0.255.255.255",
                "10.0.0.0",
                "10.255.255.255",
                "100.64.0.0",
                "100.127.255.255",
                "127.0.0.1",
                "127.255.255.254",
                "169.254.0.1",
                "169.254.169.254",
                "172.16.0.0",
                "172.31.255.255",
                "192.0.0.8",
                "192.0.0.192",
                "192.0.2.1",
                "192.88.99.1",
                "192.168.0.0",
                "192.168.255.255",
                "198.18.0.1",
                "198.19.255.255",
                "198.51.100.7",
                "203.0.113.7",
                "224.0.0.1",
                "239.255.255.255",
                "240.0.0.1",
                "255.255.255.255",
                "::",
                "::1",
                "::2",
                "::10.0.0.1",
                "::8.8.8.8",
                "64:ff9b::1",
                "64:ff9b::808:808",
                "64:ff9b:1::1",
                "100::1",
                "2001::1",
                "2001:0:53aa:64c::1",
                "2001:2::1",
                "2001:10::1",
                "2001:1ff::1",
                "2001:db8::1",
                "2002::1",
                "2002:808:808::1",
                "3fff::1",
                "3fff:fff:ffff::1",
                "5f00::1",
                "fc00::1",
                "fd12:3456:789a::1",
                "fe80::1",
                "febf::1",
                "fec0::1",
                "feff::1",
                "ff00::1",
                "ff02::1",
                "4000::1",
                "1fff::1"
            })
    void isNotPublic(String address) {
        assertThat(PublicAddress.isPublic(InetAddress.ofLiteral(address))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1.1.1.1",
                "8.8.8.8",
                "9.255.255.255",
                "11.0.0.0",
                "100.63.255.255",
                "100.128.0.0",
                "126.255.255.255",
                "128.0.0.0",
                "169.253.255.255",
                "169.255.0.0",
                "172.15.255.255",
                "172.32.0.0",
                "191.255.255.255",
                "192.0.1.0",
                "192.0.3.0",
                "192.167.255.255",
                "192.169.0.0",
                "198.17.255.255",
                "198.20.0.0",
                "223.255.255.255",
                "2001:200::1",
                "2001:4860:4860::8888",
                "2003::1",
                "2606:4700:4700::1111",
                "2a00:1450::1",
                "3ffe::1"
            })
    void isPublic(String address) {
        assertThat(PublicAddress.isPublic(InetAddress.ofLiteral(address))).isTrue();
    }

    /** Java itself turns these into IPv4 addresses, others do not. */
    @Property
    void noAddressThatContainsAnIpv4AddressIsPublic(@ForAll @Size(4) byte[] ipv4) {
        assertThat(PublicAddress.isPublic(address("00000000000000000000ffff", ipv4, "")))
                .isFalse();
        assertThat(PublicAddress.isPublic(address("000000000000000000000000", ipv4, "")))
                .isFalse();
        assertThat(PublicAddress.isPublic(address("0064ff9b0000000000000000", ipv4, "")))
                .isFalse();
        assertThat(PublicAddress.isPublic(address("2002", ipv4, "00000000000000000001")))
                .isFalse();
        assertThat(PublicAddress.isPublic(address("200100000000000000000000", ipv4, "")))
                .isFalse();
    }

    /** What the JDK knows about addresses is a part of the rule. */
    @Property
    void specialAddressesOfTheJdkAreNotPublic(@ForAll @Size(4) byte[] ipv4, @ForAll @Size(16) byte[] ipv6)
            throws Exception {
        for (var address : new InetAddress[] {InetAddress.getByAddress(ipv4), InetAddress.getByAddress(ipv6)})
            if (address.isAnyLocalAddress()
                    || address.isLoopbackAddress()
                    || address.isLinkLocalAddress()
                    || address.isSiteLocalAddress()
                    || address.isMulticastAddress())
                assertThat(PublicAddress.isPublic(address)).as("%s", address).isFalse();
    }

    private static byte[] address(String before, byte[] ipv4, String after) {
        var hex = HexFormat.of();
        return hex.parseHex(before + hex.formatHex(ipv4) + after);
    }
}
