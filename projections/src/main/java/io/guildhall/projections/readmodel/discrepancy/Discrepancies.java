package io.guildhall.projections.readmodel.discrepancy;

import io.guildhall.projections.readmodel.Page;
import java.util.concurrent.CompletionStage;

public interface Discrepancies {
    /** Lists all discrepancies, newest first. */
    CompletionStage<Page<DiscrepancyRow>> all(Page.Request page);

    /** Lists the discrepancies that are not settled, newest first. */
    CompletionStage<Page<DiscrepancyRow>> unsettled(Page.Request page);
}
