package io.guildhall.http.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.guildhall.http.RawHttpClient;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Malformed requests over a socket get an error response in time, never a 5xx of ours. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HostileRequestsTest {
    private final TestServer server = new TestServer();
    private final RawHttpClient rawClient = new RawHttpClient(server.anonymous);

    @AfterAll
    void close() {
        rawClient.close();
        server.close();
    }

    /**
     * Statuses below 500, except for a method that HTTP does not have. The OpenAPI document covers those that the API
     * answers itself.
     */
    static Stream<Arguments> lines() {
        return Stream.of(
                arguments("GET /api/jobs?limit=1&limit=2", 400),
                arguments("GET /api/jobs?limit=9223372036854775808", 400),
                arguments("GET /api/jobs?cursor=%00", 400),
                arguments("GET /api/jobs?cursor=%ED%A0%80", 400),
                arguments("GET /api/jobs?cursor=%ZZ", 400),
                arguments("GET /api/jobs?cursor=%", 400),
                arguments("GET /api/jobs?skill=%1b[31m", 400),
                arguments("GET /api/jobs?skill=\u00e4", 400),
                arguments("GET /api/jobs?&&&", 200),
                arguments("GET /api/jobs?&&&=&=&", 400),
                arguments("GET /api/jobs?utm_source=mail", 400),
                arguments("GET /api/jobs/job_%00", 400),
                arguments("GET /%00", 400),
                arguments("GET /dev/outbox?to=%00", 400),
                arguments("GET /dev/outbox/mail?id=%00", 400),
                arguments("GET /api/live?ticket=%00", 400),
                arguments("GET /api/live/events?channel=me&ticket=%00", 400),
                arguments("GET /api/live/events?channel=me&lastEventId=%00", 400),
                arguments("GET /files/%00?expires=1&signature=x", 400),
                arguments("GET /api/jobs/job_%0a", 404),
                arguments("GET /api/jobs/job_%FF", 404),
                arguments("GET /api/jobs/%ZZ", 400),
                arguments("GET /api/jobs/" + "x".repeat(600), 400),
                arguments("GET /api/jobs/" + "x".repeat(100_000), 414),
                arguments("GET /" + "a/".repeat(1000), 404),
                arguments("GET //", 404),
                arguments("GET /api/../api/jobs", 200),
                arguments("GET /%2e%2e/%2e%2e/etc/passwd", 404),
                arguments("GET *", 404),
                arguments("OPTIONS *", 404),
                arguments("OPTIONS *\r\nAccess-Control-Request-Method: GET", 204),
                arguments("GET *\r\nAccept: text/html", 404),
                arguments("OPTIONS /api/jobs", 405),
                arguments("HEAD /api/jobs", 405),
                arguments("TRACE /api/jobs", 405),
                arguments("CONNECT localhost:80", 400),
                arguments("BREW /api/jobs", 501),
                arguments("GET http://evil.example/api/jobs", 400),
                arguments("GET ?limit=1", 400),
                arguments("GET /api/jobs#x", 400));
    }

    @ParameterizedTest
    @MethodSource("lines")
    void answersAnyRequestLine(String line, int status) {
        int end = line.contains("\r\n") ? line.indexOf("\r\n") : line.length();
        var response = rawClient.send(line.substring(0, end) + " HTTP/1.1" + line.substring(end), new byte[0]);
        assertThat(response.status()).as(response.text()).isEqualTo(status);
        if (status >= 400 && !line.contains("text/html")) assertIsProblem(response);
    }

    private static void assertIsProblem(RawHttpClient.RawResponse response) {
        assertThat(response.contentType()).as(response.text()).isEqualTo("application/problem+json");
    }

    static Stream<Arguments> bodies() {
        var json = "Content-Type: application/json\r\n";
        return Stream.of(
                arguments("too long and saying so", json + "Content-Length: 70000", " ".repeat(70_000), 413),
                arguments("more than anyone takes", json + "Content-Length: 9999999999", "", 413),
                arguments("a length that is none", json + "Content-Length: -1", "", 400),
                arguments("a length beyond any", json + "Content-Length: 9223372036854775808", "", 400),
                arguments("two lengths", json + "Content-Length: 2\r\nContent-Length: 3", "{}", 400),
                arguments("a length and chunks", json + "Content-Length: 2\r\nTransfer-Encoding: chunked", "{}", 400),
                arguments("shorter than it says", json + "Content-Length: 20", "{}", 408),
                arguments("chunks beyond the limit", json + "Transfer-Encoding: chunked", chunks(100), 411),
                arguments("chunks without an end", json + "Transfer-Encoding: chunked", "2\r\n{}\r\n", 411),
                arguments("a chunk of a size that is none", json + "Transfer-Encoding: chunked", "zz\r\n", 411),
                arguments("a coding that is none", json + "Transfer-Encoding: gzip", "{}", 400),
                arguments("packed", json + "Content-Encoding: gzip\r\nContent-Length: 2", "\u001f\u008b", 400),
                arguments("no type", "Content-Length: 2", "{}", 415),
                arguments("a type that is none", "Content-Type: json\r\nContent-Length: 2", "{}", 415),
                arguments("a form", "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 2", "{}", 415),
                arguments("two types", json + "Content-Type: text/plain\r\nContent-Length: 2", "{}", 400),
                arguments("a sender who waits", json + "Expect: 100-continue\r\nContent-Length: 2", "{}", 422));
    }

    private static String chunks(int count) {
        return ("400\r\n" + " ".repeat(0x400) + "\r\n").repeat(count) + "0\r\n\r\n";
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("bodies")
    void answersAnyBody(String name, String headers, String body, int status) {
        var response = rawClient.send(
                "POST /api/auth/login HTTP/1.1\r\n" + headers, body.getBytes(StandardCharsets.ISO_8859_1));
        assertThat(response.status()).as(response.text()).isEqualTo(status);
        assertIsProblem(response);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Authorization: Bearer",
                "Authorization: Bearer \u00ff",
                "Authorization: Bearer x\r\nAuthorization: Bearer y",
                "Cookie: \u0001=\u0002",
                "Accept: \u00ff/\u00ff, */*;q=9",
                "Origin: \u00ff",
                "If-None-Match: \"",
                "X-Correlation-Id: \u00ff",
                "Range: bytes=0-99999999999999999999",
                "X-Forwarded-For: x, y, z"
            })
    void anyHeaderIsHarmless(String header) {
        var response = rawClient.send("GET /api/jobs HTTP/1.1\r\n" + header, new byte[0]);
        assertThat(response.status()).as(response.text()).isBetween(200, 499);
        if (response.status() >= 400) assertIsProblem(response);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a b: c", "X-Long: ", "no colon"})
    void problemForHeadersThatCannotBeParsed(String header) {
        var line = header.startsWith("X-Long") ? header + "x".repeat(20_000) : header;
        var response = rawClient.send("GET /api/jobs HTTP/1.1\r\n" + line, new byte[0]);
        assertThat(response.status()).as(response.text()).isIn(400, 431);
        assertIsProblem(response);
        assertThat(response.text()).contains(response.status() == 431 ? "headers-too-large" : "malformed");
    }
}
