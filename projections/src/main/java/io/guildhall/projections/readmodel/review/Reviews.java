package io.guildhall.projections.readmodel.review;

import io.guildhall.projections.readmodel.Page;
import java.util.List;
import java.util.concurrent.CompletionStage;

public interface Reviews {
    /**
     * Returns the reviews of a contract, at most one of each party. A sealed review has its content only if the reader
     * is its author.
     */
    CompletionStage<List<ReviewRow>> ofContract(String contractId, String readerId);

    /** Lists the revealed reviews about an account, newest first. */
    CompletionStage<Page<ReviewRow>> about(String accountId, Page.Request page);
}
