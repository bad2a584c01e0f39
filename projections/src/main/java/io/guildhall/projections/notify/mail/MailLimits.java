package io.guildhall.projections.notify.mail;

/**
 * The maximum number of e-mails to one address. Kinds that strangers can cause have half of it, so that no caller can
 * fill the mailbox of another user or delay its other mails.
 */
public record MailLimits(int perHour, int perDay) {
    public MailLimits {
        if (perHour < 2 || perDay < perHour)
            throw new IllegalArgumentException("at least 2 mails per hour, and per day at least as many as per hour");
    }

    boolean allows(int lastHour, int lastDay) {
        return lastHour < perHour && lastDay < perDay;
    }

    boolean allowsOfStrangers(int lastHour, int lastDay) {
        return lastHour < perHour / 2 && lastDay < perDay / 2;
    }
}
