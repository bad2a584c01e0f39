package io.guildhall.projections.readmodel.account;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;

/** Who is suspended, and why. Suspensions are read from a table that no rebuild empties. */
public interface Suspensions {
    /** Empty if the account is not suspended. */
    CompletionStage<Optional<Suspension>> find(String accountId);

    /** Returns the ids of all accounts that are suspended now. Blocks. */
    Set<String> current();

    /** The suspensions of these accounts, by account id. Accounts that are not suspended are not in it. */
    CompletionStage<Map<String, Suspension>> of(List<String> accountIds);
}
