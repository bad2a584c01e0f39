package io.guildhall.adapter.smtp;

import static io.guildhall.Await.result;
import static io.guildhall.adapter.smtp.SmtpFixture.MAIL;
import static io.guildhall.adapter.smtp.SmtpFixture.SENDER;
import static org.assertj.core.api.Assertions.assertThat;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import io.guildhall.adapter.smtp.SmtpServer.Encryption;
import io.guildhall.port.Mailer;
import io.guildhall.port.Mailer.Mail;
import io.guildhall.port.Mailer.Result;
import io.guildhall.port.MailerContract;
import jakarta.mail.BodyPart;
import jakarta.mail.MessagingException;
import jakarta.mail.Multipart;
import jakarta.mail.Part;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class SmtpMailerTest extends MailerContract {
    private static final GreenMail SERVER = new GreenMail(ServerSetup.SMTP.dynamicPort());

    @BeforeAll
    static void start() {
        SERVER.start();
    }

    @AfterAll
    static void stop() {
        SERVER.stop();
    }

    @Override
    protected Mailer mailer() {
        return SmtpFixture.plain(SERVER.getSmtp().getPort());
    }

    @Override
    protected List<Arrived> arrived(String address) {
        return messages(address).stream()
                .map(SmtpMailerTest::arrivedOf)
                .distinct()
                .toList();
    }

    /** Newest first. */
    private static List<MimeMessage> messages(String address) {
        return Arrays.stream(SERVER.getReceivedMessagesForDomain(address))
                .toList()
                .reversed();
    }

    private static Arrived arrivedOf(MimeMessage message) {
        try {
            var id = header(message, "Message-ID").orElseThrow();
            return new Arrived(
                    id.substring(1, id.indexOf('@')),
                    message.getAllRecipients()[0].toString(),
                    message.getSubject(),
                    text(message, "text/plain"),
                    text(message, "text/html"),
                    header(message, "List-Unsubscribe").map(it -> URI.create(it.substring(1, it.length() - 1))));
        } catch (MessagingException e) {
            throw new AssertionError(e);
        }
    }

    private static Optional<String> header(MimeMessage message, String name) {
        try {
            return Optional.ofNullable(message.getHeader(name, null)).map(it -> it.replaceAll("\\r\\n\\s+", ""));
        } catch (MessagingException e) {
            throw new AssertionError(e);
        }
    }

    private static String text(Part part, String type) {
        return parts(part)
                .filter(it -> isMimeType(it, type))
                .map(SmtpMailerTest::content)
                .findFirst()
                .orElseThrow()
                .toString()
                .replace("\r\n", "\n");
    }

    private static boolean isMimeType(Part part, String type) {
        try {
            return part.isMimeType(type);
        } catch (MessagingException e) {
            throw new AssertionError(e);
        }
    }

    private static Object content(Part part) {
        try {
            return part.getContent();
        } catch (MessagingException e) {
            throw new AssertionError(e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Stream<Part> parts(Part part) {
        if (!(content(part) instanceof Multipart parts)) return Stream.of(part);
        try {
            var all = Stream.<Part>builder();
            for (int i = 0; i < parts.getCount(); i++) {
                BodyPart inner = parts.getBodyPart(i);
                parts(inner).forEach(all);
            }
            return all.build();
        } catch (MessagingException e) {
            throw new AssertionError(e);
        }
    }

    private static Mail to(String address, Optional<URI> unsubscribe) {
        return new Mail(MAIL.id(), MAIL.kind(), address, MAIL.subject(), MAIL.text(), MAIL.html(), unsubscribe);
    }

    private MimeMessage sent(SmtpSender sender, Mail mail) {
        var mailer = SmtpFixture.mailer(SmtpFixture.server(SERVER.getSmtp().getPort(), Encryption.NONE), sender);
        assertThat(result(mailer.send(mail))).isEqualTo(new Result.Accepted());
        return messages(mail.to()).getFirst();
    }

    @Test
    void headersSuppressAutomaticRepliesAndStopMailsWithOneClick() {
        var message = sent(SENDER, to("headers@example.org", MAIL.unsubscribe()));
        assertThat(header(message, "Message-ID")).contains("<" + MAIL.key() + "@guildhall.example>");
        assertThat(header(message, "Auto-Submitted")).contains("auto-generated");
        assertThat(header(message, "List-Unsubscribe"))
                .contains("<https://guildhall.example/api/mail/unsubscribe/token>");
        assertThat(header(message, "List-Unsubscribe-Post")).contains("List-Unsubscribe=One-Click");
        assertThat(header(message, "From")).contains("Guildhall <no-reply@guildhall.example>");
    }

    @Test
    void mailThatCannotBeStoppedHasNoUnsubscribeHeaders() {
        var message = sent(SENDER, to("money@example.org", Optional.empty()));
        assertThat(header(message, "List-Unsubscribe")).isEmpty();
        assertThat(header(message, "List-Unsubscribe-Post")).isEmpty();
        assertThat(header(message, "Auto-Submitted")).isPresent();
    }

    @Test
    void eachMailHasItsOwnReturnAddress() {
        var sender =
                new SmtpSender("Guildhall", SENDER.address(), Optional.of("bounces@mail.example"), Optional.empty());
        var message = sent(sender, to("return@example.org", Optional.empty()));
        var path = header(message, "Return-Path").orElseThrow().replaceAll("[<>]", "");
        assertThat(path).matches("bounces\\+[0-9a-f]{32}\\.[0-9a-f]{16}@mail\\.example");
        assertThat(path.substring(0, path.indexOf('@'))).hasSizeLessThanOrEqualTo(64);
        assertThat(SmtpFixture.RETURN_PATHS.verify(path)).contains(MAIL.key());
        assertThat(new ReturnPaths("other secret").verify(path)).isEmpty();
        assertThat(header(message, "From")).contains("Guildhall <no-reply@guildhall.example>");
    }

    @Test
    void signsMailWithTheKeyOfTheDomain() throws GeneralSecurityException {
        var generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(2048);
        var keys = generator.generateKeyPair();
        var dkim =
                new SmtpSender.Dkim("guildhall.example", "s1", keys.getPrivate().getEncoded());
        var message = sent(
                new SmtpSender("Guildhall", SENDER.address(), Optional.empty(), Optional.of(dkim)),
                to("dkim@example.org", MAIL.unsubscribe()));
        var signature = DkimSignature.of(message);
        assertThat(signature.tag("d")).isEqualTo("guildhall.example");
        assertThat(signature.tag("s")).isEqualTo("s1");
        assertThat(signature.signedHeaders())
                .contains("from", "to", "subject", "message-id", "list-unsubscribe", "list-unsubscribe-post");
        assertThat(signature.isValid(keys.getPublic())).isTrue();
        assertThat(signature.isValid(generator.generateKeyPair().getPublic())).isFalse();
    }
}
