package io.guildhall.domain.preference;

/** Commands that the preferences of an account accept. */
public sealed interface PreferencesCommand {
    /** @param kind of mail, such as {@code work-submitted} */
    record StopMail(String kind) implements PreferencesCommand {}

    record ResumeMail(String kind) implements PreferencesCommand {}
}
