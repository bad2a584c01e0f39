package io.guildhall.domain.hire;

/**
 * The outcome of a hire that did not lead to a contract. The names are stored and part of the API: never changed.
 */
public enum HireFailure {
    /** The proposal could not be accepted, or the job could not be filled. */
    REFUSED,
    /** The deadline has passed. */
    TIMED_OUT
}
