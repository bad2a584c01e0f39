package io.guildhall.ai.job.match;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Made when it is first asked for, and then kept; one that could not be made is tried again. */
public final class Lazy<T> implements Supplier<T> {
    private final Supplier<T> making;
    private volatile @Nullable T made;

    public Lazy(Supplier<T> making) {
        this.making = making;
    }

    @Override
    public T get() {
        T it = made;
        return it == null ? make() : it;
    }

    private synchronized T make() {
        if (made == null) made = making.get();
        return made;
    }
}
