package io.guildhall.ai.job.match;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Creates a value on first use and keeps it. If creating it fails, the next use tries again. Thread-safe. */
public final class Lazy<T> implements Supplier<T> {
    private final Supplier<T> supplier;
    private volatile @Nullable T value;

    public Lazy(Supplier<T> supplier) {
        this.supplier = supplier;
    }

    @Override
    public T get() {
        T current = value;
        return current == null ? create() : current;
    }

    private synchronized T create() {
        if (value == null) value = supplier.get();
        return value;
    }
}
