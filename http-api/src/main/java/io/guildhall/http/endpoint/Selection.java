package io.guildhall.http.endpoint;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
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
        try {
            var digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return Base64.getUrlEncoder().encodeToString(Arrays.copyOf(digest, BYTES));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java has SHA-256", e);
        }
    }
}
