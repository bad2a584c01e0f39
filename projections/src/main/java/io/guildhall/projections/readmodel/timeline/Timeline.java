package io.guildhall.projections.readmodel.timeline;

import io.guildhall.projections.readmodel.Page;
import java.util.concurrent.CompletionStage;

public interface Timeline {
    /** Lists the entries of a contract, oldest first. The caller checks that the reader is a party of the contract. */
    CompletionStage<Page<TimelineEntry>> ofContract(String contractId, Page.Request page);
}
