package io.guildhall.port;

import static io.guildhall.port.MailKind.Category.*;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Every kind of e-mail that the program sends. Mails of notifications have the name of the kind of notification. The
 * {@linkplain #key keys} are stored, so the names never change.
 */
public enum MailKind {
    VERIFICATION(SECURITY, "registrations with your address"),
    REGISTRATION_REPEATED(SECURITY, "registrations with your address"),
    SUSPENDED(SECURITY, "the suspension of your account"),
    SUSPENSION_LIFTED(SECURITY, "the suspension of your account"),
    NEW_DEVICE(SECURITY, "logins on new devices"),
    TOKEN_REUSED(SECURITY, "sessions that were ended"),
    DATA_EXPORT_READY(SECURITY, "exports of your data"),
    DATA_EXPORT_FAILED(SECURITY, "exports of your data"),

    ESCROW_FUNDED(MONEY, "money in escrow"),
    WORK_SUBMITTED(ACTIVITY, "submitted work"),
    MILESTONE_PAID(MONEY, "payouts"),
    PAYOUT_FAILED(MONEY, "payouts"),
    REVIEW_DUE(ACTIVITY, "reviews to write"),
    MONEY_REFUNDED(MONEY, "refunds"),
    PAID_OUTSIDE(MONEY, "payouts"),
    REFUNDED_OUTSIDE(MONEY, "refunds"),
    REFUND_REQUESTED(MONEY, "refunds"),
    REFUND_OFFERED(MONEY, "refunds"),
    REFUND_DECLINED(MONEY, "refunds"),
    REFUND_WITHDRAWN(MONEY, "refunds"),
    REFUND_AGREED(MONEY, "refunds"),
    REFUND_AGREED_BY_SILENCE(MONEY, "refunds"),
    REFUND_SILENCE_WARNING(MONEY, "refunds"),
    MONEY_DECIDED(MONEY, "decisions about money"),
    PART_PAID(MONEY, "payouts"),
    WORK_ACCEPTED_BY_SILENCE(MONEY, "acceptance of work"),
    ACCEPTANCE_SILENCE_WARNING(MONEY, "acceptance of work"),

    PROPOSAL_RECEIVED(ACTIVITY, "proposals for your jobs"),
    PROPOSAL_ACCEPTED(ACTIVITY, "your proposals"),
    PROPOSAL_DECLINED(ACTIVITY, "your proposals"),
    PROPOSAL_REINSTATED(ACTIVITY, "your proposals"),
    INVITE_RECEIVED(ACTIVITY, "invites"),
    INVITE_ACCEPTED(ACTIVITY, "invites"),
    INVITE_DECLINED(ACTIVITY, "invites"),
    INVITE_WITHDRAWN(ACTIVITY, "invites"),
    INVITE_EXPIRING(ACTIVITY, "invites"),
    INVITE_EXPIRED(ACTIVITY, "invites"),
    INVITE_REFUSED(ACTIVITY, "invites"),
    HIRE_REFUSED(ACTIVITY, "hires"),
    FUNDING_DECLINED(MONEY, "payments"),
    FUNDING_NEEDS_YOU(MONEY, "payments"),
    CHANGES_REQUESTED(ACTIVITY, "requests for changes"),
    RELEASE_HELD(MONEY, "payouts"),
    COUNTERPART_SUSPENDED(ACTIVITY, "the other party of your contracts"),
    COUNTERPART_REINSTATED(ACTIVITY, "the other party of your contracts"),
    CONTRACT_CANCELLED(ACTIVITY, "your contracts"),
    REVIEW_REVEALED(ACTIVITY, "reviews of you"),
    MESSAGE_RECEIVED(ACTIVITY, "unread messages"),
    WEBHOOK_DISABLED(ACTIVITY, "your webhooks"),
    WEBHOOK_DROPPED(ACTIVITY, "your webhooks"),
    EXPORT_FINISHED(ACTIVITY, "exports of rooms"),
    EXPORT_FAILED(ACTIVITY, "exports of rooms"),
    CONVERSATION_NOT_OPENED(ACTIVITY, "conversations that you request"),
    NEW_MATCH(ACTIVITY, "matches of your saved searches"),
    DIGEST(ACTIVITY, "your notifications in a daily or weekly summary");

    /** Of kinds that this version does not know. */
    public static final int LOWEST_PRIORITY = 2;

    private static final Set<MailKind> CAUSED_BY_STRANGERS = EnumSet.of(
            VERIFICATION,
            REGISTRATION_REPEATED,
            PROPOSAL_RECEIVED,
            INVITE_RECEIVED,
            INVITE_WITHDRAWN,
            INVITE_EXPIRING,
            INVITE_EXPIRED,
            MESSAGE_RECEIVED,
            NEW_MATCH);

    /** What a mail is about. Security mails cannot be stopped. */
    public enum Category {
        SECURITY,
        MONEY,
        ACTIVITY
    }

    private final Category category;
    private final String subject;

    /** @param subject what the mails are about, in the sentence "E-mails about …" */
    MailKind(Category category, String subject) {
        this.category = category;
        this.subject = subject;
    }

    /** The stored name, such as {@code work-submitted}. */
    public String key() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    public static Optional<MailKind> fromKey(String key) {
        return Arrays.stream(values()).filter(it -> it.key().equals(key)).findFirst();
    }

    public static Optional<MailKind> fromName(String name) {
        return Arrays.stream(values()).filter(it -> it.name().equals(name)).findFirst();
    }

    public Category category() {
        return category;
    }

    /** The order in which mails are sent: a smaller number first. Stored. Strangers can cause mails about security. */
    public int priority() {
        return switch (category) {
            case MONEY -> 0;
            case SECURITY -> 1;
            case ACTIVITY -> LOWEST_PRIORITY;
        };
    }

    /** What the mails are about, in the sentence "E-mails about …". */
    public String subject() {
        return subject;
    }

    /** Whether the recipient can stop these mails. Silence counts as consent only after a warning, so warnings are always sent. */
    public boolean canBeStopped() {
        return category != SECURITY && this != REFUND_SILENCE_WARNING && this != ACCEPTANCE_SILENCE_WARNING;
    }

    /**
     * Whether accounts that the recipient does not know, or a stranger who knows the address, can cause any number of these
     * mails. They have half of the limit of an address.
     */
    public boolean isCausedByStrangers() {
        return CAUSED_BY_STRANGERS.contains(this);
    }

    /** Whether the mail is dropped if the address has got too many. All others wait. */
    public boolean isDroppedOverLimit() {
        return this == VERIFICATION || this == REGISTRATION_REPEATED;
    }

    /** Whether the mail is also sent to an address that has refused mail, because it can prove that it accepts mail now. */
    public boolean isSentToRefusingAddress() {
        return this == VERIFICATION;
    }
}
