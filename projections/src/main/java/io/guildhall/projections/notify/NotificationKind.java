package io.guildhall.projections.notify;

import io.guildhall.domain.preference.Frequency;
import io.guildhall.port.MailKind;
import io.guildhall.projections.readmodel.notification.Link;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Every kind of notification, with its sentence. The names are stored and sent, so they never change. */
public enum NotificationKind {
    PROPOSAL_RECEIVED("There is a new proposal for “%s”."),
    PROPOSAL_ACCEPTED("Your proposal for “%s” was accepted."),
    PROPOSAL_DECLINED("Your proposal for “%s” was declined."),
    PROPOSAL_REINSTATED("The hire for “%s” could not be completed. Your proposal is waiting again."),
    INVITE_RECEIVED("You received an invite for “%s”."),
    INVITE_ACCEPTED("Your invite for “%s” was accepted. Complete the payment so that work can start."),
    INVITE_DECLINED("Your invite for “%s” was declined."),
    INVITE_WITHDRAWN("The invite for “%s” was withdrawn."),
    INVITE_EXPIRING("The invite for “%s” expires tomorrow."),
    INVITE_EXPIRED("The invite for “%s” has expired."),
    INVITE_REFUSED("Your acceptance of the invite for “%s” could not be completed."),
    HIRE_REFUSED("The hire for “%s” could not be completed. The job is open again."),
    ESCROW_FUNDED("The money for “%s” is held in escrow."),
    FUNDING_DECLINED("The payment for “%s” was declined."),
    FUNDING_NEEDS_YOU("Please confirm the payment for “%s”."),
    MONEY_REFUNDED("Your payment for “%s” was refunded."),
    WORK_SUBMITTED("Work was submitted for “%s”."),
    CHANGES_REQUESTED("Changes were requested for “%s”."),
    MILESTONE_PAID("Your work on “%s” was accepted and paid."),
    PAYOUT_FAILED("The payout for “%s” failed. It will be tried again."),
    PAID_OUTSIDE("Your money for “%s” was settled outside the payment provider."),
    REFUNDED_OUTSIDE("Your refund for “%s” was settled outside the payment provider."),
    REFUND_REQUESTED("The client asks for a refund for “%s”."),
    REFUND_OFFERED("The freelancer offers a refund for “%s”."),
    REFUND_DECLINED("Your request to refund “%s” was declined."),
    REFUND_WITHDRAWN("The request to refund “%s” was withdrawn."),
    REFUND_AGREED("The refund for “%s” was agreed to."),
    REFUND_AGREED_BY_SILENCE("The refund for “%s” was agreed to, because the freelancer did not respond in time."),
    REFUND_SILENCE_WARNING("The refund for “%s” will be agreed to unless the freelancer responds."),
    MONEY_DECIDED("An admin has decided who gets the money for “%s”."),
    PART_PAID("Your part of the money for “%s” was paid."),
    WORK_ACCEPTED_BY_SILENCE("The work on “%s” was accepted, because the client did not respond in time."),
    ACCEPTANCE_SILENCE_WARNING("The work on “%s” will be accepted unless the client responds."),
    RELEASE_HELD("The payout for “%s” waits for a review by an admin."),
    COUNTERPART_SUSPENDED("The other party of “%s” is suspended."),
    COUNTERPART_REINSTATED("The other party of “%s” is no longer suspended."),
    ACCOUNT_SUSPENDED("Your account was suspended."),
    ACCOUNT_REINSTATED("Your account is no longer suspended."),
    /** The detail is the device and its network. */
    NEW_DEVICE("A new device has logged in to your account. If it was not you, log out on all devices."),
    TOKEN_REUSED(
            "One of your sessions was ended, because its token was used twice and may be stolen. Log out on all devices."),
    CONTRACT_CANCELLED("The contract “%s” was cancelled."),
    REVIEW_DUE("The contract “%s” is completed. Please write a review."),
    REVIEW_REVEALED("You received a review for “%s”."),
    MAIL_REFUSED(
            "Your e-mail address refuses our e-mails. You will get no more e-mails until you use the address again."),
    WEBHOOK_DISABLED("Your webhook at %s was disabled. Resume it when its address accepts events."),
    WEBHOOK_DROPPED("Events for your webhook at %s were dropped, because too many wait to be delivered."),
    EXPORT_FINISHED("Your export of a room is ready to download. It is deleted after 7 days."),
    EXPORT_FAILED("Your export of a room could not be completed. Request it again."),
    DATA_EXPORT_READY(
            "The export of your data is ready to download. It is deleted after 7 days. If you did not request it, change your password and log out everywhere."),
    DATA_EXPORT_FAILED(
            "The export of your data could not be completed. Request it again. If you did not request it, change your password and log out everywhere."),
    CONVERSATION_NOT_OPENED("A conversation that you requested could not be opened."),
    NEW_MATCH("New match for a saved search: “%s”."),
    /** The title is the name of the author of the newest message. */
    MESSAGE_RECEIVED("New message from %s.");

    private static final Set<NotificationKind> SILENCE_WARNINGS =
            EnumSet.of(REFUND_SILENCE_WARNING, ACCEPTANCE_SILENCE_WARNING);

