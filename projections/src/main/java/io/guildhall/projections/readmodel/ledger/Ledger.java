package io.guildhall.projections.readmodel.ledger;

import io.guildhall.projections.readmodel.Page;
import java.util.concurrent.CompletionStage;

public interface Ledger {
    /** Lists the postings of a contract, oldest first. The caller checks that the reader is a party of the contract. */
    CompletionStage<Page<Posting>> ofContract(String contractId, Page.Request page);

    /** Returns the sums of all postings. */
    CompletionStage<TrialBalance> trialBalance();

    /** Lists all ledger accounts, by name. */
    CompletionStage<Page<Balance>> accounts(Page.Request page);
}
