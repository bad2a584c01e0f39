package io.guildhall.http.network;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClientNetworksTest {
    @ParameterizedTest
    @CsvSource({
        "203.0.113.7, 203.0.113.0/24",
        "127.0.0.1, 127.0.0.0/24",
        "2001:db8:7:8:9:a:b:c, 2001:db8:7::/48",
        "2001:db8::1, 2001:db8:0::/48",
        "::ffff:203.0.113.7, 203.0.113.0/24"
    })
    void networkOfProvidersHas24Or48Bits(String address, String network) {
        var client = ClientNetworks.of(InetAddress.ofLiteral(address)).getHostAddress();
        assertThat(ClientNetworks.providerNetwork(client)).isEqualTo(network);
    }

    @Test
    void textThatIsNoAddressIsUnchanged() {
        assertThat(ClientNetworks.providerNetwork("unknown")).isEqualTo("unknown");
    }
}
