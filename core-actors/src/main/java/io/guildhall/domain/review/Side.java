package io.guildhall.domain.review;

/** Who of a contract's two parties writes. */
public enum Side {
    CLIENT,
    FREELANCER;

    public Side other() {
        return this == CLIENT ? FREELANCER : CLIENT;
    }
}
