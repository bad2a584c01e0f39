package io.guildhall.http.endpoint;

import io.guildhall.domain.account.Role;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.pekko.http.javadsl.model.HttpMethod;
import org.apache.pekko.http.javadsl.model.HttpMethods;

/**
 * One operation of the API as a value. The route, the authorisation, the validation and the OpenAPI document are all read off it, so
 * they cannot disagree.
 */
public record Endpoint<B, A>(Shape<B, A> shape, Handler<B, A> handler) {

    /** Answers, or fails with a {@link Problem}; any other failure is a defect and becomes a 500. */
    @FunctionalInterface
    public interface Handler<B, A> {
        CompletionStage<A> handle(Call<B> call);
    }

    /** What of a request's ways there is, besides reading. */
    public enum Trait {
        /** Creates or pays: an Idempotency-Key is honoured. */
        IDEMPOTENCY_KEY,
        /** Edits what was read before: If-Match is required. */
        IF_MATCH,
        /** The answer is a page of a list. */
        PAGED,
        /** The body is taken as bytes, for its signature; the handler checks it. */
        RAW_BODY,
        /** The body is a file; the handler looks at what it is. */
        FILE_BODY
    }

    /** A named value behind the question mark. */
    public record Query(String name, String description) {}

    /** A refusal that this endpoint may give, by its stable code. */
    public record Refusal(int status, String code) {}

    /**
     * @param path a template such as /api/orders/{orderId}
     * @param body what it takes as JSON; Void for nothing
     * @param answer what it gives as JSON on success, an item of it where it is paged; Void for nothing
     */
    public record Shape<B, A>(
            HttpMethod method,
            String path,
            String summary,
            Access access,
            List<Trait> traits,
            List<Query> queries,
            List<Refusal> refusals,
            Class<B> body,
            int success,
            Class<?> answer) {

        private static final Pattern PARAMETER = Pattern.compile("\\{(\\w+)}");

        /** The names of its path parameters, in order. */
        public List<String> parameters() {
            return PARAMETER
                    .matcher(path)
                    .results()
                    .map(found -> found.group(1))
                    .toList();
        }

        public boolean is(Trait trait) {
            return traits.contains(trait);
        }

        public Shape<B, A> by(Role role) {
            return with(new Access.Holding(role));
        }

        public Shape<B, A> byAnyoneLoggedIn() {
            return with(new Access.LoggedIn());
        }

        private Shape<B, A> with(Access changed) {
            return new Shape<>(method, path, summary, changed, traits, queries, refusals, body, success, answer);
        }

        public Shape<B, A> with(Trait trait) {
            return new Shape<>(
                    method, path, summary, access, plus(traits, trait), queries, refusals, body, success, answer);
        }

        public Shape<B, A> asks(String name, String description) {
            return new Shape<>(
                    method,
                    path,
                    summary,
                    access,
                    traits,
                    plus(queries, new Query(name, description)),
                    refusals,
                    body,
                    success,
                    answer);
        }

        public Shape<B, A> refuses(int status, String... codes) {
            var more = new ArrayList<>(refusals);
            Stream.of(codes).map(code -> new Refusal(status, code)).forEach(more::add);
            return new Shape<>(method, path, summary, access, traits, queries, more, body, success, answer);
        }

        public <T> Shape<T, A> takes(Class<T> type) {
            return new Shape<>(method, path, summary, access, traits, queries, refusals, type, success, answer);
        }

        public <T> Shape<B, T> gives(int status, Class<T> type) {
            return new Shape<>(method, path, summary, access, traits, queries, refusals, body, status, type);
        }

        /** A page of a list, by {@code limit} and {@code cursor}. */
        public <T> Shape<B, io.guildhall.projections.readmodel.Page<T>> givesPageOf(Class<T> item) {
            return new Shape<B, io.guildhall.projections.readmodel.Page<T>>(
                            method,
                            path,
                            summary,
                            access,
                            plus(traits, Trait.PAGED),
                            queries,
                            refusals,
                            body,
                            200,
                            item)
                    .asks("limit", "items at most, 1 to 100")
                    .asks("cursor", "where the page before ended")
                    .refuses(400, "bad-page", "bad-cursor");
        }

        public Endpoint<B, A> handledBy(Handler<B, A> handler) {
            return new Endpoint<>(this, handler);
        }

        private static <T> List<T> plus(List<T> list, T one) {
            return Stream.concat(list.stream(), Stream.of(one)).toList();
        }
    }

    public static Shape<Void, Void> get(String path, String summary) {
        return shape(HttpMethods.GET, path, summary);
    }

    public static Shape<Void, Void> post(String path, String summary) {
        return shape(HttpMethods.POST, path, summary);
    }

    public static Shape<Void, Void> put(String path, String summary) {
        return shape(HttpMethods.PUT, path, summary);
    }

    public static Shape<Void, Void> delete(String path, String summary) {
        return shape(HttpMethods.DELETE, path, summary);
    }

    private static Shape<Void, Void> shape(HttpMethod method, String path, String summary) {
        return new Shape<>(
                method,
                path,
                summary,
                new Access.Anyone(),
                List.of(),
                List.of(),
                List.of(),
                Void.class,
                204,
                Void.class);
    }
}
