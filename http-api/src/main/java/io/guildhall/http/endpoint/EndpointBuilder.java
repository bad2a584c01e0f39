package io.guildhall.http.endpoint;

import io.guildhall.domain.account.Role;
import io.guildhall.http.endpoint.Operation.ProblemCode;
import io.guildhall.projections.readmodel.Page;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.pekko.http.javadsl.model.HttpMethod;

/**
 * Describes an endpoint step by step, ending with {@link #handledBy}. Mutable and used once: each method returns the
 * builder to continue with.
 *
 * @param <B> the request body, Void for none
 * @param <A> the result of the handler, Void for none
 */
public final class EndpointBuilder<B, A> {
    private final Details details;
    private final Class<B> body;
    private final int status;
    private final Class<?> result;

    /** What does not depend on the types of body and result. */
    private static final class Details {
        private final HttpMethod method;
        private final String path;
        private final String summary;
        private final Set<Endpoint.Feature> features = EnumSet.noneOf(Endpoint.Feature.class);
        private final List<Query<?>> queries = new ArrayList<>();
        private final List<ProblemCode> problems = new ArrayList<>();
        private Access access = new Access.Public();
        private Optional<AccountLimit> limit = Optional.empty();

        private Details(HttpMethod method, String path, String summary) {
            this.method = method;
            this.path = path;
            this.summary = summary;
        }
    }

    private EndpointBuilder(Details details, Class<B> body, int status, Class<?> result) {
        this.details = details;
        this.body = body;
        this.status = status;
        this.result = result;
    }

    /** A public endpoint without bodies that responds with 204. */
    static EndpointBuilder<Void, Void> create(HttpMethod method, String path, String summary) {
        return new EndpointBuilder<>(new Details(method, path, summary), Void.class, 204, Void.class);
    }

    public EndpointBuilder<B, A> requires(Role role) {
        details.access = new Access.RoleRequired(role);
        return this;
    }

    public EndpointBuilder<B, A> requiresLogin() {
        details.access = new Access.Authenticated();
        return this;
    }

    public EndpointBuilder<B, A> with(Endpoint.Feature feature) {
        details.features.add(feature);
        return this;
    }

    /** Declares query parameters. Any other one in a request is rejected. */
    public EndpointBuilder<B, A> queries(Query<?>... declared) {
        for (var query : declared) {
            if (details.queries.stream().anyMatch(it -> it.name().equals(query.name())))
                throw new IllegalArgumentException(details.path + " declares " + query.name() + " twice");
            details.queries.add(query);
        }
        return this;
    }

    /** Limits how often an account can call it. */
    public EndpointBuilder<B, A> limited(AccountLimit limit) {
        details.limit = Optional.of(limit);
        return this;
    }

    /** Documents problems that the handler can respond with. */
    public EndpointBuilder<B, A> problems(int problemStatus, String... codes) {
        for (var code : codes) details.problems.add(new ProblemCode(problemStatus, code));
        return this;
    }

    /** A JSON request body, checked against the constraints of its record before the handler sees it. */
    public <T> EndpointBuilder<T, A> accepts(Class<T> type) {
        return new EndpointBuilder<>(details, type, status, result);
    }

    public <T> EndpointBuilder<B, T> returns(int successStatus, Class<T> type) {
        return new EndpointBuilder<>(details, body, successStatus, type);
    }

    /** Returns one page of a list, selected by {@code limit} and {@code cursor}. */
    public <T> EndpointBuilder<B, Page<T>> returnsPageOf(Class<T> item) {
        return new EndpointBuilder<B, Page<T>>(details, body, 200, item)
                .with(Endpoint.Feature.PAGED)
                .queries(Query.LIMIT, Query.CURSOR);
    }

    /** @throws IllegalArgumentException if the description contradicts itself */
    public Endpoint<B, A> handledBy(Endpoint.Handler<B, A> handler) {
        if (details.features.contains(Endpoint.Feature.IDEMPOTENCY_KEY) && details.access instanceof Access.Public)
            throw new IllegalArgumentException(
                    details.path + " accepts an idempotency key, which belongs to an account, and requires no login");
        if (details.limit.isPresent() && details.access instanceof Access.Public)
            throw new IllegalArgumentException(details.path + " has a limit for each account, and requires no login");
        var operation = new Operation<>(
                details.method,
                details.path,
                details.summary,
                details.access,
                Set.copyOf(details.features),
                List.copyOf(details.queries),
                List.copyOf(details.problems),
                body,
                status,
                result,
                details.limit);
        return new Endpoint<>(operation, handler);
    }
}
