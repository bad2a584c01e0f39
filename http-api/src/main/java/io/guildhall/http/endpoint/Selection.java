package io.guildhall.http.endpoint;

import io.guildhall.kernel.Sha256;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import java.util.TreeMap;

/** Identifies the list that a request selects: its endpoint, its path and its filters. Cursors contain it. */
final class Selection {
    private static final int BYTES = 9;

    private Selection() {}

    /**
     * A hash that is equal for all pages of one list. It protects nothing: whoever forges it gets a page of what they
     * may read anyway.
     */
    static String hash(String template, Map<String, String> path, QueryValues queries) {
        var text = template + "\n" + new TreeMap<>(path) + "\n" + queries.selecting();
        return Base64.getUrlEncoder().encodeToString(Arrays.copyOf(Sha256.digest(text), BYTES));
    }
}
