package io.guildhall.projections.readmodel.account;

import io.guildhall.domain.account.Role;
import java.util.Optional;

/**
 * Which accounts an admin searches for. An empty component sets no condition. Texts are compared without regard to case.
 *
 * @param email the beginning of the e-mail address
 * @param handle the beginning of the handle
 * @param name the beginning of the name
 * @param suspended whether the account is suspended
 */
public record AccountFilter(
        Optional<String> email,
        Optional<String> handle,
        Optional<String> name,
        Optional<Role> role,
        Optional<Boolean> suspended) {
    public static final AccountFilter ALL =
            new AccountFilter(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
}
