package io.guildhall.projections.readmodel.contract;

import io.guildhall.projections.readmodel.Page;
import java.util.concurrent.CompletionStage;

public interface Contracts {
    /** Those that bind this account, on either side, the latest first. */
    CompletionStage<Page<ContractRow>> ofParty(String accountId, Page.Request page);
}
