package io.guildhall.projections.readmodel.ledger;

import io.guildhall.projections.readmodel.Page;
import java.util.concurrent.CompletionStage;

public interface Ledger {
    /** In the order in which they happened. For the contract's parties only, which the caller checks. */
    CompletionStage<Page<Posting>> ofContract(String contractId, Page.Request page);

    CompletionStage<TrialBalance> trialBalance();

    /** Every account by its name. */
    CompletionStage<Page<Balance>> accounts(Page.Request page);
}
