package io.guildhall.http.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import io.guildhall.kernel.HmacSha256;
import io.guildhall.kernel.Sha256;
import java.nio.charset.StandardCharsets;
import org.apache.pekko.http.javadsl.model.HttpMethods;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FingerprintTest {
    private static final HmacSha256 KEY = new HmacSha256("idempotency", "secret");

    private static String of(String method, String address, String body) {
        var request = HttpRequest.create(address)
                .withMethod(HttpMethods.lookup(method).orElseThrow());
        return Requests.fingerprint(KEY, request, body.getBytes(StandardCharsets.UTF_8));
    }

    @ParameterizedTest
    @CsvSource({
        "POST, /api/pots?glaze=ash&size=2, {}",
        "POST, /api/pots?glaze=ash&size=22, {}",
        "POST, /api/pots?size=2, {}",
        "POST, /api/pots?, {}",
        "POST, /api/pots, {}",
        "POST, /api/pans?size=1, {}",
        "PUT, /api/pots?size=1, {}",
        "POST, /api/pots?size=1, []",
        "POST, /api/pots%3Fsize=1, {}"
    })
    void differsIfMethodPathQueryOrBodyDiffer(String method, String address, String body) {
        assertThat(of(method, address, body)).isNotEqualTo(of("POST", "/api/pots?size=1", "{}"));
    }

    @Test
    void isEqualForEqualRequests() {
        assertThat(of("POST", "/api/pots?size=1", "{}")).isEqualTo(of("POST", "/api/pots?size=1", "{}"));
    }

    /** A body with few possible values could be found by hashing all of them. */
    @Test
    void cannotBeComputedWithoutTheSecret() {
        var request = HttpRequest.POST("/api/pots");
        var body = "{}".getBytes(StandardCharsets.UTF_8);
        assertThat(of("POST", "/api/pots", "{}"))
                .isNotEqualTo(Requests.fingerprint(new HmacSha256("idempotency", "other secret"), request, body))
                .isNotEqualTo(Sha256.hex("POST /api/pots\n{}"));
    }
}
