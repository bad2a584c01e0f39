package io.guildhall.kernel;

/**
 * The id of the HTTP request that caused an action. It is part of the response to that request. {@link #NONE} if there
 * was no request.
 */
public record Correlation(String id) {
    public static final Correlation NONE = new Correlation("");

    public boolean known() {
        return !id.isEmpty();
    }
}
