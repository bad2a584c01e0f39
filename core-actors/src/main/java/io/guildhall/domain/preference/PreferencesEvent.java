package io.guildhall.domain.preference;

import io.guildhall.kernel.JournalName;
import io.guildhall.kernel.Journalled;
import java.time.Instant;

/** Events of the preferences of an account, stored permanently: add new ones, never change existing ones. */
public sealed interface PreferencesEvent extends Journalled {
    /** @param kind of mail that the account does not want any more */
    @JournalName("preferences.mail-stopped")
    record MailStopped(String kind, Instant at) implements PreferencesEvent {}

    @JournalName("preferences.mail-resumed")
    record MailResumed(String kind, Instant at) implements PreferencesEvent {}

    @JournalName("preferences.presence-hidden")
    record PresenceHidden(Instant at) implements PreferencesEvent {}

    @JournalName("preferences.presence-shown")
    record PresenceShown(Instant at) implements PreferencesEvent {}

    /** @param settings all choices, also unchanged ones */
    @JournalName("preferences.notifications-chosen")
    record NotificationsChosen(NotificationSettings settings, Instant at) implements PreferencesEvent {}
}
