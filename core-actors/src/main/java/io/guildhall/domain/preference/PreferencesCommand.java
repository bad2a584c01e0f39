package io.guildhall.domain.preference;

/** Commands that the preferences of an account accept. */
public sealed interface PreferencesCommand {
    /** @param kind of mail, such as {@code work-submitted} */
    record StopMail(String kind) implements PreferencesCommand {}

    record ResumeMail(String kind) implements PreferencesCommand {}

    /** Hides from other users when the account is online and when it was last seen. */
    record HidePresence() implements PreferencesCommand {}

    record ShowPresence() implements PreferencesCommand {}

    /** Replaces all choices of notifications. Also decides which mails are stopped. */
    record ChooseNotifications(NotificationSettings settings) implements PreferencesCommand {}
}
