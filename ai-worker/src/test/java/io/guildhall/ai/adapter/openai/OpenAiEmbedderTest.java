package io.guildhall.ai.adapter.openai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.guildhall.ai.adapter.local.LocalEmbedder;
import io.guildhall.ai.adapter.local.Pooling;
import io.guildhall.ai.adapter.openai.FakeOpenAi.Behaviour;
import io.guildhall.ai.port.Embedder;
import io.guildhall.ai.port.Embedder.Purpose;
import io.guildhall.ai.port.Embedder.Rejected;
import io.guildhall.ai.port.Embedder.Result;
import io.guildhall.ai.port.Embedder.Unavailable;
import io.guildhall.ai.port.Embedder.WrongDimension;
import io.guildhall.ai.port.EmbedderContract;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OpenAiEmbedderTest implements EmbedderContract {
    private static final int RETRIES = 2;
    private static LocalEmbedder local;
    private static FakeOpenAi server;
    private static OpenAiEmbedder embedder;

    @BeforeAll
    static void open() throws IOException {
        Duration minute = Duration.ofMinutes(1);
        local = new LocalEmbedder(new LocalEmbedder.Settings(Pooling.MEAN, 1, 1_024, minute, minute, minute));
        server = new FakeOpenAi(local);
        embedder = at(server.baseUrl(), FakeOpenAi.KEY, minute);
    }

    @AfterAll
    static void close() {
        embedder.close();
        server.close();
        local.close();
    }

    @AfterEach
    void behaveNormally() {
        server.behave(new Behaviour.Normal());
    }

    @Override
    public Embedder embedder() {
        return embedder;
    }

    @Test
    void requestsModelAndDimensionOfTheIndex() {
        server.behave(new Behaviour.Normal());
        vector(PIANO);
        assertThat(server.requests()).singleElement().satisfies(request -> {
            assertThat(request.get("model").textValue()).isEqualTo("text-embedding-3-small");
            assertThat(request.get("dimensions").intValue()).isEqualTo(Embedder.DIMENSION);
            assertThat(request.get("input").get(0).textValue()).isEqualTo(PIANO);
        });
    }

    @Test
    void blankTextIsNotSent() {
        server.behave(new Behaviour.Normal());
        embed(Purpose.QUERY, List.of("\u200b"));
        assertThat(server.requests()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {408, 409, 429, 500, 502, 503})
    void temporaryFailuresAreRetried(int status) {
        server.behave(new Behaviour.Failing(status, RETRIES));
        assertThat(vector(PIANO)).hasSize(Embedder.DIMENSION);
        assertThat(server.requests()).hasSize(RETRIES + 1);
    }

    @ParameterizedTest
    @ValueSource(ints = {408, 409, 429, 500, 502, 503})
    void persistentFailureIsUnavailableAfterTheRetries(int status) {
        server.behave(new Behaviour.Failing(status, Integer.MAX_VALUE));
        assertThat(embed(Purpose.DOCUMENT, List.of(PIANO)))
                .isInstanceOfSatisfying(
                        Unavailable.class,
                        failure -> assertThat(failure.reason())
                                .contains("" + status)
                                .doesNotContain(FakeOpenAi.KEY));
        assertThat(server.requests()).hasSize(RETRIES + 1);
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 403, 404, 413, 422})
    void rejectedRequestsAreNotRetried(int status) {
        server.behave(new Behaviour.Failing(status, Integer.MAX_VALUE));
        assertThat(embed(Purpose.DOCUMENT, List.of(PIANO))).isInstanceOfSatisfying(Rejected.class, rejected -> {
            assertThat(rejected.status()).isEqualTo(status);
            assertThat(rejected.reason()).doesNotContain(FakeOpenAi.KEY);
        });
        assertThat(server.requests()).hasSize(1);
    }

    @Test
    void wrongKeyIsRejectedAndNeverPrinted() {
        String wrong = "sk-wrong-987654321";
        var printed = new ByteArrayOutputStream();
        PrintStream out = System.out;
        PrintStream err = System.err;
        var stream = new PrintStream(printed, true, StandardCharsets.UTF_8);
        System.setOut(stream);
        System.setErr(stream);
        try (OpenAiEmbedder other = at(server.baseUrl(), wrong, Duration.ofSeconds(20))) {
            Result result = other.embed(Purpose.QUERY, List.of(PIANO))
                    .toCompletableFuture()
                    .join();
            assertThat(result)
                    .isInstanceOfSatisfying(
                            Rejected.class,
                            rejected -> assertThat(rejected.status()).isEqualTo(401));
            System.out.println(result);
        } finally {
            System.setOut(out);
            System.setErr(err);
        }
        assertThat(printed.toString(StandardCharsets.UTF_8))
                .contains("rejects the key")
                .doesNotContain("sk-");
        assertThat(OpenAiSettings.standard(server.baseUrl(), wrong).toString()).doesNotContain("sk-");
    }

    @Test
    void settingsRequireAKey() {
        assertThatThrownBy(() -> OpenAiSettings.standard(server.baseUrl(), " "))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 383, 385, 1536})
    void otherDimensionIsAFailure(int dimension) {
        server.behave(new Behaviour.OtherDimension(dimension));
        assertThat(embed(Purpose.DOCUMENT, List.of(PLUMBER, PIANO)))
                .isEqualTo(new WrongDimension(Embedder.DIMENSION, dimension));
    }

    @Test
    void serverWithoutResponseIsUnavailableAfterTheTimeout() throws Exception {
        Duration timeout = Duration.ofMillis(400);
        try (FakeOpenAi silent = new FakeOpenAi(local);
                OpenAiEmbedder impatient = at(silent.baseUrl(), FakeOpenAi.KEY, timeout)) {
            silent.behave(new Behaviour.Silent());
            long start = System.nanoTime();
            assertThat(impatient
                            .embed(Purpose.QUERY, List.of(PIANO))
                            .toCompletableFuture()
                            .get(20, TimeUnit.SECONDS))
                    .isInstanceOf(Unavailable.class);
            assertThat(Duration.ofNanos(System.nanoTime() - start))
                    .isBetween(timeout.dividedBy(2), timeout.multipliedBy(10));
        }
    }

    @Test
    void unreachableServerIsUnavailable() throws IOException {
        URI gone;
        try (FakeOpenAi closed = new FakeOpenAi(local)) {
            gone = closed.baseUrl();
        }
        try (OpenAiEmbedder other = at(gone, FakeOpenAi.KEY, Duration.ofSeconds(20))) {
            assertThat(other.embed(Purpose.QUERY, List.of(PIANO))
                            .toCompletableFuture()
                            .join())
                    .isEqualTo(new Unavailable("the embedding server cannot be reached"));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "<html>",
                "{}",
                "{\"object\":\"list\",\"data\":[]}",
                "{\"object\":\"list\",\"data\":[{\"object\":\"embedding\",\"index\":7,\"embedding\":[1]}]}",
                "{\"object\":\"list\",\"data\":[{\"object\":\"embedding\",\"index\":0,\"embedding\":[]}]}",
                "{\"object\":\"list\",\"data\":[{\"object\":\"embedding\",\"index\":0,\"embedding\":[0,0]}]}",
                "{\"object\":\"list\",\"data\":[{\"object\":\"embedding\",\"index\":0,\"embedding\":[null]}]}",
                "{\"object\":\"list\",\"data\":[{\"object\":\"embedding\",\"index\":0,\"embedding\":\"x\"}]}"
            })
    void invalidResponseIsUnavailable(String body) {
        server.behave(new Behaviour.FixedBody(body));
        assertThat(embed(Purpose.DOCUMENT, List.of(PIANO))).isInstanceOf(Unavailable.class);
    }

    private static OpenAiEmbedder at(URI baseUrl, String key, Duration timeout) {
        return new OpenAiEmbedder(
                new OpenAiSettings(baseUrl, key, "text-embedding-3-small", timeout, timeout, RETRIES, 2));
    }
}