    private static final Set<NotificationKind> MAILED_BY_DEFAULT = EnumSet.of(
            ESCROW_FUNDED,
            FUNDING_DECLINED,
            FUNDING_NEEDS_YOU,
            WORK_SUBMITTED,
            MILESTONE_PAID,
            PAYOUT_FAILED,
            REVIEW_DUE,
            MONEY_REFUNDED,
            PAID_OUTSIDE,
            REFUNDED_OUTSIDE,
            REFUND_REQUESTED,
            REFUND_OFFERED,
            REFUND_DECLINED,
            REFUND_WITHDRAWN,
            REFUND_AGREED,
            REFUND_AGREED_BY_SILENCE,
            REFUND_SILENCE_WARNING,
            MONEY_DECIDED,
            PART_PAID,
            WORK_ACCEPTED_BY_SILENCE,
            ACCEPTANCE_SILENCE_WARNING,
            ACCOUNT_SUSPENDED,
            ACCOUNT_REINSTATED,
            NEW_DEVICE,
            TOKEN_REUSED,
            DATA_EXPORT_READY,
            DATA_EXPORT_FAILED);

    /** Their details are texts of our own. */
    private static final Set<NotificationKind> WITH_OWN_DETAIL = EnumSet.of(
            ESCROW_FUNDED,
            FUNDING_DECLINED,
            MONEY_REFUNDED,
            MILESTONE_PAID,
            PAYOUT_FAILED,
            PART_PAID,
            REFUND_SILENCE_WARNING,
            ACCEPTANCE_SILENCE_WARNING,
            WEBHOOK_DISABLED);

    private final String sentence;

    NotificationKind(String sentence) {
        this.sentence = sentence;
    }

    public static Optional<NotificationKind> fromName(String name) {
        return Arrays.stream(values()).filter(it -> it.name().equals(name)).findFirst();
    }

    /** The kind of its e-mail. Empty if it has none, or if another process sends an e-mail about the same event. */
    public Optional<MailKind> mailKind() {
        return MailKind.fromName(name());
    }

    /** When it is sent by e-mail, unless the recipient has chosen otherwise. */
    public Frequency defaultEmail() {
        if (this == MESSAGE_RECEIVED || this == NEW_MATCH) return Frequency.DAILY;
        return MAILED_BY_DEFAULT.contains(this) ? Frequency.AT_ONCE : Frequency.NEVER;
    }

    /** Whether the recipient can choose when it is sent by e-mail. */
    public boolean isEmailOptional() {
        return mailKind().filter(MailKind::canBeStopped).isPresent();
    }

    /** Whether the recipient can choose when it is shown in the application: not if it is about money or security. */
    public boolean isInAppOptional() {
        return mailKind()
                .filter(it -> it.category() == MailKind.Category.ACTIVITY)
                .isPresent();
    }

    /**
     * The kind of the resource that equal notifications have in common: while they are unread, they are one entry of the
     * list. Invites to order a package have its gig in common instead of a job. Empty if each is an entry: notifications of money and milestones name different amounts and tasks, and each
     * needs its own response.
     */
    public Optional<Link.Kind> groupedBy() {
        return switch (this) {
            case PROPOSAL_RECEIVED, INVITE_RECEIVED, INVITE_WITHDRAWN, INVITE_EXPIRING, INVITE_EXPIRED ->
                Optional.of(Link.Kind.JOB);
            case NEW_MATCH -> Optional.of(Link.Kind.SAVED_SEARCH);
            case MESSAGE_RECEIVED -> Optional.of(Link.Kind.ROOM);
            default -> Optional.empty();
        };
    }

    /**
     * Whether accounts that the recipient does not know can cause any number of them. They have a part of each queue and
     * limit of the recipient, so that all other kinds arrive.
     */
    public boolean isCausedByStrangers() {
        return mailKind().filter(MailKind::isCausedByStrangers).isPresent();
    }

    /** Whether it is a warning before silence counts as consent. Its own process records that it was sent. */
    public boolean isSilenceWarning() {
        return SILENCE_WARNINGS.contains(this);
    }

    /** Whether a user wrote the detail, or a part of it. */
    public boolean hasDetailOfUser() {
        return !WITH_OWN_DETAIL.contains(this);
    }

    public String sentence(String title) {
        return String.format(sentence, title);
    }

    /** @param detail the name of the saved search, if it is about matches */
    public String sentence(long count, String title, String detail) {
        if (count == 1) return sentence(title);
        return switch (this) {
            case PROPOSAL_RECEIVED -> String.format(Locale.ROOT, "%d new proposals for “%s”.", count, title);
            case INVITE_RECEIVED -> String.format(Locale.ROOT, "%d new invites for “%s”.", count, title);
            case INVITE_WITHDRAWN -> String.format(Locale.ROOT, "%d invites for “%s” were withdrawn.", count, title);
            case INVITE_EXPIRING -> String.format(Locale.ROOT, "%d invites for “%s” expire tomorrow.", count, title);
            case INVITE_EXPIRED -> String.format(Locale.ROOT, "%d invites for “%s” have expired.", count, title);
            case NEW_MATCH -> String.format(Locale.ROOT, "%d new matches for “%s”.", count, detail);
            case MESSAGE_RECEIVED -> String.format(Locale.ROOT, "%d new messages from %s.", count, title);
            default -> sentence(title);
        };
    }
}
