package io.guildhall.projections.readmodel.notification;

/** Where a notification is delivered. The names are stored and sent, so they never change. */
public enum NotificationChannel {
    IN_APP,
    EMAIL
}
