package io.guildhall.projections.readmodel.job;

import io.guildhall.projections.readmodel.Page;
import java.util.List;
import java.util.concurrent.CompletionStage;

public interface Jobs {
    /** Lists open jobs, newest published first. */
    CompletionStage<Page<JobRow>> open(JobFilter filter, Page.Request page);

    /** Returns the jobs with these ids that are open, in any order. */
    CompletionStage<List<JobRow>> open(List<String> ids);

    /** Lists all jobs of a client, newest first, drafts included. */
    CompletionStage<Page<JobRow>> ofClient(String clientId, Page.Request page);
}
