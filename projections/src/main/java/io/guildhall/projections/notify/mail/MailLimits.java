package io.guildhall.projections.notify.mail;

/**
 * How many e-mails one address gets at most. Of the kinds that strangers can cause, at most half as many: they are not
 * sent beyond that, so that nobody can fill the mailbox or the queue of another user. All others wait.
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
