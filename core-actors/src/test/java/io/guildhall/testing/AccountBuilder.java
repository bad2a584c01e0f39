package io.guildhall.testing;

import io.guildhall.domain.account.AccountCommand.Open;
import io.guildhall.domain.account.AccountOwner;
import io.guildhall.domain.account.Role;
import io.guildhall.domain.email.EmailCommand.Register;
import java.util.List;

/** Builds an account, its registration and its owner. A test names only the attributes that it depends on. */
public final class AccountBuilder {
    private final String id;
    private String email = "ann@example.com";
    private String name = "Ann";
    private String country = "DE";
    private List<Role> roles = List.of(Role.CLIENT);

    private AccountBuilder(String id) {
        this.id = id;
    }

    public static AccountBuilder anAccount(String id) {
        return new AccountBuilder(id);
    }

    public AccountBuilder withEmail(String value) {
        email = value;
        return this;
    }

    public AccountBuilder named(String value) {
        name = value;
        return this;
    }

    public AccountBuilder from(String value) {
        country = value;
        return this;
    }

    public AccountBuilder withRoles(Role... values) {
        roles = List.of(values);
        return this;
    }

    public AccountOwner owner() {
        return new AccountOwner(id, email, name, country, roles);
    }

    public Open open(String passwordHash) {
        return new Open(owner(), passwordHash);
    }

    public Register register(String passwordHash, String nonce) {
        return new Register(owner(), passwordHash, nonce);
    }
}
