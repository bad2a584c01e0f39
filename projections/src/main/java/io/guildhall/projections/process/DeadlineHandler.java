package io.guildhall.projections.process;

import java.util.concurrent.CompletionStage;

/** What is done about a row that is due. May run twice, and anywhere. */
@FunctionalInterface
public interface DeadlineHandler {
    CompletionStage<DeadlineResult> on(Deadline row);
}
