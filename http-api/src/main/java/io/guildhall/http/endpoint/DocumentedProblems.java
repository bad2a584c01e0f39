package io.guildhall.http.endpoint;

import io.guildhall.http.endpoint.Endpoint.Feature;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.pekko.http.javadsl.model.HttpMethods;

/**
 * All problems that an endpoint can respond with: those it declares, and those that follow from its access, parameters,
 * body and features.
 */
final class DocumentedProblems {
    private final SortedMap<Integer, SortedSet<String>> codes = new TreeMap<>();

    private DocumentedProblems() {}

    /** The codes by their status. */
    static SortedMap<Integer, SortedSet<String>> of(Operation<?> operation) {
        var all = new DocumentedProblems();
        operation.problems().forEach(problem -> all.add(problem.status(), problem.code()));
        all.addImplied(operation);
        return all.codes;
    }

    private void addImplied(Operation<?> operation) {
        add(500, "internal");
        add(503, "outcome-unknown", "other-version");
        add(408, "body-too-slow");
        add(411, "length-required");
        add(413, "too-large");
        add(414, "uri-too-long");
        add(431, "headers-too-large");
        add(429, "too-many-requests");
        add(503, "busy");
        add(400, "malformed", "bad-query");
        // An invalid token is rejected by public endpoints too, so that its sender gets a new one.
        add(401, "bad-token", "token-expired", "session-ended");
        add(503, "sessions-unknown");
        switch (operation.access()) {
            case Access.Public _ -> {}
            case Access.Authenticated _ -> add(401, "unauthenticated");
            case Access.RoleRequired _ -> {
                add(401, "unauthenticated");
                add(403, "wrong-role");
            }
        }
        if (!operation.isOpenToSuspended()) add(403, "account-suspended");
        if (!operation.isOpenToSuspended() || !operation.method().equals(HttpMethods.GET))
            add(503, "suspensions-unknown");
        if (!operation.pathParameters().isEmpty()) {
            add(400, "bad-path");
            add(404, "not-found");
        }
        operation.queries().forEach(query -> add(400, query.problemCode()));
        if (operation.queries().contains(Query.CURSOR)) add(400, "bad-cursor");
        if (operation.body() != Void.class) {
            add(415, "not-json");
            add(422, "invalid");
        }
        operation.features().forEach(this::addImplied);
    }

    private void addImplied(Feature feature) {
        switch (feature) {
            case IDEMPOTENCY_KEY -> {
                add(400, "bad-idempotency-key");
                add(409, "request-in-progress");
                add(422, "idempotency-key-reused");
            }
            case IF_MATCH -> {
                add(400, "bad-if-match");
                add(412, "precondition-failed");
                add(428, "if-match-required");
            }
            case FILE_BODY -> add(415, "bad-file-type");
            case ANY_FILE_BODY, PAGED, CACHEABLE, RAW_BODY, OPEN_TO_SUSPENDED -> {}
        }
    }

    private void add(int status, String... more) {
        codes.computeIfAbsent(status, _ -> new TreeSet<>()).addAll(List.of(more));
    }
}
