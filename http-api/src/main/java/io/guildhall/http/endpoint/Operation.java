package io.guildhall.http.endpoint;

import io.guildhall.domain.account.Role;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.pekko.http.javadsl.model.HttpMethod;
import org.apache.pekko.http.javadsl.model.HttpMethods;

/**
 * The description of one endpoint: everything but its handler. Built by {@link EndpointBuilder}.
 *
 * @param path a template such as /api/orders/{orderId}
 * @param problems the problems that this endpoint names itself; {@link DocumentedProblems} adds those that follow from
 *     the rest
 * @param body the type of the JSON request body; Void for none
 * @param status the response's status on success
 * @param result the type of the JSON response body, or of one item if the result is a page; Void for none
 * @param limit how often an account can call it
 */
public record Operation<B>(
        HttpMethod method,
        String path,
        String summary,
        Access access,
        Set<Endpoint.Feature> features,
        List<Query<?>> queries,
        List<ProblemCode> problems,
        Class<B> body,
        int status,
        Class<?> result,
        Optional<AccountLimit> limit) {
    private static final Pattern PATH_PARAMETER = Pattern.compile("\\{(\\w+)}");

    /** A problem that an endpoint can respond with, by its stable code. */
    public record ProblemCode(int status, String code) {}

    /** The names of the path parameters, in order. */
    public List<String> pathParameters() {
        return PATH_PARAMETER
                .matcher(path)
                .results()
                .map(match -> match.group(1))
                .toList();
    }

    public boolean has(Endpoint.Feature feature) {
        return features.contains(feature);
    }

    /** Whether a suspended account can do it. */
    boolean isOpenToSuspended() {
        return switch (access) {
            case Access.Public _ -> true;
            case Access.RoleRequired(var role) when role == Role.ADMIN -> false;
            case Access.Authenticated _, Access.RoleRequired _ ->
                method.equals(HttpMethods.GET) || has(Endpoint.Feature.OPEN_TO_SUSPENDED);
        };
    }

    /** Whether the request body is JSON, and not bytes or a file. */
    boolean acceptsJson() {
        return body != Void.class && !has(Endpoint.Feature.RAW_BODY) && !acceptsFile();
    }

    /** Whether a request can have no body, which means {@code {}}: no field of the body is required. */
    boolean isBodyOptional() {
        return method.equals(HttpMethods.POST)
                && acceptsJson()
                && body.isRecord()
                && Stream.of(body.getRecordComponents()).allMatch(it -> it.getType() == Optional.class);
    }

    boolean acceptsFile() {
        return has(Endpoint.Feature.FILE_BODY) || has(Endpoint.Feature.ANY_FILE_BODY);
    }
}
