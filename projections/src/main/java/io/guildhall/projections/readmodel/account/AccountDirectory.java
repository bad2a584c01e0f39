package io.guildhall.projections.readmodel.account;

import io.guildhall.projections.readmodel.Page;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** All accounts, for admins and operators. */
public interface AccountDirectory {
    /** Lists accounts, newest first. */
    CompletionStage<Page<AccountRow>> list(Page.Request page);

    CompletionStage<Optional<AccountRow>> find(String accountId);
}
