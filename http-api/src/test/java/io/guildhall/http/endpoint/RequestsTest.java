package io.guildhall.http.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import io.guildhall.http.network.TrustedProxies;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.apache.pekko.http.javadsl.model.AttributeKeys;
import org.apache.pekko.http.javadsl.model.HttpHeader;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.RemoteAddress;
import org.apache.pekko.http.javadsl.model.headers.RawHeader;
import org.junit.jupiter.api.Test;

class RequestsTest {
    private static final TrustedProxies PROXIES = new TrustedProxies(Set.of("10.0.0.0/8"));

    private static String address(String... forwardedFor) throws UnknownHostException {
        var request = HttpRequest.GET("/api/pots")
                .addAttribute(AttributeKeys.remoteAddress, RemoteAddress.create(InetAddress.getByName("10.0.0.1")));
        List<HttpHeader> lines = Arrays.stream(forwardedFor)
                .<HttpHeader>map(it -> RawHeader.create("X-Forwarded-For", it))
                .toList();
        return Requests.address(request.addHeaders(lines), PROXIES);
    }

    /** The first line is sent by the client, which can write any address. */
    @Test
    void addressIsThatOfTheLastHeaderLine() throws UnknownHostException {
        assertThat(address("192.0.2.66", "198.51.100.1")).isEqualTo("198.51.100.1");
        assertThat(address("192.0.2.66, 192.0.2.67", "198.51.100.1, 10.0.0.7")).isEqualTo("198.51.100.1");
        assertThat(address("198.51.100.1", "10.0.0.7")).isEqualTo("198.51.100.1");
    }

    @Test
    void addressOfIpv6IsItsNetwork() throws UnknownHostException {
        assertThat(address("2001:db8:0:1:2:3:4:5")).isEqualTo("2001:db8:0:1:0:0:0:0");
    }

    @Test
    void addressIsThatOfTheConnectionWithoutHeader() throws UnknownHostException {
        assertThat(address()).isEqualTo("10.0.0.1");
    }
}
