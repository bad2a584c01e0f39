package io.guildhall.domain.handle;

/** Reasons for which a handle rejects a command. */
public enum HandleRejection {
    /** It belongs to another account, or looks like another handle. */
    TAKEN,
    /** No account can have it. */
    RESERVED
}
