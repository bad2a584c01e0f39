package io.guildhall.domain.account;

/** What an account is allowed to do. ADMIN is granted by an operator or an admin, never by registering. */
public enum Role {
    CLIENT,
    FREELANCER,
    ADMIN
}
