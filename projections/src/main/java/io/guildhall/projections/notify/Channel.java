package io.guildhall.projections.notify;

/**
 * A way to notify somebody. Each channel is a follower that reads {@link NotificationMatrix#SOURCES}. Only
 * {@link InAppView} exists so far.
 */
public enum Channel {
    IN_APP,
    E_MAIL,
    /** Collected into one e-mail a day. */
    DIGEST,
    LIVE
}
