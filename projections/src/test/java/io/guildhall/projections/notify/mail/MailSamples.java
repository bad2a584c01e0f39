package io.guildhall.projections.notify.mail;

import io.guildhall.kernel.Money;
import io.guildhall.port.MailKind;
import io.guildhall.port.Mailer.Mail;
import io.guildhall.port.UnsubscribeTokens;
import io.guildhall.projections.notify.Notification;
import io.guildhall.projections.notify.NotificationKind;
import io.guildhall.projections.notify.mail.MailTexts.DigestItem;
import io.guildhall.projections.notify.mail.MailTexts.MessageQuote;
import io.guildhall.projections.notify.mail.Mails.Recipient;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** One e-mail of each kind. The program writes them to files, to look at them. */
public final class MailSamples {
    private static final URI SITE = URI.create("https://guildhall.example");
    private static final String TOKEN = "2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824.nonce-01.";

    private static final Mails MAILS = new Mails(
            new MailTemplates(SITE),
            (_, _) -> CompletableFuture.completedFuture(null),
            new UnsubscribeTokens("secret"),
            SITE);

    private MailSamples() {}

    /** @param args the folder for the files */
    public static void main(String[] args) throws IOException {
        var folder = Path.of(args[0]);
        Files.createDirectories(folder);
        for (var kind : MailKind.values()) {
            var mail = mail(kind);
            Files.writeString(folder.resolve(kind.key() + ".html"), mail.html());
            Files.writeString(folder.resolve(kind.key() + ".txt"), mail.text());
        }
    }

    static Mail mail(MailKind kind) {
        var title = kind == MailKind.MESSAGE_RECEIVED ? "Ben Okafor" : "Redesign of the shop’s checkout";
        return mail(kind, title, detail(kind));
    }

    /** @param title and detail as a user wrote them */
    static Mail mail(MailKind kind, String title, String detail) {
        return MAILS.compose(
                kind,
                kind.key() + "/1",
                new Recipient("acc_01kb2m3n4p5q6r7s8t9v0w1x2y", "ann@example.org"),
                content(kind, title, detail));
    }

    private static MailContent content(MailKind kind, String title, String detail) {
        return switch (kind) {
            case VERIFICATION ->
                MailTexts.verification(
                        URI.create(SITE + "/verify?token=" + TOKEN + "a".repeat(43)), Duration.ofHours(24));
            case REGISTRATION_REPEATED -> MailTexts.registrationRepeated(SITE);
            case SUSPENDED -> MailTexts.suspended(detail, SITE);
            case SUSPENSION_LIFTED -> MailTexts.suspensionLifted(SITE);
            case DIGEST ->
                MailTexts.digest(
                        List.of(
                                new DigestItem(notification(NotificationKind.PROPOSAL_RECEIVED, title, ""), 1),
                                new DigestItem(notification(NotificationKind.MESSAGE_RECEIVED, "Ben Okafor", ""), 3),
                                new DigestItem(notification(NotificationKind.NEW_MATCH, title, detail), 1)),
                        5,
                        SITE);
            case MESSAGE_RECEIVED ->
                MailTexts.messages(
                        Notification.ofMessages(
                                "acc_1", "rm_01kb2m3n4p5q6r7s8t9v0w1x2y", 3, Optional.of(title), Instant.EPOCH),
                        3,
                        List.of(
                                new MessageQuote("Hello!", List.of()),
                                new MessageQuote(detail, List.of("Checkout.fig", "Texts, final.docx"))),
                        SITE);
            default ->
                MailTexts.notification(
                        notification(NotificationKind.valueOf(kind.name()), title, detail), contract(kind), SITE);
        };
    }

    /** Of the kinds that are about one. */
    private static Optional<ContractSummary> contract(MailKind kind) {
        return switch (kind) {
            case NEW_DEVICE, TOKEN_REUSED, WEBHOOK_DISABLED, CONVERSATION_NOT_OPENED, NEW_MATCH -> Optional.empty();
            case PROPOSAL_RECEIVED, PROPOSAL_DECLINED, PROPOSAL_REINSTATED, HIRE_REFUSED -> Optional.empty();
            case INVITE_RECEIVED, INVITE_DECLINED, INVITE_WITHDRAWN -> Optional.empty();
            case INVITE_EXPIRING, INVITE_EXPIRED, INVITE_REFUSED -> Optional.empty();
            default ->
                Optional.of(new ContractSummary(
                        "Relaunch of the online shop",
                        kind == MailKind.WORK_SUBMITTED || kind == MailKind.REFUND_OFFERED,
                        Optional.of("Ben Okafor"),
                        new Money(100_000, "EUR")));
        };
    }

    private static Notification notification(NotificationKind kind, String title, String detail) {
        return Notification.ofContract(
                "ntf_1", "acc_1", kind, title, detail, "ctr_01kb2m3n4p5q6r7s8t9v0w1x2y", Instant.EPOCH);
    }

    private static String detail(MailKind kind) {
        return switch (kind) {
            case SUSPENDED -> "Your gigs copy the portfolio of another freelancer. Please show that the work is yours.";
            case WORK_SUBMITTED -> """
                The new checkout has three steps instead of seven, and works with one hand on a phone.

                What is in the archive:
                – the design files with all states
                – a clickable prototype
                – the texts in English and German""";
            case MESSAGE_RECEIVED -> """
                The *first* version is **ready**: [see the preview](https://preview.example/shop).

                1. Open it on a phone.
                2. Try `GUEST-10` as the code.

                > Can it be smaller?

                Yes.""";
            case REFUND_REQUESTED, REFUND_OFFERED -> "400.00 EUR: The second half of the work was not needed.";
            case MONEY_DECIDED, REFUND_AGREED, REFUND_AGREED_BY_SILENCE ->
                "400.00 EUR to the client, 600.00 EUR to the freelancer including the fee: As both have agreed.";
            case REFUND_SILENCE_WARNING, ACCEPTANCE_SILENCE_WARNING -> "This happens in 3 days.";
            case ESCROW_FUNDED ->
                "You can start the work. You will get 950.00 EUR: 1000.00 EUR less the fee of 50.00 EUR.";
            case MILESTONE_PAID -> "You get 950.00 EUR: 1000.00 EUR less the fee of 50.00 EUR.";
            case PART_PAID -> "You get 570.00 EUR: 600.00 EUR less the fee of 30.00 EUR.";
            case MONEY_REFUNDED -> "You get 1000.00 EUR back.";
            case NEW_DEVICE -> "Ann’s new phone";
            case PAYOUT_FAILED -> "Your payout account cannot receive money. Complete its onboarding.";
            default -> "";
        };
    }
}
