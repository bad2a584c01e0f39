package io.guildhall.projections.notify.mail;

import io.guildhall.projections.notify.Notification;
import io.guildhall.projections.readmodel.notification.Link;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** The content of each kind of e-mail. */
public final class MailTexts {
    public static final int MAX_DIGEST_ITEMS = 40;

    private MailTexts() {}

    /**
     * Contains no input of the registration, since anyone can register the address of another user.
     *
     * @param lifetime of the link
     */
    public static MailContent verification(URI link, Duration lifetime) {
        return MailContent.of(
                        "Confirm your e-mail address",
                        "Someone has registered with Guildhall using this e-mail address. If it was you, confirm the"
                                + " address within " + lifetime.toHours() + " hours.",
                        "If it was not you, ignore this e-mail. Nobody can use the address without this link.")
                .withAction("Confirm my e-mail", link);
    }

    /** Contains no input of the registration. */
    public static MailContent registrationRepeated(URI site) {
        return MailContent.of(
                        "You already have an account",
                        "Someone tried to register with Guildhall using this e-mail address. You already have an account, so you"
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
                        "You can still log in to see your contracts and your money, and to finish your current work. Contact support"
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
     * The content of a notification that is not about messages.
     *
     * @param contract that it is about; empty if it is about something else
     * @param site the base of the links
     */
    public static MailContent notification(Notification notification, Optional<ContractSummary> contract, URI site) {
        var kind = notification.kind();
        var content = MailContent.of(sentence(notification, 1));
        var complete = kind.hasDetailOfUser()
                ? content.withQuote(notification.detail())
                : content.withParagraph(notification.detail());
        if (contract.isPresent()) complete = withContract(complete, contract.get());
        return withPage(complete, notification, site);
    }

    private static MailContent withContract(MailContent content, ContractSummary contract) {
        var titled = content.withFact("Contract", contract.title());
        var named = contract.otherParty()
                .map(it -> titled.withFact(contract.isOfClient() ? "Freelancer" : "Client", it))
                .orElse(titled);
        return named.withFact("Price", contract.price().text());
    }

    private static MailContent withPage(MailContent content, Notification notification, URI site) {
        var page = NotificationPage.of(notification);
        return content.withAction(page.label(), site.resolve(page.path()));
    }

    /**
     * The content of a notification of messages.
     *
     * @param count how many messages there are
     * @param quotes of the newest ones, oldest first
     * @param site the base of the links
     */
    public static MailContent messages(Notification notification, long count, List<MessageQuote> quotes, URI site) {
        var content = MailContent.of(sentence(notification, count));
        long older = count - quotes.size();
        if (older > 0)
            content = content.withParagraph(
                    older == 1 ? "1 older message is not shown." : older + " older messages are not shown.");
        for (var it : quotes) {
            content = content.withMessage(it.text());
            if (!it.files().isEmpty()) content = content.withQuote(it.fileNames());
        }
        return withPage(content, notification, site);
    }

    /**
     * A message in an e-mail.
     *
     * @param text blank if the message has only files
     * @param files their names
     */
    public record MessageQuote(String text, List<String> files) {
        public MessageQuote {
            files = List.copyOf(files);
        }

        private String fileNames() {
            return files.stream()
                    .map(MailContent::shortTitle)
                    .collect(Collectors.joining(", ", files.size() == 1 ? "File: " : "Files: ", ""));
        }
    }

    /**
     * Equal notifications.
     *
     * @param notification the newest one
     * @param count how many there are; of messages, if they are about messages
     */
    public record DigestItem(Notification notification, long count) {}

    /**
     * One mail about all notifications that have waited.
     *
     * @param items at most {@link #MAX_DIGEST_ITEMS}
     * @param count of all notifications, also those that are not listed
     * @param site the base of the links
     */
    public static MailContent digest(List<DigestItem> items, long count, URI site) {
        var content = MailContent.of(
                count == 1 ? "Your summary: 1 notification" : "Your summary: " + count + " notifications");
        for (var it : items) content = content.withParagraph(digestSentence(it));
        long more = count - items.stream().mapToLong(DigestItem::count).sum();
        if (more > 0) content = content.withParagraph("There are " + more + " more in your list.");
        return content.withAction("Open your notifications", site.resolve(Link.NOTIFICATIONS.path()));
    }

    /** With the detail if it is a text of our own, such as an amount. */
    private static String digestSentence(DigestItem item) {
        var notification = item.notification();
        var sentence = sentence(notification, item.count());
        return notification.kind().hasDetailOfUser() || notification.detail().isEmpty()
                ? sentence
                : sentence + " " + notification.detail();
    }

    private static String sentence(Notification notification, long count) {
        var title = notification
                .title()
                .map(MailContent::shortTitle)
                .orElseGet(() -> NotificationPage.of(notification).titleOfUnknown());
        return notification.kind().sentence(count, title, MailContent.shortTitle(notification.detail()));
    }
}
