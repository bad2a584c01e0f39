package io.guildhall.http.endpoint;

import io.guildhall.domain.account.Role;

/**
 * Who can call an endpoint. Whether the caller owns the resource is decided by the domain: commands name their caller.
 */
public sealed interface Access {
    /** Any caller, with or without an access token. */
    record Public() implements Access {}

    /** Any caller with a valid access token. */
    record Authenticated() implements Access {}

    /** Callers whose account has this role. */
    record RoleRequired(Role role) implements Access {}
}
