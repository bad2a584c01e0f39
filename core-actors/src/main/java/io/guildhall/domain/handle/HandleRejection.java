package io.guildhall.domain.handle;

/** Why a handle refuses. */
public enum HandleRejection {
    TAKEN
}
