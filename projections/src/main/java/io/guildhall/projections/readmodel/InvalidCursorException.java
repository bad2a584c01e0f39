package io.guildhall.projections.readmodel;

/**
 * A cursor that was not returned by a page of the same list with the same selection. The stage of the query fails with
 * it.
 */
public final class InvalidCursorException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    public InvalidCursorException() {
        super("the cursor does not belong to this list");
    }
}
