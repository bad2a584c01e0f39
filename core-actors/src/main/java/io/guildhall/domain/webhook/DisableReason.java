package io.guildhall.domain.webhook;

/** Why the program disables a webhook. The names are stored, so they never change. */
public enum DisableReason {
    /** The receiver has responded with 410 Gone. */
    GONE,
    /** All attempts of a delivery have failed. */
    FAILED
}
