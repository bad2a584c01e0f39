package io.guildhall.domain.savedsearch;

/** Why saved searches refuse. */
public enum SavedSearchesRejection {
    TOO_MANY,
    NO_SUCH_SEARCH,
    /** With other terms. */
    ALREADY_SAVED,
    PRICES_UNSOUND
}
