package io.guildhall.http.endpoint;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Finds endpoints by path and method. A lookup takes one step for each segment of the path. */
final class Router {
    /** One node in the tree of path segments. */
    private static final class Node {
        private final Map<String, Node> literals = new HashMap<>();
        private final Map<String, Endpoint<?, ?>> methods = new TreeMap<>();
        private @Nullable Node parameter;
    }

    /** The endpoints of one path, by method, and the segments of the requested path, still escaped. */
    record Route(Map<String, Endpoint<?, ?>> methods, List<String> segments) {
        Optional<Endpoint<?, ?>> endpoint(String method) {
            return Optional.ofNullable(methods.get(method));
        }
    }

    private final Node root = new Node();

    /** @throws IllegalArgumentException if two endpoints have the same method and path */
    Router(Collection<Endpoint<?, ?>> endpoints) {
        endpoints.forEach(this::add);
    }

    private void add(Endpoint<?, ?> endpoint) {
        var operation = endpoint.operation();
        var node = root;
        for (var segment : split(operation.path())) {
            if (isParameter(segment)) {
                if (node.parameter == null) node.parameter = new Node();
                node = node.parameter;
            } else {
                node = node.literals.computeIfAbsent(segment, _ -> new Node());
            }
        }
        if (node.methods.put(operation.method().name(), endpoint) != null)
            throw new IllegalArgumentException(
                    "two endpoints for " + operation.method().name() + " " + operation.path());
    }

    /** Nothing for a target that is not a path, such as the * of an OPTIONS request. */
    Optional<Route> find(String path) {
        if (!path.startsWith("/")) return Optional.empty();
        var segments = split(path);
        var node = root;
        for (var segment : segments) {
            var next = node.literals.get(segment);
            node = next != null ? next : node.parameter;
            if (node == null) return Optional.empty();
        }
        return node.methods.isEmpty() ? Optional.empty() : Optional.of(new Route(node.methods, segments));
    }

    /** Path parameters by name, still escaped. */
    static Map<String, String> pathParameters(Operation<?> operation, List<String> segments) {
        var template = split(operation.path());
        var parameters = new HashMap<String, String>();
        for (int i = 0; i < segments.size(); i++)
            if (isParameter(template.get(i)))
                parameters.put(template.get(i).substring(1, template.get(i).length() - 1), segments.get(i));
        return parameters;
    }

    private static List<String> split(String path) {
        return List.of(path.substring(1).split("/", -1));
    }

    private static boolean isParameter(String segment) {
        return segment.startsWith("{");
    }
}
