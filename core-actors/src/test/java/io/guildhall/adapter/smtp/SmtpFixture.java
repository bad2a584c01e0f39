package io.guildhall.adapter.smtp;

import io.guildhall.adapter.smtp.SmtpServer.Encryption;
import io.guildhall.port.Mailer.Mail;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/** Settings and mails for tests of the SMTP adapter. */
final class SmtpFixture {
    static final ReturnPaths RETURN_PATHS = new ReturnPaths("secret");
    static final SmtpSender SENDER =
            new SmtpSender("Guildhall", "no-reply@guildhall.example", Optional.empty(), Optional.empty());

    static final Mail MAIL = new Mail(
            "work-submitted/ntf_1",
            "work-submitted",
            "ann@example.org",
            "Work was submitted",
            "Text",
            "<p>HTML</p>",
            Optional.of(URI.create("https://guildhall.example/api/mail/unsubscribe/token")));

    private SmtpFixture() {}

    static SmtpServer server(int port, Encryption encryption) {
        return new SmtpServer(
                "localhost", port, encryption, Optional.empty(), Duration.ofSeconds(2), Duration.ofSeconds(2));
    }

    static SmtpMailer plain(int port) {
        return mailer(server(port, Encryption.NONE), SENDER);
    }

    static SmtpMailer mailer(SmtpServer server, SmtpSender sender) {
        return new SmtpMailer(server, sender, RETURN_PATHS, 8);
    }
}
