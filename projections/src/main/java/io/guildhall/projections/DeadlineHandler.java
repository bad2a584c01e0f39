package io.guildhall.projections;

import java.util.concurrent.CompletionStage;

/**
 * Handles deadlines of one kind that are due. It can run more than once for the same deadline, on any node, and must be
 * idempotent.
 */
@FunctionalInterface
public interface DeadlineHandler {
    CompletionStage<DeadlineResult> handle(Deadline deadline);
}
