package io.guildhall.port;

import static io.guildhall.Await.result;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.guildhall.Await;
import io.guildhall.port.Mailer.Mail;
import io.guildhall.port.Mailer.Result;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Tests for every mailer. */
public abstract class MailerContract {
    /**
     * A mail as its recipient received it.
     *
     * @param key of the mail: the recipient recognises a repeated one by it
     */
    public record Arrived(String key, String to, String subject, String text, String html, Optional<URI> unsubscribe) {
        public static Arrived of(Mail mail) {
            return new Arrived(mail.key(), mail.to(), mail.subject(), mail.text(), mail.html(), mail.unsubscribe());
        }
    }

    protected abstract Mailer mailer();

    /** The received e-mails, newest first, each once. */
    protected abstract List<Arrived> arrived(String address);

    private final String address = "ann-" + UUID.randomUUID() + "@example.org";

    private Mail mail(String id, String text) {
        return new Mail(
                id,
                "verification",
                address,
                "Your account — “Grüße”",
                text,
                "<html><head></head><body>" + text + "</body></html>",
                Optional.of(URI.create("https://guildhall.example/api/mail/unsubscribe/" + "a".repeat(120))));
    }

    @Test
    void deliversMailUnchanged() {
        var mail = mail(UUID.randomUUID().toString(), "Grüße — <b>not markup</b>\n.\n" + "long ".repeat(300) + "\nend");
        assertThat(result(mailer().send(mail))).isEqualTo(new Result.Accepted());
        Await.until(() -> assertThat(arrived(address)).containsExactly(Arrived.of(mail)));
    }

    @Test
    void recipientRecognisesRepeatedMail() {
        var mail = mail(UUID.randomUUID().toString(), "once");
        IntStream.range(0, 8).mapToObj(_ -> mailer().send(mail)).toList().forEach(Await::result);
        result(mailer().send(mail));
        Await.until(() -> assertThat(arrived(address)).containsExactly(Arrived.of(mail)));
    }

    @Test
    void mailsWithDifferentIdsAreDifferentMails() {
        var first = mail("1-" + UUID.randomUUID(), "first");
        var second = mail("2-" + UUID.randomUUID(), "second");
        result(mailer().send(first));
        result(mailer().send(second));
        Await.until(() -> assertThat(arrived(address)).containsExactly(Arrived.of(second), Arrived.of(first)));
        assertThat(arrived("nobody-" + address)).isEmpty();
    }

    @Test
    void rejectsLineBreaksInHeaders() {
        var mail = mail("1", "text");
        assertThatThrownBy(() -> with(mail, "a@example.org\r\nBcc: b@example.org", "s"))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> with(mail, "a@example.org", "s\nBcc: b@example.org"))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static Mail with(Mail mail, String to, String subject) {
        return new Mail(mail.id(), mail.kind(), to, subject, mail.text(), mail.html(), mail.unsubscribe());
    }
}
