package io.guildhall.bench.demo;

import org.jspecify.annotations.Nullable;

/** A value differs from what the demo expects. */
final class CheckFailedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private CheckFailedException(String what, Object expected, @Nullable Object actual) {
        super(what + ": expected " + expected + ", but was " + actual);
    }

    /** @throws CheckFailedException if the values are not equal */
    static void checkEqual(String what, Object expected, @Nullable Object actual) {
        if (!expected.equals(actual)) throw new CheckFailedException(what, expected, actual);
    }
}
