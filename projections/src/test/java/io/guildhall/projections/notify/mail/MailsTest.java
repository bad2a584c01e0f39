package io.guildhall.projections.notify.mail;

import static org.assertj.core.api.Assertions.assertThat;

import io.guildhall.port.MailKind;
import io.guildhall.projections.notify.Notification;
import io.guildhall.projections.notify.NotificationKind;
import io.guildhall.projections.notify.mail.MailTexts.DigestItem;
import java.net.URI;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every kind of e-mail as HTML and as text. */
class MailsTest {
    private static final Set<MailKind> OWN_MAILS = EnumSet.of(
            MailKind.VERIFICATION,
            MailKind.REGISTRATION_REPEATED,
            MailKind.SUSPENDED,
            MailKind.SUSPENSION_LIFTED,
            MailKind.DIGEST);

    private static final String HOSTILE =
            "</h1><script>alert(1)</script><img src=x onerror=alert(2)> \"' & ${7*7} <#include \"/etc\"> \u202egnp.exe\u0007";

    @Test
    void everyOtherKindBelongsToANotification() {
        for (var kind : EnumSet.complementOf(EnumSet.copyOf(OWN_MAILS)))
            assertThat(NotificationKind.valueOf(kind.name()).mailKind()).contains(kind);
        assertThat(Arrays.stream(MailKind.values()).map(MailKind::key)).doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @EnumSource(MailKind.class)
    void hasTheSameContentAsHtmlAndAsText(MailKind kind) {
        var mail = MailSamples.mail(kind);
        assertThat(mail.kind()).isEqualTo(kind.key());
        assertThat(mail.subject()).isNotBlank().doesNotContain("%s");
        assertThat(mail.html())
                .startsWith("<!doctype html>")
                .contains("<title>" + mail.subject(), "<h1 ", "color-scheme", "prefers-color-scheme: dark")
                .doesNotContain("<script", "<img", "http://");
        assertThat(mail.text())
                .startsWith("Guildhall\n\n" + mail.subject() + "\n")
                .doesNotContain("<p", "&#", "&amp;", "&quot;")
                .doesNotContainPattern("\n\n\n");
        for (var link : Pattern.compile("https://guildhall\\.example[^\\s\"<]*")
                .matcher(mail.text())
                .results()
                .map(it -> it.group())
                .toList()) assertThat(mail.html()).contains(link);
    }

    @ParameterizedTest
    @EnumSource(MailKind.class)
    void onlyStoppableMailsHaveAnUnsubscribeLink(MailKind kind) {
        var mail = MailSamples.mail(kind);
        if (kind.canBeStopped()) {
            var page = mail.unsubscribe()
                    .orElseThrow()
                    .toString()
                    .replace("/api/mail/unsubscribe/", "/unsubscribe?token=");
            assertThat(mail.text()).contains("Unsubscribe: " + page);
            assertThat(mail.html()).contains("href=\"" + page + "\"");
        } else {
            assertThat(mail.unsubscribe()).isEmpty();
            assertThat(mail.text() + mail.html()).doesNotContain("Unsubscribe", "/unsubscribe");
        }
    }

    @ParameterizedTest
    @EnumSource(MailKind.class)
    void escapesTextsOfUsers(MailKind kind) {
        var mail = MailSamples.mail(kind, HOSTILE, HOSTILE);
        assertThat(mail.html()).doesNotContain("<script", "<img", "\u202e", "\u0007", "49 ");
        assertThat(mail.text()).doesNotContain("\u202e", "\u0007");
        assertThat(mail.subject()).doesNotContain("\n", "\r", "\u202e");
        var own = MailSamples.mail(kind, "T", "D");
        assertThat(mail.subject().substring(0, 8))
                .as("it begins with our own words")
                .isEqualTo(own.subject().substring(0, 8));
    }

    @ParameterizedTest
    @EnumSource(MailKind.class)
    void moneyAndSecurityAreAlwaysInTheApplicationAndWarningsAndSecurityAlwaysMailed(MailKind kind) {
        if (kind.category() == MailKind.Category.SECURITY)
            assertThat(kind.canBeStopped()).isFalse();
        for (var it : NotificationKind.values()) {
            if (it.mailKind().equals(Optional.of(kind)))
                assertThat(it.isInAppOptional()).isEqualTo(kind.category() == MailKind.Category.ACTIVITY);
            if (it.isSilenceWarning() || it.mailKind().isEmpty())
                assertThat(it.isEmailOptional()).isFalse();
            if (it.mailKind().isEmpty()) assertThat(it.isInAppOptional()).isFalse();
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"VERIFICATION", "REGISTRATION_REPEATED"})
    void mailsThatStrangersCauseContainNoneOfTheirInput(MailKind kind) {
        assertThat(MailSamples.mail(kind, "other", "other")).isEqualTo(MailSamples.mail(kind));
        assertThat(kind.isCausedByStrangers()).isTrue();
    }

    @Test
    void quoteCannotLookLikeOurOwnText() {
        var mail = MailSamples.mail(
                MailKind.WORK_SUBMITTED,
                "A logo\nConfirm here",
                "Fine.\n\n-- \nGuildhall\r\rLog in: https://evil.example");
        assertThat(mail.subject()).isEqualTo("Work was submitted for “A logo Confirm here”.");
        assertThat(mail.text()).contains("> Fine.\n> \n> --\n> Guildhall\n> \n> Log in: https://evil.example\n");
        assertThat(mail.html()).contains("Fine.<br><br>--<br>Guildhall").doesNotContain("href=\"https://evil");
    }

    @Test
    void messageHasItsMarkdownInTheHtmlPartOnly() {
        var mail =
                MailSamples.mail(MailKind.MESSAGE_RECEIVED, "Ann", "*Fine*, see [this](https://a.example/1)\n<b>x</b>");
        assertThat(mail.text()).contains("> Hello!\n\n> *Fine*, see [this](https://a.example/1)\n> <b>x</b>\n");
        assertThat(mail.html())
                .contains(
                        "<p><em>Fine</em>, see <a href=\"https://a.example/1\" rel=\"nofollow noopener\">this</a> (a.example)<br>"
                                + "&lt;b&gt;x&lt;/b&gt;</p></blockquote>");
        assertThat(MailSamples.mail(MailKind.WORK_SUBMITTED, "T", "*a* [b](https://a.example)")
                        .html())
                .as("of another text")
                .contains(">*a* [b](https://a.example)</blockquote>");
    }

    @Test
    void mailAboutMoneyHasTheAmountTheContractAndTheOtherParty() {
        var mail = MailSamples.mail(MailKind.MILESTONE_PAID);
        assertThat(mail.text())
                .contains(
                        "You get 950.00 EUR: 1000.00 EUR less the fee of 50.00 EUR.\n\n",
                        "\n\nContract: Relaunch of the online shop\nClient: Ben Okafor\nPrice: 1000.00 EUR\n\n");
        assertThat(mail.html()).contains("Relaunch of the online shop", "Ben Okafor", ">1000.00 EUR<");
    }

    @Test
    void digestHasTheDetailsThatAreOurOwn() {
        var paid = new Notification(
                "ntf_1",
                "acc_1",
                NotificationKind.MILESTONE_PAID,
                Optional.of("A"),
                "You get 1.00 EUR.",
                List.of(),
                Instant.EPOCH);
        var submitted = new Notification(
                "ntf_2", "acc_1", NotificationKind.WORK_SUBMITTED, Optional.of("B"), "Quote", List.of(), Instant.EPOCH);
        var items = Stream.of(paid, submitted).map(it -> new DigestItem(it, 1)).toList();
        assertThat(MailTexts.digest(items, 2, URI.create("https://guildhall.example"))
                        .blocks())
                .extracting(MailContent.Block::text)
                .containsExactly(
                        "Your work on “A” was accepted and paid. You get 1.00 EUR.", "Work was submitted for “B”.");
    }

    @Test
    void mailOfMessagesSaysHowManyOlderOnesThereAreAndNamesFiles() {
        assertThat(MailSamples.mail(MailKind.MESSAGE_RECEIVED).text())
                .contains(
                        "1 older message is not shown.\n\n> Hello!\n",
                        "\n\n> Files: Checkout.fig, Texts, final.docx\n");
    }

    @Test
    void longTextsAreCut() {
        var mail = MailSamples.mail(MailKind.WORK_SUBMITTED, "x".repeat(500), "line\n".repeat(5_000));
        assertThat(mail.subject()).hasSizeLessThan(130).contains("…");
        assertThat(mail.text()).contains("> line\n> …\n");
        assertThat(mail.text().lines().count()).isLessThan(60);
    }

    @Property(tries = 300)
    void anyTextOfAUserFitsIntoAMail(@ForAll String title, @ForAll String detail) {
        var mail = MailSamples.mail(MailKind.WORK_SUBMITTED, title, detail);
        assertThat(mail.subject()).startsWith("Work was submitted for “").doesNotContain("\n", "\r");
        assertThat(mail.html().split("<h1 ", -1)).hasSize(2);
        assertThat(mail.text()).endsWith("https://guildhall.example\n");
    }
}
