package io.guildhall.projections.readmodel.account;

import io.guildhall.projections.readmodel.Page;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** All accounts, for admins and operators. */
public interface AccountDirectory {
    enum Status {
        UNVERIFIED,
        ACTIVE,
        SUSPENDED
    }

    /** @param address the id of the account's entity */
    record Row(
            String id,
            String address,
            String email,
            String name,
            String country,
            List<String> roles,
            Status status,
            boolean isPremium,
            Instant registeredAt) {}

    /** Lists accounts, newest first. */
    CompletionStage<Page<Row>> list(Page.Request page);

    CompletionStage<Optional<Row>> find(String accountId);
}
