package io.guildhall.http.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TrustedProxiesTest {
    private static final TrustedProxies PROXIES =
            new TrustedProxies(Set.of("10.0.0.0/8", "192.168.7.128/25", "203.0.113.9", "fd00::/8"));

    private static InetAddress address(String text) throws UnknownHostException {
        return InetAddress.getByName(text);
    }

    @ParameterizedTest
    @CsvSource({
        "10.200.1.1, true",
        "11.0.0.1, false",
        "192.168.7.129, true",
        "192.168.7.127, false",
        "203.0.113.9, true",
        "203.0.113.8, false",
        "fd12::1, true",
        "fe80::1, false"
    })
    void containsAddressesOfItsNetworks(String address, boolean expected) throws UnknownHostException {
        assertThat(PROXIES.contains(address(address))).isEqualTo(expected);
        assertThat(TrustedProxies.NONE.contains(address(address))).isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                // Not from a proxy: the client could have written anything.
                "198.51.100.1 | 192.0.2.1                      | 198.51.100.1",
                "10.0.0.1     | 192.0.2.1                      | 192.0.2.1",
                "10.0.0.1     | 192.0.2.66, 192.0.2.1          | 192.0.2.1",
                "10.0.0.1     | 192.0.2.1, 203.0.113.9         | 192.0.2.1",
                "10.0.0.1     | 10.0.0.7, 10.0.0.8             | 10.0.0.7",
                "10.0.0.1     | 2001:db8::1                    | 2001:db8:0:0:0:0:0:1",
                "10.0.0.1     | 192.0.2.1, unknown             | 10.0.0.1",
                "10.0.0.1     | localhost                      | 10.0.0.1",
                "10.0.0.1     | ,                              | 10.0.0.1"
            })
    void clientIsTheLastAddressThatIsNoProxy(String peer, String forwardedFor, String client)
            throws UnknownHostException {
        assertThat(PROXIES.client(address(peer), forwardedFor).getHostAddress()).isEqualTo(client);
    }

    @Test
    void clientIsThePeerWithoutHeader() throws UnknownHostException {
        assertThat(PROXIES.client(address("10.0.0.1"), "")).isEqualTo(address("10.0.0.1"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "proxy.example", "10.0.0.0/33", "10.0.0.0/-1", "10.0.0.0/8/8", "fd00::/129", "/8"})
    void rejectsWhatIsNoNetwork(String text) {
        assertThatThrownBy(() -> new TrustedProxies(Set.of(text)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'" + text + "'");
    }
}
