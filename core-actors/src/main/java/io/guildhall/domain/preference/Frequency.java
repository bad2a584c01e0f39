package io.guildhall.domain.preference;

/** When an account gets notifications of one kind on one channel. The names are stored and sent, so they never change. */
public enum Frequency {
    AT_ONCE,
    /** With all others that wait, at the digest time of each day. */
    DAILY,
    /** With all others that wait, at the digest time of one day of each week. */
    WEEKLY,
    NEVER;

    public boolean isDigest() {
        return this == DAILY || this == WEEKLY;
    }
}
