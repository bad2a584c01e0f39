package io.guildhall.projections.readmodel.notification;

import io.guildhall.domain.preference.Frequency;
import io.guildhall.projections.notify.NotificationKind;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What an account can choose about one kind of notification. In the application, every kind is shown immediately unless
 * the account has chosen otherwise.
 *
 * @param kind a stable name such as {@code WORK_SUBMITTED}
 * @param isInAppOptional whether the account can choose when it is shown: not if it is about money or security
 * @param defaultEmail when it is sent by e-mail unless the account has chosen otherwise
 * @param isEmailOptional whether the account can choose when it is sent by e-mail
 */
public record NotificationOption(
        String kind, boolean isInAppOptional, Frequency defaultEmail, boolean isEmailOptional) {

    /** Every kind, in a stable order. */
    public static Stream<NotificationOption> all() {
        return Stream.of(NotificationKind.values()).map(NotificationOption::of);
    }

    public static Optional<NotificationOption> find(String kind) {
        return NotificationKind.fromName(kind).map(NotificationOption::of);
    }

    private static NotificationOption of(NotificationKind kind) {
        return new NotificationOption(kind.name(), kind.isInAppOptional(), kind.defaultEmail(), kind.isEmailOptional());
    }
}
