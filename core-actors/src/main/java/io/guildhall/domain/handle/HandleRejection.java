package io.guildhall.domain.handle;

/** Reasons for which a handle rejects a command. */
public enum HandleRejection {
    TAKEN
}
