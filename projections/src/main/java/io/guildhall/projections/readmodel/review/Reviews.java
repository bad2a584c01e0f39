package io.guildhall.projections.readmodel.review;

import io.guildhall.projections.readmodel.Page;
import java.util.List;
import java.util.concurrent.CompletionStage;

public interface Reviews {
    /** Both sides' at most. What is not yet revealed has its content for its author alone. */
    CompletionStage<List<ReviewRow>> ofContract(String contractId, String readerId);

    /** What was revealed about an account, the latest first. */
    CompletionStage<Page<ReviewRow>> about(String accountId, Page.Request page);
}
