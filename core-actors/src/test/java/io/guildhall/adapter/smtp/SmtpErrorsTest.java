package io.guildhall.adapter.smtp;

import static io.guildhall.Await.result;
import static io.guildhall.adapter.smtp.SmtpFixture.MAIL;
import static io.guildhall.adapter.smtp.SmtpFixture.SENDER;
import static org.assertj.core.api.Assertions.assertThat;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import io.guildhall.adapter.smtp.SmtpServer.Credentials;
import io.guildhall.adapter.smtp.SmtpServer.Encryption;
import io.guildhall.port.Mailer.Result;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The result of a mail for each reply of the mail server. */
class SmtpErrorsTest {
    private static Result send(Map<String, String> replies) throws IOException {
        try (var server = new ScriptedSmtpServer(replies)) {
            return result(SmtpFixture.plain(server.port()).send(MAIL));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "RCPT, 550 5.1.1 No such user, true",
        "RCPT, 550 No such user, true",
        "RCPT, 551 5.1.6 Moved away, true",
        "RCPT, 552 5.2.2 Mailbox full, true",
        "RCPT, 550 5.7.1 We do not like you, false",
        "MAIL, 550 5.7.1 We do not like you, false",
        "MAIL, 553 5.1.8 Your domain does not exist, false",
        "., 552 5.3.4 Too big, false",
        "., 554 5.6.0 Malformed, false",
        "., 550 5.1.1 No such user, true"
    })
    void permanentReplyRefusesTheMail(String command, String reply, boolean isAddressInvalid) throws IOException {
        assertThat(send(Map.of(command, reply))).isInstanceOfSatisfying(Result.Refused.class, refused -> {
            assertThat(refused.reason()).contains(reply.substring(4));
            assertThat(refused.isAddressInvalid()).isEqualTo(isAddressInvalid);
        });
    }

    @ParameterizedTest
    @CsvSource({
        "RCPT, 450 4.2.0 Greylisted",
        "MAIL, 451 4.3.0 Try again",
        "., 452 4.3.1 No space",
        "MAIL, 530 5.7.0 Authenticate first",
        "HELO, 421 Busy"
    })
    void temporaryReplyDefersTheMail(String command, String reply) throws IOException {
        assertThat(send(Map.of(command, reply, "EHLO", "502 No")))
                .isInstanceOfSatisfying(
                        Result.Deferred.class,
                        deferred -> assertThat(deferred.reason()).contains(reply.substring(4)));
    }

    @Test
    void wrongPasswordDefersTheMailAndStaysSecret() throws IOException {
        try (var server = new ScriptedSmtpServer(
                Map.of("EHLO", "250-test\r\n250 AUTH PLAIN", "AUTH", "535 5.7.8 Wrong password"))) {
            var settings = new SmtpServer(
                    "localhost",
                    server.port(),
                    Encryption.NONE,
                    Optional.of(new Credentials("mailer", "top-secret")),
                    Duration.ofSeconds(2),
                    Duration.ofSeconds(2));
            assertThat(result(SmtpFixture.mailer(settings, SENDER).send(MAIL)))
                    .isEqualTo(new Result.Deferred("The mail server does not accept the user name and password."));
            assertThat(server.commands).noneMatch(it -> it.startsWith("MAIL"));
            assertThat(settings.toString()).contains("mailer").doesNotContain("top-secret");
        }
    }

    @Test
    void unavailableServerDefersTheMail() throws IOException {
        int port;
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }
        assertThat(result(SmtpFixture.plain(port).send(MAIL))).isInstanceOf(Result.Deferred.class);
    }

    @Test
    void serverThatDoesNotRespondDefersTheMailAfterTheTimeout() throws IOException {
        try (var server = new ScriptedSmtpServer(Map.of("RCPT", " "))) {
            var settings = new SmtpServer(
                    "localhost",
                    server.port(),
                    Encryption.NONE,
                    Optional.empty(),
                    Duration.ofMillis(200),
                    Duration.ofMillis(200));
            assertThat(result(SmtpFixture.mailer(settings, SENDER).send(MAIL))).isInstanceOf(Result.Deferred.class);
            assertThat(server.commands).anyMatch(it -> it.startsWith("RCPT"));
        }
    }

    @Test
    void nothingIsSentWithoutTheRequiredEncryption() throws IOException {
        try (var server = new ScriptedSmtpServer(Map.of())) {
            var mailer = SmtpFixture.mailer(SmtpFixture.server(server.port(), Encryption.STARTTLS), SENDER);
            assertThat(result(mailer.send(MAIL))).isInstanceOf(Result.Deferred.class);
            assertThat(server.commands).noneMatch(it -> it.startsWith("MAIL"));
        }
    }

    @Test
    void nothingIsSentToAServerWithAnUntrustedCertificate() {
        var server = new GreenMail(ServerSetup.SMTPS.dynamicPort());
        server.start();
        try {
            var mailer = SmtpFixture.mailer(SmtpFixture.server(server.getSmtps().getPort(), Encryption.TLS), SENDER);
            assertThat(result(mailer.send(MAIL))).isInstanceOf(Result.Deferred.class);
            assertThat(server.getReceivedMessages()).isEmpty();
        } finally {
            server.stop();
        }
    }
}
