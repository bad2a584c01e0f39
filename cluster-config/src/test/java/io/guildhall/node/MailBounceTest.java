package io.guildhall.node;

import static io.guildhall.node.TestNodes.send;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import io.guildhall.Await;
import io.guildhall.testing.TestDatabase;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Mails of a node: those about logins on new devices, and one that a server returns to the return path, up to the
 * notification of its recipient.
 */
class MailBounceTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String EMAIL = "ann@example.org";
    private static final Pattern TOKEN = Pattern.compile("/verify\\?token=([\\w.-]+)");
    private static final String REPORT = """
            Return-Path: <>
            To: %s
            Subject: Undelivered Mail Returned to Sender
            MIME-Version: 1.0
            Content-Type: multipart/report; report-type=delivery-status; boundary="b1"

            --b1
            Content-Type: text/plain

            It could not be delivered.

            --b1
            Content-Type: message/delivery-status

            Reporting-MTA: dns; mx.example.org

            Final-Recipient: rfc822; ann@example.org
            Action: failed
            Status: 5.1.1
            Diagnostic-Code: smtp; 550 5.1.1 No such user

            --b1--
            """;

    /** @param returnPath where the mail is returned to */
    private record Sent(String returnPath, String text) {}

    private final BlockingQueue<Sent> sent = new LinkedBlockingQueue<>();
    private final GreenMail server = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
    private final TestNodes.Ports ports = TestNodes.Ports.free();
    private NodeAssembly node;

    @BeforeEach
    void start() {
        server.getUserManager().setMessageDeliveryHandler((message, address) -> {
            try {
                var content = requireNonNull(message.getMessage().getContent());
                sent.add(new Sent(message.getReturnPath().getEmail(), text(content)));
            } catch (Exception e) {
                throw new AssertionError(e);
            }
            return server.getUserManager().getUserByEmail(address.getEmail());
        });
        server.setUser(EMAIL, EMAIL, "secret");
        server.start();
        node = TestNodes.open(
                TestDatabase.freshUrl(),
                ports,
                Map.of(
                        "guildhall.mail.smtp-url",
                        "smtp+plain://127.0.0.1:" + server.getSmtp().getPort(),
                        "guildhall.mail.from",
                        "no-reply@guildhall.example",
                        "guildhall.mail.bounce-address",
                        "bounces@mail.example"));
    }

    @AfterEach
    void stop() {
        node.close();
        server.stop();
    }

    private static String text(Object content) throws Exception {
        if (!(content instanceof jakarta.mail.Multipart parts)) return content.toString();
        var text = new StringBuilder();
        for (int i = 0; i < parts.getCount(); i++)
            text.append(text(parts.getBodyPart(i).getContent()));
        return text.toString();
    }

    private JsonNode call(String method, String path, Optional<String> token, String body) {
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + ports.http() + path))
                .header("Content-Type", "application/json")
                .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        token.ifPresent(it -> request.header("Authorization", "Bearer " + it));
        var response = send(request);
        assertThat(response.statusCode()).as(response.body()).isBetween(200, 299);
        return read(response);
    }

    private static JsonNode read(HttpResponse<String> response) {
        try {
            return JSON.readTree(response.body());
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** As the mail server of the return path passes a message on. */
    private boolean report(String returnPath) {
        return read(send(HttpRequest.newBuilder(
                                URI.create("http://127.0.0.1:" + ports.management() + "/guildhall/mail/bounces"))
                        .header("Authorization", "Bearer " + TestNodes.TOKEN.value())
                        .POST(BodyPublishers.ofString(
                                REPORT.formatted(returnPath).replace("\n", "\r\n")))))
                .path("recorded")
                .asBoolean();
    }

    private Optional<String> logIn(String device) {
        return Optional.of(logIn(device, "").path("accessToken").asText());
    }

    /** @param deviceToken that an earlier login has returned; empty without one */
    private JsonNode logIn(String device, String deviceToken) {
        return call("POST", "/api/auth/login", Optional.empty(), """
                {"email": "ann@example.org", "password": "correct horse battery", "device": "%s", "deviceToken": "%s"}
                """.formatted(device, deviceToken));
    }

    @Test
    void ownerIsMailedAboutALoginOnANewDevice() throws InterruptedException {
        registerAndVerify();
        logIn("Laptop", logIn("Laptop", "").path("deviceToken").asText());
        logIn("Ann's phone", logIn("Ann's phone", "").path("deviceToken").asText());
        logIn("Tablet", "");
        var about = List.of(nextMail().text(), nextMail().text());
        assertThat(about)
                .allMatch(it -> it.contains("A new device has logged in to your account."))
                .satisfiesExactlyInAnyOrder(
                        it -> assertThat(it).contains("> Ann's phone, from the network 127.0.0.0/24"),
                        it -> assertThat(it).contains("> Tablet"));
    }

    private Sent nextMail() throws InterruptedException {
        return requireNonNull(sent.poll(30, TimeUnit.SECONDS), "no mail was sent");
    }

    /** Returns the mail with the link. */
    private Sent registerAndVerify() throws InterruptedException {
        call("POST", "/api/auth/register", Optional.empty(), """
                {"email": "ann@example.org", "password": "correct horse battery", "name": "Ann", "country": "CH", "roles": ["CLIENT"]}
                """);
        var mail = nextMail();
        var confirmation = TOKEN.matcher(mail.text());
        assertThat(confirmation.find()).as(mail.text()).isTrue();
        call("POST", "/api/auth/verify", Optional.empty(), "{\"token\": \"" + confirmation.group(1) + "\"}");
        return mail;
    }

    @Test
    void addressOfAReturnedMailIsMarkedAndItsOwnerNotified() throws InterruptedException {
        var mail = registerAndVerify();
        var token = logIn("Laptop");
        assertThat(address(token).path("acceptsMail").asBoolean()).isTrue();

        assertThat(mail.returnPath()).matches("bounces\\+[0-9a-f]+\\.[0-9a-f]{16}@mail\\.example");
        assertThat(report("bounces@mail.example")).isFalse();
        assertThat(report(mail.returnPath().replaceFirst("\\.[0-9a-f]{16}@", ".0123456789abcdef@")))
                .as("a forged report")
                .isFalse();
        assertThat(address(token).path("acceptsMail").asBoolean()).isTrue();

        assertThat(report(mail.returnPath())).isTrue();
        var refusing = address(token);
        assertThat(refusing.path("acceptsMail").asBoolean()).isFalse();
        assertThat(refusing.path("reason").asText()).contains("No such user");
        assertThat(refusing.has("refusedAt")).isTrue();
        Await.until(() -> assertThat(call("GET", "/api/me/notifications", token, "")
                        .path("items")
                        .findValuesAsText("kind"))
                .contains("MAIL_REFUSED"));

        // The report about the same mail comes again.
        var _ = report(mail.returnPath());
        assertThat(address(token)).isEqualTo(refusing);
    }

    private JsonNode address(Optional<String> token) {
        return call("GET", "/api/me/mail-address", token, "");
    }
}
