package io.guildhall.projections.readmodel;

/** A cursor that no page of this list has given. A query's stage fails with it. */
public final class InvalidCursorException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    public InvalidCursorException() {
        super("this cursor is not of this list");
    }
}
