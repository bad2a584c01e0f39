package io.guildhall.projections.notify;

import static io.guildhall.projections.notify.Channel.DIGEST;
import static io.guildhall.projections.notify.Channel.E_MAIL;
import static io.guildhall.projections.notify.Channel.IN_APP;
import static io.guildhall.projections.notify.Channel.LIVE;

import java.util.EnumSet;
import java.util.Set;

/**
 * Every kind of notification, with its sentence and its channels. The names are stored and sent, so they never change.
 */
public enum NotificationKind {
    PROPOSAL_RECEIVED("There is a new proposal for “%s”.", IN_APP, E_MAIL, LIVE),
    PROPOSAL_ACCEPTED("Your proposal for “%s” was accepted.", IN_APP, E_MAIL, LIVE),
    PROPOSAL_DECLINED("Your proposal for “%s” was declined.", IN_APP, E_MAIL, LIVE),
    INVITE_RECEIVED("You received an invite for “%s”.", IN_APP, E_MAIL, LIVE),
    INVITE_ACCEPTED(
            "Your invite for “%s” was accepted. Complete the payment so that work can start.", IN_APP, E_MAIL, LIVE),
    INVITE_DECLINED("Your invite for “%s” was declined.", IN_APP, LIVE),
    INVITE_WITHDRAWN("The invite for “%s” was withdrawn.", IN_APP, LIVE),
    INVITE_EXPIRING("The invite for “%s” expires tomorrow.", IN_APP, LIVE),
    INVITE_EXPIRED("The invite for “%s” has expired.", IN_APP, LIVE),
    INVITE_REFUSED("Your acceptance of the invite for “%s” could not be completed.", IN_APP, E_MAIL, LIVE),
    HIRE_REFUSED("The hire for “%s” could not be completed. The job is open again.", IN_APP, E_MAIL, LIVE),
    ESCROW_FUNDED("The money for “%s” is held in escrow.", IN_APP, E_MAIL, LIVE),
    FUNDING_DECLINED("The payment for “%s” was declined.", IN_APP, E_MAIL, LIVE),
    FUNDING_NEEDS_YOU("Please confirm the payment for “%s”.", IN_APP, LIVE),
    MONEY_REFUNDED("Your payment for “%s” was refunded.", IN_APP, E_MAIL, LIVE),
    WORK_SUBMITTED("Work was submitted for “%s”.", IN_APP, E_MAIL, LIVE),
    CHANGES_REQUESTED("Changes were requested for “%s”.", IN_APP, E_MAIL, LIVE),
    MILESTONE_PAID("Your work on “%s” was accepted and paid.", IN_APP, E_MAIL, LIVE),
    PAYOUT_FAILED("The payout for “%s” failed. It will be tried again.", IN_APP, E_MAIL, LIVE),
    CONTRACT_CANCELLED("The contract “%s” was cancelled.", IN_APP, E_MAIL, LIVE),
    REVIEW_DUE("“%s” is completed. Please write a review.", IN_APP, E_MAIL, LIVE),
    REVIEW_REVEALED("You received a review for “%s”.", IN_APP, E_MAIL, LIVE),
    NEW_MATCH("New match for a saved search: “%s”.", IN_APP, DIGEST, LIVE);

    private final String sentence;
    private final Set<Channel> channels;

    NotificationKind(String sentence, Channel first, Channel... more) {
        this.sentence = sentence;
        this.channels = EnumSet.of(first, more);
    }

    public boolean isSentBy(Channel channel) {
        return channels.contains(channel);
    }

    public String sentence(String title) {
        return String.format(sentence, title);
    }
}
