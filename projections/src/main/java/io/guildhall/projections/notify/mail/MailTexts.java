package io.guildhall.projections.notify.mail;

import io.guildhall.projections.notify.NotificationKind;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/** The content of each kind of e-mail. */
public final class MailTexts {
    private MailTexts() {}

    /**
     * Contains no input of the registration, since anyone can register the address of another user.
     *
     * @param lifetime of the link
     */
    public static MailContent verification(URI link, Duration lifetime) {
        return MailContent.of(
                        "Confirm your e-mail address",
                        "Someone has registered at Guildhall with this e-mail address. If it was you, confirm the address"
                                + " within " + lifetime.toHours() + " hours.",
                        "If it was not you, ignore this e-mail. Nobody can use the address without this link.")
                .withAction("Confirm my e-mail", link);
    }

    /** Contains no input of the registration. */
    public static MailContent registrationRepeated(URI site) {
        return MailContent.of(
                        "You already have an account",
                        "Someone tried to register at Guildhall with this e-mail address. You already have an account, so you"
                                + " can log in.",
                        "If it was not you, ignore this e-mail. Your account has not changed.")
                .withAction("Log in", site);
    }

    /** @param reason as the admin wrote it */
    public static MailContent suspended(String reason, URI site) {
        return MailContent.of(
                        "Your account was suspended",
                        "Your jobs and gigs are not listed, and you cannot start anything new. The reason:")
                .withQuote(reason)
                .withParagraph(
                        "You can still log in to read your contracts and money, and to finish what has begun. Contact support"
                                + " to appeal.")
                .withAction("Log in", site);
    }

    public static MailContent suspensionLifted(URI site) {
        return MailContent.of(
                        "Your account is no longer suspended",
                        "Your jobs and gigs are listed again, and you can start new work.")
                .withAction("Log in", site);
    }

    /**
     * The content of a notification about a contract.
     *
     * @param title of the contract or milestone, as a user wrote it; empty if the event does not contain it
     * @param detail see {@link io.guildhall.projections.notify.Notification}
     * @param contract the address of its page
     */
    public static MailContent notification(NotificationKind kind, Optional<String> title, String detail, URI contract) {
        var content =
                MailContent.of(kind.sentence(title.map(MailContent::shortTitle).orElse("a contract")));
        var complete = kind.hasDetailOfUser() ? content.withQuote(detail) : content.withParagraph(detail);
        return complete.withAction("Open the contract", contract);
    }
}
