package io.guildhall.adapter.smtp;

import static io.guildhall.adapter.smtp.SmtpFixture.MAIL;
import static io.guildhall.adapter.smtp.SmtpFixture.RETURN_PATHS;
import static org.assertj.core.api.Assertions.assertThat;

import io.guildhall.port.BounceReports.Bounce;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DsnReaderTest {
    private static final String REPORT = """
            Return-Path: <>
            From: MAILER-DAEMON@mx.example.org (Mail Delivery System)
            To: %s
            Subject: Undelivered Mail Returned to Sender
            Auto-Submitted: auto-replied
            MIME-Version: 1.0
            Content-Type: multipart/report; report-type=delivery-status; boundary="b1"

            --b1
            Content-Type: text/plain

            I'm sorry to have to inform you that your message could not be delivered.

            --b1
            Content-Type: message/delivery-status

            Reporting-MTA: dns; mx.example.org
            Arrival-Date: Sun, 29 Nov 2026 21:00:00 +0000

            Final-Recipient: rfc822; ann@example.org
            Action: %s
            Status: %s
            Diagnostic-Code: smtp; 550 5.1.1 <ann@example.org>:
                Recipient address rejected

            --b1
            Content-Type: message/rfc822

            Message-ID: <forged@guildhall.example>
            Subject: Work was submitted

            Text
            --b1--
            """;

    private final DsnReader reader = new DsnReader(RETURN_PATHS);
    private final String returnPath = RETURN_PATHS.address("bounces@mail.example", MAIL.key());

    private Optional<Bounce> read(String to, String action, String status) {
        return reader.read(
                REPORT.formatted(to, action, status).replace("\n", "\r\n").getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void failureIsABounceOfTheMailInTheReturnPath() {
        assertThat(read(returnPath, "failed", "5.1.1"))
                .contains(
                        new Bounce(MAIL.key(), "smtp; 550 5.1.1 <ann@example.org>: Recipient address rejected", true));
        assertThat(read("Bounces <" + returnPath.toUpperCase(java.util.Locale.ROOT) + ">", "Failed", "5.1.1"))
                .isPresent();
    }

    @ParameterizedTest
    @CsvSource({"5.7.1", "5.6.0", "5.3.4"})
    void refusalOfTheContentIsNotAboutTheAddress(String status) {
        assertThat(read(returnPath, "failed", status))
                .map(Bounce::isAddressInvalid)
                .contains(false);
    }

    @ParameterizedTest
    @CsvSource({"delayed, 4.4.1", "failed, 4.4.7", "delivered, 2.0.0", "relayed, 2.0.0"})
    void onlyPermanentFailuresAreBounces(String action, String status) {
        assertThat(read(returnPath, action, status)).isEmpty();
    }

    @Test
    void ignoresReportsToForgedAddresses() {
        assertThat(read("bounces@mail.example", "failed", "5.1.1")).isEmpty();
        assertThat(read(new ReturnPaths("other").address("bounces@mail.example", MAIL.key()), "failed", "5.1.1"))
                .isEmpty();
    }

    @Test
    void ignoresOtherMails() {
        var vacation = "To: " + returnPath + "\r\nSubject: Out of office\r\n\r\nI am away. Status: 5.1.1\r\n";
        assertThat(reader.read(vacation.getBytes(StandardCharsets.UTF_8))).isEmpty();
        assertThat(reader.read(new byte[0])).isEmpty();
    }

    @Property(tries = 200)
    void neverFails(@ForAll byte[] bytes) {
        assertThat(reader.read(bytes)).isEmpty();
    }
}
