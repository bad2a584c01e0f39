package io.guildhall.domain.review;

/** The party of a contract that writes a review. */
public enum Side {
    CLIENT,
    FREELANCER;

    public Side other() {
        return this == CLIENT ? FREELANCER : CLIENT;
    }
}
