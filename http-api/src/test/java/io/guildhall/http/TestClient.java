package io.guildhall.http;

import static io.guildhall.Await.result;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.guildhall.http.endpoint.Contract;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.apache.pekko.http.javadsl.model.ContentTypes;
import org.apache.pekko.http.javadsl.model.HttpHeader;
import org.apache.pekko.http.javadsl.model.HttpMethods;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.model.headers.RawHeader;
import org.apache.pekko.stream.Materializer;

/** Sends requests without a socket and checks every response against the OpenAPI document. */
public record TestClient(
        Function<HttpRequest, CompletionStage<HttpResponse>> handler,
        Contract contract,
        Materializer materializer,
        HttpHeader... headers) {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    /** A response with its whole body. */
    public record Response(HttpResponse response, byte[] bytes) {
        public int status() {
            return response.status().intValue();
        }

        public String text() {
            return new String(bytes, StandardCharsets.UTF_8);
        }

        public JsonNode json() {
            try {
                return MAPPER.readTree(bytes);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        public String code() {
            return json().path("code").asText();
        }

        public Optional<String> header(String name) {
            return response.getHeader(name).map(HttpHeader::value);
        }

        public Response is(int status) {
            assertThat(status()).as(text()).isEqualTo(status);
            return this;
        }

        public Response is(int status, String code) {
            is(status);
            assertThat(code()).as(text()).isEqualTo(code);
            return this;
        }
    }

    public TestClient with(String name, String value) {
        var more = java.util.Arrays.copyOf(headers, headers.length + 1);
        more[headers.length] = RawHeader.create(name, value);
        return new TestClient(handler, contract, materializer, more);
    }

    public Response get(String path) {
        return send(HttpRequest.GET(path));
    }

    public Response post(String path, String json) {
        return send(HttpRequest.POST(path).withEntity(ContentTypes.APPLICATION_JSON, json));
    }

    public Response post(String path) {
        return send(HttpRequest.POST(path));
    }

    public Response put(String path, String json) {
        return send(HttpRequest.PUT(path).withEntity(ContentTypes.APPLICATION_JSON, json));
    }

    public Response delete(String path) {
        return send(HttpRequest.DELETE(path));
    }

    public Response send(HttpRequest request) {
        return result(begin(request));
    }

    public CompletionStage<Response> begin(HttpRequest bare) {
        var request = bare.addHeaders(java.util.List.of(headers));
        return handler.apply(request)
                .thenCompose(response -> response.entity()
                        .toStrict(10_000, materializer)
                        .thenApply(entity ->
                                new Response(response, entity.getData().toArray())))
                .thenApply(answer -> {
                    if (!request.method().equals(HttpMethods.OPTIONS)) check(request, answer);
                    return answer;
                });
    }

    private void check(HttpRequest request, Response answer) {
        contract.checkHeaders(
                request.method().name(),
                request.getUri().path(),
                answer.status(),
                name -> answer.header(name).isPresent());
        contract.check(
                request.method().name(),
                request.getUri().path(),
                answer.status(),
                answer.response().entity().getContentType().mediaType().toString(),
                answer.bytes());
    }
}
