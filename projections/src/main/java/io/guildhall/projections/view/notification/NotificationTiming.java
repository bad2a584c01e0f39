package io.guildhall.projections.view.notification;

import java.time.Duration;
import java.time.InstantSource;

/** @param messageDelay from a message to its notification, in which its recipient can read it */
public record NotificationTiming(InstantSource clock, Duration messageDelay) {
    public static final NotificationTiming STANDARD =
            new NotificationTiming(InstantSource.system(), Duration.ofSeconds(10));
}
