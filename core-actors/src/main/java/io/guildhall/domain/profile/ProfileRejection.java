package io.guildhall.domain.profile;

/** Reasons for which a profile rejects a command. */
public enum ProfileRejection {
    NO_PROFILE,
    REVISION_MISMATCH,
    /** The last change was less than {@link Profile#HANDLE_CHANGE_INTERVAL} ago. */
    HANDLE_CHANGED_RECENTLY
}
