package io.guildhall.port;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WebhookTargetsTest {
    private static final WebhookTargets PRODUCTION = new WebhookTargets(Set.of(443, 8443), false);
    private static final WebhookTargets DEVELOPMENT = new WebhookTargets(Set.of(443), true);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://example.com", "https://example.com/hooks?key=a%20b", "https://example.com:443/",
                        "https://example.com:8443/",
                "https://1.1.1.1/", "https://[2606:4700:4700::1111]/", "https://xn--bcher-kva.example/",
                        "https://a.b.c.example.com./"
            })
    void acceptsPublicAddresses(String url) {
        assertThat(PRODUCTION.refusal(url)).isEmpty();
    }

    /** The lengths that the DNS allows. */
    @Test
    void refusesHostNamesThatAreTooLong() {
        var label = "a".repeat(63) + ".";
        assertThat(PRODUCTION.refusal("https://" + label + "com/")).isEmpty();
        assertThat(PRODUCTION.refusal("https://" + label.repeat(3) + "a".repeat(61) + "/"))
                .isEmpty();
        assertThat(PRODUCTION.refusal("https://" + label.repeat(3) + "a".repeat(62) + "/"))
                .isPresent();
        assertThat(PRODUCTION.refusal("https://" + label.repeat(3) + "a".repeat(61) + "./"))
                .isEmpty();
        assertThat(PRODUCTION.refusal("https://a" + label + "com/")).isPresent();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "example.com",
                "/hooks",
                "https:",
                "https:///hooks",
                "https://exa mple.com",
                "https://bücher.example",
                "http://example.com",
                "HTTPS://example.com",
                "ftp://example.com",
                "file:///etc/passwd",
                "https://example.com:80/",
                "https://example.com:22/",
                "https://example.com:0/",
                "https://user@example.com/",
                "https://user:password@example.com/",
                "https://@example.com/",
                "https://example.com/#part",
                "https://127.0.0.1/",
                "https://10.0.0.1/",
                "https://169.254.169.254/latest",
                "https://[::1]/",
                "https://[::ffff:10.0.0.1]/",
                "https://[64:ff9b::a00:1]/",
                "https://[fd00::1]/",
                "https://[fe80::1%25eth0]/",
                "https://127.1/",
                "https://2130706433/",
                "https://0x7f000001/",
                "https://0x7f.1/",
                "https://017700000001/",
                "https://1.2.3/",
                "https://example.1/",
                "http://localhost:8080/",
                "http://127.0.0.1:8080/",
                "https://example.com\\@10.0.0.1/",
                "https://example.com\n",
                "https://aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa.com/"
            })
    void refusesAllOthers(String url) {
        assertThat(PRODUCTION.refusal(url)).isPresent();
    }

    @Test
    void allowsThisMachineInDevelopmentOnly() {
        for (var url : new String[] {"http://localhost:9000/a", "http://127.0.0.1:9000", "https://[::1]:9000/"}) {
            assertThat(DEVELOPMENT.refusal(url)).as(url).isEmpty();
            assertThat(PRODUCTION.refusal(url)).as(url).isPresent();
        }
        assertThat(DEVELOPMENT.refusal("http://10.0.0.1/")).isPresent();
        assertThat(DEVELOPMENT.refusal("http://localhost.example.com/")).isPresent();
        assertThat(DEVELOPMENT.refusal("http://user@localhost/")).isPresent();
    }

    @Test
    void checksTheAddressOfAConnection() {
        assertThat(PRODUCTION.allows(address("1.1.1.1", 443))).isTrue();
        assertThat(PRODUCTION.allows(address("1.1.1.1", 80))).isFalse();
        assertThat(PRODUCTION.allows(address("127.0.0.1", 443))).isFalse();
        assertThat(PRODUCTION.allows(InetSocketAddress.createUnresolved("example.com", 443)))
                .isFalse();
        assertThat(DEVELOPMENT.allows(address("127.0.0.1", 9000))).isTrue();
        assertThat(DEVELOPMENT.allows(address("::1", 9000))).isTrue();
        assertThat(DEVELOPMENT.allows(address("10.0.0.1", 443))).isFalse();
    }

    private static InetSocketAddress address(String ip, int port) {
        return new InetSocketAddress(InetAddress.ofLiteral(ip), port);
    }
}
