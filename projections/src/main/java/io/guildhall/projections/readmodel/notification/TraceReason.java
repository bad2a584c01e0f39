package io.guildhall.projections.readmodel.notification;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** A decision about a notification on one channel, with its reason. The names are stored and sent, so they never change. */
public enum TraceReason {
    SHOWN("It was added to the list."),
    GROUPED("It joined the unread entry about the same subject."),
    NOT_WANTED("By the recipient's choice or by default, this kind is never sent on this channel."),
    WAITS_FOR_DIGEST(
            "By the recipient's choice or by default, this kind is sent daily or weekly. It waits until the given time."),
    WAITS_FOR_QUIET_HOURS("The recipient has quiet hours. It waits until the given time."),
    WAITS_FOR_READER(
            "It is about a message. It waits until the given time, because the recipient can read the message first."),
    READ_MEANWHILE("The recipient has read the message, so it was dropped."),
    NOT_READABLE("The message was deleted, or the recipient can no longer read it, so it was dropped."),
    BLOCKED("One of the two members of the conversation has blocked the other, so it was dropped."),
    JOINED_MAIL("It was added to an e-mail about the same room that was not sent yet."),
    PUT_INTO_DIGEST("It was added to a summary with all others that waited."),
    QUEUED("Its e-mail was written and added to the queue."),
    SENT_SEPARATELY("Another e-mail reports the same event."),
    NO_EMAIL("No e-mail reports this kind."),
    NO_ADDRESS("The recipient's e-mail address is not known."),
    ALREADY_QUEUED("Its e-mail was added to the queue before, so it was not added again."),
    SENT("The mail system accepted the e-mail."),
    DEFERRED("The mail system did not accept the e-mail yet. It is tried again."),
    OVER_LIMIT("The address got its maximum number of e-mails. The e-mail waits."),
    DROPPED_OVER_LIMIT("Too many e-mails to this address were caused by strangers, so it was dropped."),
    STOPPED("The recipient has stopped e-mails of this kind, so it was dropped."),
    ADDRESS_REFUSES("The address has refused another e-mail before, so it was not sent."),
    REFUSED("The mail system refused the e-mail permanently."),
    BOUNCED("A mail server returned the e-mail."),
    GIVEN_UP("The mail system did not accept the e-mail for two days.");

    private final String sentence;

    TraceReason(String sentence) {
        this.sentence = sentence;
    }

    public String sentence() {
        return sentence;
    }

    /** The detail of a decision that waits until a time, in whole seconds. */
    public static String until(Instant time) {
        return time.truncatedTo(ChronoUnit.SECONDS).toString();
    }
}
