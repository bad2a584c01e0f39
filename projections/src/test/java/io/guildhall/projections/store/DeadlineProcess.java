package io.guildhall.projections.store;

import io.guildhall.projections.DeadlineHandler;
import io.guildhall.projections.DeadlineKind;
import io.guildhall.projections.Process;
import io.guildhall.projections.Start;
import java.util.List;
import java.util.Map;

/** A process that has deadlines only. */
record DeadlineProcess(Map<DeadlineKind, DeadlineHandler> deadlines) implements Process {
    @Override
    public Start start() {
        return Start.beginning();
    }

    @Override
    public String name() {
        return "bell";
    }

    @Override
    public List<Subscription<?>> follows() {
        return List.of();
    }
}
