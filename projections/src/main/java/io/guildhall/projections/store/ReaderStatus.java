package io.guildhall.projections.store;

import org.apache.pekko.projection.HandlerRecoveryStrategy;
import org.apache.pekko.projection.ProjectionId;
import org.apache.pekko.projection.StatusObserver;

/** Tells a reader what Pekko Projection observes. */
final class ReaderStatus extends StatusObserver<Batch> {
    private final FollowerReader reader;

    ReaderStatus(FollowerReader reader) {
        this.reader = reader;
    }

    @Override
    public void started(ProjectionId id) {}

    @Override
    public void failed(ProjectionId id, Throwable cause) {
        reader.failed(cause);
    }

    @Override
    public void stopped(ProjectionId id) {}

    @Override
    public void beforeProcess(ProjectionId id, Batch batch) {}

    @Override
    public void afterProcess(ProjectionId id, Batch batch) {
        reader.succeeded();
    }

    @Override
    public void offsetProgress(ProjectionId id, Batch batch) {}

    /** Is followed by a failure. */
    @Override
    public void error(ProjectionId id, Batch batch, Throwable cause, HandlerRecoveryStrategy strategy) {}
}
