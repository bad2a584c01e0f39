package io.guildhall.domain.preference;

/** Reasons for which preferences reject a command. */
public enum PreferencesRejection {
    TOO_MANY
}
