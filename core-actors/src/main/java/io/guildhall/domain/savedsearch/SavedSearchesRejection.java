package io.guildhall.domain.savedsearch;

/** Reasons for which saved searches reject a command. */
public enum SavedSearchesRejection {
    TOO_MANY,
    NO_SUCH_SEARCH,
    /** A search with this id and other criteria exists. */
    ALREADY_SAVED,
    INVALID_PRICES
}
