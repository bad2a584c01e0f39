package io.guildhall.domain.account;

import io.guildhall.kernel.Personal;
import java.util.List;
import java.util.stream.Stream;

/**
 * The owner of an account.
 *
 * @param id public id of the account, {@code acc_…}
 * @param email as the user typed it; {@link io.guildhall.kernel.EmailAddress} gives its canonical form
 * @param country ISO 3166-1 alpha-2
 * @param roles sorted, without duplicates
 */
public record AccountOwner(
        String id,
        @Personal(of = "id", erased = Personal.ERASED_EMAIL) String email,
        @Personal(of = "id") String name,
        String country,
        List<Role> roles) {
    public AccountOwner {
        roles = roles.stream().distinct().sorted().toList();
    }

    AccountOwner without(Role role) {
        return new AccountOwner(
                id,
                email,
                name,
                country,
                roles.stream().filter(it -> it != role).toList());
    }

    AccountOwner with(Role role) {
        return new AccountOwner(
                id,
                email,
                name,
                country,
                Stream.concat(roles.stream(), Stream.of(role)).toList());
    }
}
