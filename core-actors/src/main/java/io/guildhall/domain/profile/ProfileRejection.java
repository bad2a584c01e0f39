package io.guildhall.domain.profile;

/** Reasons for which a profile rejects a command. */
public enum ProfileRejection {
    NO_PROFILE,
    REVISION_MISMATCH
}
