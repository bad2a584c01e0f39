package io.guildhall.http.route;

import static java.util.concurrent.CompletableFuture.completedFuture;

import io.guildhall.projections.readmodel.Page;
import io.guildhall.projections.readmodel.account.AccountDirectory;
import io.guildhall.projections.readmodel.account.AccountFilter;
import io.guildhall.projections.readmodel.account.AccountListing;
import io.guildhall.projections.readmodel.account.AccountRow;
import io.guildhall.projections.readmodel.account.AccountStatus;
import io.guildhall.projections.readmodel.account.PastSuspension;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;

/** Finds an account for any id. */
record SampleAccounts(Set<String> premiumAccounts) implements AccountDirectory {
    /** An account that is no freelancer. */
    static final String CLIENT_ONLY = "acc_client0only";

    @Override
    public CompletionStage<Page<AccountListing>> search(AccountFilter filter, Page.Request page) {
        return completedFuture(new Page<>(List.of(listing("acc_1")), Optional.empty()));
    }

    @Override
    public CompletionStage<Optional<AccountListing>> findListing(String accountId) {
        return completedFuture(Optional.of(listing(accountId)));
    }

    @Override
    public CompletionStage<Page<PastSuspension>> suspensions(String accountId, Page.Request page) {
        var suspension = new PastSuspension(
                accountId, 3, "Spam", "acc_root", Instant.EPOCH, Optional.of("acc_root"), Optional.of(Instant.EPOCH));
        return completedFuture(new Page<>(List.of(suspension), Optional.empty()));
    }

    private AccountListing listing(String id) {
        return new AccountListing(row(id), Optional.of("ada"));
    }

    @Override
    public CompletionStage<Optional<AccountRow>> find(String accountId) {
        return completedFuture(Optional.of(row(accountId)));
    }

    private AccountRow row(String id) {
        return new AccountRow(
                id,
                TestServer.email(id),
                "Ada",
                "CH",
                id.equals(CLIENT_ONLY) ? List.of("CLIENT") : List.of("CLIENT", "FREELANCER"),
                AccountStatus.ACTIVE,
                premiumAccounts.contains(id),
                Instant.EPOCH);
    }
}
