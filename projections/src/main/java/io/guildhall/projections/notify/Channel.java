package io.guildhall.projections.notify;

/** How somebody is told. Each is a follower over {@link NotificationMatrix#SOURCES}; so far there is one, {@link InAppView}. */
public enum Channel {
    IN_APP,
    E_MAIL,
    /** Gathered into one e-mail a day. */
    DIGEST,
    LIVE
}
