package io.guildhall.domain.profile;

/** Why a profile refuses. */
public enum ProfileRejection {
    NO_PROFILE,
    CHANGED_MEANWHILE
}
