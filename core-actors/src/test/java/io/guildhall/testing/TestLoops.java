package io.guildhall.testing;

import io.guildhall.background.BackgroundLoops;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.InstantSource;

/** Background loops whose metrics nobody reads. */
public final class TestLoops {
    private TestLoops() {}

    public static BackgroundLoops create() {
        return new BackgroundLoops(new SimpleMeterRegistry(), InstantSource.system());
    }
}
