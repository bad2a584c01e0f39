package io.guildhall.http.route;

import static java.util.concurrent.CompletableFuture.completedFuture;

import io.guildhall.domain.account.AccountAddress;
import io.guildhall.projections.readmodel.Page;
import io.guildhall.projections.readmodel.account.AccountDirectory;
import io.guildhall.projections.readmodel.account.AccountRow;
import io.guildhall.projections.readmodel.account.AccountStatus;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;

/** Finds an account for any id. */
record SampleAccounts(Set<String> premiumAccounts) implements AccountDirectory {
    @Override
    public CompletionStage<Page<AccountRow>> list(Page.Request page) {
        return completedFuture(new Page<>(List.of(row("acc_1")), Optional.empty()));
    }

    @Override
    public CompletionStage<Optional<AccountRow>> find(String accountId) {
        return completedFuture(Optional.of(row(accountId)));
    }

    private AccountRow row(String id) {
        return new AccountRow(
                id,
                AccountAddress.fromEmail(TestServer.email(id)),
                TestServer.email(id),
                "Ada",
                "CH",
                List.of("CLIENT", "FREELANCER"),
                AccountStatus.ACTIVE,
                premiumAccounts.contains(id),
                Instant.EPOCH);
    }
}
