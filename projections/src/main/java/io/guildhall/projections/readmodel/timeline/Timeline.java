package io.guildhall.projections.readmodel.timeline;

import io.guildhall.projections.readmodel.Page;
import java.util.concurrent.CompletionStage;

public interface Timeline {
    /** From the first entry on. For the contract's parties only, which the caller checks. */
    CompletionStage<Page<TimelineEntry>> ofContract(String contractId, Page.Request page);
}
