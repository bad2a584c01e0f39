package io.guildhall.http.endpoint;

import java.util.concurrent.CompletionStage;
import org.apache.pekko.http.javadsl.model.HttpMethods;

/**
 * One operation of the API as a value. Routing, authorisation, validation and the OpenAPI document are all derived from
 * it, so they cannot disagree.
 */
public record Endpoint<B, A>(Operation<B> operation, Handler<B, A> handler) {

    /** Completes with the result, or fails with a {@link Problem}. Any other failure is a bug and becomes a 500. */
    @FunctionalInterface
    public interface Handler<B, A> {
        CompletionStage<A> handle(Call<B> call);
    }

    /** Capabilities of an endpoint beyond reading JSON and returning JSON. */
    public enum Feature {
        /**
         * Creates something or moves money: an Idempotency-Key is honoured. For accounts only, and not for a body with a
         * password: what is stored for a key contains the response and a fingerprint of the body.
         */
        IDEMPOTENCY_KEY,
        /** Edits a resource: If-Match with the ETag that was read is required. */
        IF_MATCH,
        /** The result is one page of a list. */
        PAGED,
        /**
         * The result is the same for all callers and changes with the program only: clients and proxies can store it for an
         * hour, and then ask with If-None-Match whether it is still current.
         */
        CACHEABLE,
        /** The body is passed to the handler as bytes, because its signature covers them. The handler checks it. */
        RAW_BODY,
        /** The body is a picture or a PDF. The handler checks whether it can have the detected type. */
        FILE_BODY,
        /** The body is a file of any type. */
        ANY_FILE_BODY,
        /**
         * Changes something, but starts nothing new: a suspended account can do it. Suspended accounts can also call
         * read-only endpoints that are not for admins, and endpoints without login.
         */
        OPEN_TO_SUSPENDED
    }

    public static EndpointBuilder<Void, Void> get(String path, String summary) {
        return EndpointBuilder.create(HttpMethods.GET, path, summary);
    }

    public static EndpointBuilder<Void, Void> post(String path, String summary) {
        return EndpointBuilder.create(HttpMethods.POST, path, summary);
    }

    public static EndpointBuilder<Void, Void> put(String path, String summary) {
        return EndpointBuilder.create(HttpMethods.PUT, path, summary);
    }

    public static EndpointBuilder<Void, Void> delete(String path, String summary) {
        return EndpointBuilder.create(HttpMethods.DELETE, path, summary);
    }
}
