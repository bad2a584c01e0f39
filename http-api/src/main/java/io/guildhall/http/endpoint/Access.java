package io.guildhall.http.endpoint;

import io.guildhall.domain.account.Role;

/** Who may call an endpoint. Whose thing it is, is the domain's to decide: commands say who asks. */
public sealed interface Access {
    record Anyone() implements Access {}

    record LoggedIn() implements Access {}

    record Holding(Role role) implements Access {}
}
