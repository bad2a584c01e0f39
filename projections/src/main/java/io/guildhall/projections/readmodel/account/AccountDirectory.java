package io.guildhall.projections.readmodel.account;

import io.guildhall.projections.readmodel.Page;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** All accounts, for admins and operators. */
public interface AccountDirectory {
    /** Lists accounts, newest first. */
    CompletionStage<Page<AccountListing>> search(AccountFilter filter, Page.Request page);

    CompletionStage<Optional<AccountRow>> find(String accountId);

    CompletionStage<Optional<AccountListing>> findListing(String accountId);

    /** Lists all suspensions of an account, newest first. */
    CompletionStage<Page<PastSuspension>> suspensions(String accountId, Page.Request page);
}
