package io.guildhall.ai.adapter.openai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.guildhall.ai.adapter.local.LocalEmbedder;
import io.guildhall.ai.adapter.local.Pooling;
import io.guildhall.ai.adapter.openai.FakeOpenAi.Mood;
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
    void well() {
        server.is(new Mood.Well());
    }

    @Override
    public Embedder embedder() {
        return embedder;
    }

    @Test
    void asksForTheModelAndTheDimensionOfTheIndex() {
        server.is(new Mood.Well());
        vector(PIANO);
        assertThat(server.asked()).singleElement().satisfies(request -> {
            assertThat(request.get("model").textValue()).isEqualTo("text-embedding-3-small");
            assertThat(request.get("dimensions").intValue()).isEqualTo(Embedder.DIMENSION);
            assertThat(request.get("input").get(0).textValue()).isEqualTo(PIANO);
        });
    }

    @Test
    void asksNobodyWhereThereIsNothingToRead() {
        server.is(new Mood.Well());
        embed(Purpose.QUERY, List.of("\u200b"));
        assertThat(server.asked()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {408, 409, 429, 500, 502, 503})
    void whatMayPassIsTriedAgain(int status) {
        server.is(new Mood.Failing(status, RETRIES));
        assertThat(vector(PIANO)).hasSize(Embedder.DIMENSION);
        assertThat(server.asked()).hasSize(RETRIES + 1);
    }

    @ParameterizedTest
    @ValueSource(ints = {408, 409, 429, 500, 502, 503})
    void whatDoesNotPassIsUnavailableAfterSoManyTries(int status) {
        server.is(new Mood.Failing(status, Integer.MAX_VALUE));
        assertThat(embed(Purpose.DOCUMENT, List.of(PIANO)))
                .isInstanceOfSatisfying(
                        Unavailable.class,
                        failure -> assertThat(failure.reason())
                                .contains("" + status)
                                .doesNotContain(FakeOpenAi.KEY));
        assertThat(server.asked()).hasSize(RETRIES + 1);
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 403, 404, 413, 422})
    void whatTheServerWillNotHaveIsNotTriedAgain(int status) {
        server.is(new Mood.Failing(status, Integer.MAX_VALUE));
        assertThat(embed(Purpose.DOCUMENT, List.of(PIANO))).isInstanceOfSatisfying(Rejected.class, refused -> {
            assertThat(refused.status()).isEqualTo(status);
            assertThat(refused.reason()).doesNotContain(FakeOpenAi.KEY);
        });
        assertThat(server.asked()).hasSize(1);
    }

    @Test
    void aWrongKeyIsRefusedAndNeverShown() {
        String wrong = "sk-wrong-987654321";
        var shown = new ByteArrayOutputStream();
        PrintStream out = System.out;
        PrintStream err = System.err;
        var both = new PrintStream(shown, true, StandardCharsets.UTF_8);
        System.setOut(both);
        System.setErr(both);
        try (OpenAiEmbedder other = at(server.baseUrl(), wrong, Duration.ofSeconds(20))) {
            Result answer = other.embed(Purpose.QUERY, List.of(PIANO))
                    .toCompletableFuture()
                    .join();
            assertThat(answer)
                    .isInstanceOfSatisfying(
                            Rejected.class,
                            refused -> assertThat(refused.status()).isEqualTo(401));
            System.out.println(answer);
        } finally {
            System.setOut(out);
            System.setErr(err);
        }
        assertThat(shown.toString(StandardCharsets.UTF_8))
                .contains("does not accept the key")
                .doesNotContain("sk-");
        assertThat(OpenAiSettings.standard(server.baseUrl(), wrong).toString()).doesNotContain("sk-");
    }

    @Test
    void aSettingWithoutKeyIsAFault() {
        assertThatThrownBy(() -> OpenAiSettings.standard(server.baseUrl(), " "))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 383, 385, 1536})
    void anotherDimensionIsAClearFailure(int dimension) {
        server.is(new Mood.OfDimension(dimension));
        assertThat(embed(Purpose.DOCUMENT, List.of(PLUMBER, PIANO)))
                .isEqualTo(new WrongDimension(Embedder.DIMENSION, dimension));
    }

    @Test
    void aServerThatDoesNotAnswerIsUnavailableInTime() throws Exception {
        Duration time = Duration.ofMillis(400);
        try (FakeOpenAi silent = new FakeOpenAi(local);
                OpenAiEmbedder hasty = at(silent.baseUrl(), FakeOpenAi.KEY, time)) {
            silent.is(new Mood.Silent());
            long from = System.nanoTime();
            assertThat(hasty.embed(Purpose.QUERY, List.of(PIANO))
                            .toCompletableFuture()
                            .get(20, TimeUnit.SECONDS))
                    .isInstanceOf(Unavailable.class);
            assertThat(Duration.ofNanos(System.nanoTime() - from)).isBetween(time.dividedBy(2), time.multipliedBy(10));
        }
    }

    @Test
    void aServerThatIsNotThereIsUnavailable() throws IOException {
        URI gone;
        try (FakeOpenAi closed = new FakeOpenAi(local)) {
            gone = closed.baseUrl();
        }
        try (OpenAiEmbedder other = at(gone, FakeOpenAi.KEY, Duration.ofSeconds(20))) {
            assertThat(other.embed(Purpose.QUERY, List.of(PIANO))
                            .toCompletableFuture()
                            .join())
                    .isEqualTo(new Unavailable("the model's server cannot be reached"));
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
    void anAnswerThatDoesNotFitTheQuestionIsUnavailable(String body) {
        server.is(new Mood.Saying(body));
        assertThat(embed(Purpose.DOCUMENT, List.of(PIANO))).isInstanceOf(Unavailable.class);
    }

    private static OpenAiEmbedder at(URI baseUrl, String key, Duration time) {
        return new OpenAiEmbedder(new OpenAiSettings(baseUrl, key, "text-embedding-3-small", time, time, RETRIES, 2));
    }
}
