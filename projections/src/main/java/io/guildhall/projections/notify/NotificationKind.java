package io.guildhall.projections.notify;

import static io.guildhall.projections.notify.Channel.DIGEST;
import static io.guildhall.projections.notify.Channel.E_MAIL;
import static io.guildhall.projections.notify.Channel.IN_APP;
import static io.guildhall.projections.notify.Channel.LIVE;

import java.util.EnumSet;
import java.util.Set;

/** Everything that anybody is ever told, in words, and by which channels. The names are stored and seen on the wire: never changed. */
public enum NotificationKind {
    PROPOSAL_RECEIVED("There is a new proposal for “%s”.", IN_APP, E_MAIL, LIVE),
    PROPOSAL_ACCEPTED("Your proposal for “%s” was accepted.", IN_APP, E_MAIL, LIVE),
    PROPOSAL_DECLINED("Your proposal for “%s” was declined.", IN_APP, E_MAIL, LIVE),
    INVITE_RECEIVED("You are invited to “%s”, with terms.", IN_APP, E_MAIL, LIVE),
    INVITE_ACCEPTED(
            "Your invite for “%s” was accepted: complete the payment, and work may start.", IN_APP, E_MAIL, LIVE),
    INVITE_DECLINED("Your invite for “%s” was declined.", IN_APP, LIVE),
    INVITE_WITHDRAWN("The invite for “%s” was taken back.", IN_APP, LIVE),
    INVITE_EXPIRING("The invite for “%s” expires tomorrow.", IN_APP, LIVE),
    INVITE_EXPIRED("The invite for “%s” has expired.", IN_APP, LIVE),
    INVITE_REFUSED("Accepting the invite for “%s” came to nothing.", IN_APP, E_MAIL, LIVE),
    HIRE_REFUSED("The hire for “%s” did not come about; the job is open again.", IN_APP, E_MAIL, LIVE),
    ESCROW_FUNDED("The money for “%s” is held in escrow.", IN_APP, E_MAIL, LIVE),
    FUNDING_DECLINED("The payment for “%s” was declined.", IN_APP, E_MAIL, LIVE),
    FUNDING_NEEDS_YOU("The payment for “%s” waits for you to confirm it.", IN_APP, LIVE),
    MONEY_REFUNDED("The money for “%s” was paid back to you.", IN_APP, E_MAIL, LIVE),
    WORK_SUBMITTED("Work was submitted for “%s”.", IN_APP, E_MAIL, LIVE),
    CHANGES_REQUESTED("Changes were asked for on “%s”.", IN_APP, E_MAIL, LIVE),
    MILESTONE_PAID("Your work on “%s” was accepted and paid.", IN_APP, E_MAIL, LIVE),
    PAYOUT_FAILED("Paying you for “%s” did not work yet; it is tried again.", IN_APP, E_MAIL, LIVE),
    CONTRACT_CANCELLED("The contract “%s” was cancelled.", IN_APP, E_MAIL, LIVE),
    REVIEW_DUE("“%s” is completed: please review it.", IN_APP, E_MAIL, LIVE),
    REVIEW_REVEALED("You were reviewed for “%s”.", IN_APP, E_MAIL, LIVE),
    NEW_MATCH("New, and what one of your saved searches looks for: “%s”.", IN_APP, DIGEST, LIVE);

    private final String sentence;
    private final Set<Channel> channels;

    NotificationKind(String sentence, Channel first, Channel... more) {
        this.sentence = sentence;
        this.channels = EnumSet.of(first, more);
    }

    public boolean goesBy(Channel channel) {
        return channels.contains(channel);
    }

    public String sentence(String title) {
        return String.format(sentence, title);
    }
}
