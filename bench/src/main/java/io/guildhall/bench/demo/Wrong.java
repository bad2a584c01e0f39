package io.guildhall.bench.demo;

/** Something is not as it must be. */
final class Wrong extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private Wrong(String what, Object expected, Object found) {
        super(what + ": expected " + expected + ", found " + found);
    }

    static void unlessSame(String what, Object expected, Object found) {
        if (!expected.equals(found)) throw new Wrong(what, expected, found);
    }
}
