package io.guildhall.projections.readmodel.job;

import io.guildhall.projections.readmodel.Page;
import java.util.List;
import java.util.concurrent.CompletionStage;

public interface Jobs {
    /** What anybody may apply for, the latest published first. */
    CompletionStage<Page<JobRow>> open(JobFilter filter, Page.Request page);

    /** Those of these jobs that anybody may apply for, in no order. */
    CompletionStage<List<JobRow>> open(List<String> ids);

    /** All that a client has posted, the latest first, drafts included. */
    CompletionStage<Page<JobRow>> ofClient(String clientId, Page.Request page);
}
