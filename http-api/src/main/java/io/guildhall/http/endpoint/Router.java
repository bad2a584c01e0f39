package io.guildhall.http.endpoint;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Finds the endpoint that a method and a path mean, in as many steps as the path has segments. */
final class Router {
    /** One place in the tree of paths. */
    private static final class Place {
        private final Map<String, Place> named = new HashMap<>();
        private final Map<String, Endpoint<?, ?>> methods = new TreeMap<>();
        private Place any;
    }

    /** What a path means: the endpoints there, by method, and the segments that stand for parameters. */
    record Found(Map<String, Endpoint<?, ?>> methods, List<String> segments) {
        Optional<Endpoint<?, ?>> endpoint(String method) {
            return Optional.ofNullable(methods.get(method));
        }

        /** As they stand in the path, still escaped. */
        static Map<String, String> parameters(Endpoint<?, ?> endpoint, List<String> segments) {
            var template = split(endpoint.operation().path());
            var parameters = new HashMap<String, String>();
            for (int i = 0; i < segments.size(); i++)
                if (isParameter(template.get(i)))
                    parameters.put(template.get(i).substring(1, template.get(i).length() - 1), segments.get(i));
            return parameters;
        }
    }

    private final Place root = new Place();

    Router(Collection<Endpoint<?, ?>> endpoints) {
        endpoints.forEach(this::add);
    }

    private void add(Endpoint<?, ?> endpoint) {
        var place = root;
        for (var segment : split(endpoint.operation().path())) {
            if (isParameter(segment)) {
                if (place.any == null) place.any = new Place();
                place = place.any;
            } else {
                place = place.named.computeIfAbsent(segment, _ -> new Place());
            }
        }
        if (place.methods.put(endpoint.operation().method().name(), endpoint) != null)
            throw new IllegalArgumentException(
                    "two endpoints for " + endpoint.operation().method().name() + " "
                            + endpoint.operation().path());
    }

    /** Nothing is at what is no path, such as the * of an OPTIONS to the server as a whole. */
    Optional<Found> find(String path) {
        if (!path.startsWith("/")) return Optional.empty();
        var segments = split(path);
        var place = root;
        for (var segment : segments) {
            var next = place.named.get(segment);
            place = next != null ? next : place.any;
            if (place == null) return Optional.empty();
        }
        return place.methods.isEmpty() ? Optional.empty() : Optional.of(new Found(place.methods, segments));
    }

    private static List<String> split(String path) {
        return List.of(path.substring(1).split("/", -1));
    }

    private static boolean isParameter(String segment) {
        return segment.startsWith("{");
    }
}
