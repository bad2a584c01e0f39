package io.guildhall.domain.account;

/** What a person may be here. ADMIN is granted by an operator or an admin, never by registering. */
public enum Role {
    CLIENT,
    FREELANCER,
    ADMIN
}
