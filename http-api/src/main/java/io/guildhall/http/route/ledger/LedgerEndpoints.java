package io.guildhall.http.route.ledger;

import static io.guildhall.domain.account.Role.ADMIN;
import static io.guildhall.http.endpoint.Endpoint.get;

import io.guildhall.http.endpoint.Endpoint;
import io.guildhall.projections.readmodel.ledger.Balance;
import io.guildhall.projections.readmodel.ledger.Ledger;
import io.guildhall.projections.readmodel.ledger.TrialBalance;
import java.util.List;

/** The platform's books, for admins. */
public final class LedgerEndpoints {
    private final Ledger ledger;

    public LedgerEndpoints(Ledger ledger) {
        this.ledger = ledger;
    }

    public List<Endpoint<?, ?>> all() {
        return List.of(get("/api/admin/ledger/trial-balance", "Everything that was ever posted, added up")
                .requires(ADMIN)
                .returns(200, TrialBalanceView.class)
                .handledBy(_ -> ledger.trialBalance().thenApply(TrialBalanceView::of)));
    }

    /** @param balanced whether the debits and credits of each currency are the same */
    public record TrialBalanceView(boolean balanced, List<Balance> kinds, List<Balance> totals) {
        static TrialBalanceView of(TrialBalance it) {
            return new TrialBalanceView(it.isBalanced(), it.kinds(), it.totals());
        }
    }
}
