package io.guildhall.kernel;

/** The request at the edge that something is done for, by the id that its answer names; {@link #NONE} where nobody has asked. */
public record Correlation(String id) {
    public static final Correlation NONE = new Correlation("");

    public boolean known() {
        return !id.isEmpty();
    }
}
