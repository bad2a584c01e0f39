package io.guildhall.domain.webhook;

/** Reasons for which webhooks reject a command. */
public enum WebhooksRejection {
    NO_SUCH_WEBHOOK,
    TOO_MANY,
    /** Another webhook of the account has this address. */
    ADDRESS_IN_USE,
    /** Too many earlier secrets still sign. */
    TOO_MANY_SECRETS,
    /** Too many tests and repeated deliveries in the last hour. */
    TOO_MANY_SENDS,
    /** It is paused or disabled. */
    NOT_ACTIVE
}
