package io.guildhall.projections.process;

import io.guildhall.kernel.Correlation;
import java.time.Instant;
import java.util.concurrent.CompletionStage;

/** What is due at its time, whichever node is there then; each kind and key once, until it is done. */
public interface Schedule {

    /** Durable once the stage completes. The same kind and key again changes nothing while it is there. */
    CompletionStage<Void> at(Correlation correlation, String kind, String key, String entityId, Instant due);

    /** What of this kind is planned under keys that begin so is due now. */
    CompletionStage<Void> hasten(String kind, String keyPrefix);
}
