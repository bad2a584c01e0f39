package io.guildhall.http.route.ledger;

import static io.guildhall.domain.account.Role.ADMIN;
import static io.guildhall.http.endpoint.Endpoint.get;

import io.guildhall.http.endpoint.Endpoint;
import io.guildhall.projections.readmodel.ledger.Balance;
import io.guildhall.projections.readmodel.ledger.Ledger;
import io.guildhall.projections.readmodel.ledger.TrialBalance;
import java.util.List;

/** Read the ledger; for admins. */
public final class LedgerEndpoints {
    private final Ledger ledger;

    public LedgerEndpoints(Ledger ledger) {
        this.ledger = ledger;
    }

    public List<Endpoint<?, ?>> all() {
        return List.of(get(
                        "/api/admin/ledger/trial-balance",
                        "Get the trial balance: debits, credits and balance of each kind of ledger account.")
                .requires(ADMIN)
                .returns(200, TrialBalanceResource.class)
                .handledBy(_ -> ledger.trialBalance().thenApply(TrialBalanceResource::of)));
    }

    /** @param balanced whether debits and credits are equal in each currency */
    public record TrialBalanceResource(boolean balanced, List<Balance> kinds, List<Balance> totals) {
        static TrialBalanceResource of(TrialBalance it) {
            return new TrialBalanceResource(it.isBalanced(), it.kinds(), it.totals());
        }
    }
}
