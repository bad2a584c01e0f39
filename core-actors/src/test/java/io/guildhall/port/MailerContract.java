package io.guildhall.port;

import static io.guildhall.Await.result;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.guildhall.Await;
import io.guildhall.port.Mailer.Mail;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Tests for every mailer. */
public abstract class MailerContract {
    protected abstract Mailer mailer();

    /** The received e-mails, newest first. */
    protected abstract List<Mail> arrived(String address);

    private final String address = "ann-" + UUID.randomUUID() + "@example.org";

    private Mail mail(String id, String text) {
        return new Mail(id, "verification", address, "Your account", text);
    }

    @Test
    void storesMailUnchanged() {
        var mail = mail(UUID.randomUUID().toString(), "Grüße — <b>not markup</b>\nsecond line");
        result(mailer().send(mail));
        Await.until(() -> assertThat(arrived(address)).containsExactly(mail));
    }

    @Test
    void sendsRepeatedMailOnce() {
        var mail = mail(UUID.randomUUID().toString(), "once");
        IntStream.range(0, 8).mapToObj(_ -> mailer().send(mail)).toList().forEach(Await::result);
        result(mailer().send(mail(mail.id(), "other words for the same")));
        Await.until(() -> assertThat(arrived(address)).containsExactly(mail));
    }

    @Test
    void listsNewestFirst() {
        var first = mail("1-" + UUID.randomUUID(), "first");
        var second = mail("2-" + UUID.randomUUID(), "second");
        result(mailer().send(first));
        result(mailer().send(second));
        Await.until(() -> assertThat(arrived(address)).containsExactly(second, first));
        assertThat(arrived("nobody-" + address)).isEmpty();
    }

    @Test
    void rejectsLineBreaksInHeaders() {
        assertThatThrownBy(() -> new Mail("1", "x", "a@example.org\r\nBcc: b@example.org", "s", "t"))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Mail("1", "x", "a@example.org", "s\nBcc: b@example.org", "t"))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
