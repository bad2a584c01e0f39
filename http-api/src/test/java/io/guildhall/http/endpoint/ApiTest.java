package io.guildhall.http.endpoint;

import static io.guildhall.Await.result;
import static io.guildhall.http.endpoint.Endpoint.get;
import static io.guildhall.http.endpoint.Endpoint.post;
import static io.guildhall.http.endpoint.Endpoint.put;
import static java.util.concurrent.CompletableFuture.completedFuture;
import static java.util.concurrent.CompletableFuture.failedFuture;
import static org.assertj.core.api.Assertions.assertThat;

import io.guildhall.actors.OtherVersionException;
import io.guildhall.adapter.local.LocalRateLimiter;
import io.guildhall.adapter.postgres.PostgresIdempotency;
import io.guildhall.domain.account.Role;
import io.guildhall.http.TestClient;
import io.guildhall.http.endpoint.Endpoint.Feature;
import io.guildhall.http.network.TrustedProxies;
import io.guildhall.http.text.SingleLine;
import io.guildhall.kernel.HmacSha256;
import io.guildhall.projections.readmodel.InvalidCursorException;
import io.guildhall.projections.readmodel.Page;
import io.guildhall.projections.store.Migrations;
import io.guildhall.testing.SettableClock;
import io.guildhall.testing.TestDatabase;
import io.guildhall.testing.TestSuspensions;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Positive;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.http.javadsl.model.ContentTypes;
import org.apache.pekko.http.javadsl.model.HttpHeader;
import org.apache.pekko.http.javadsl.model.HttpMethods;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.headers.RawHeader;
import org.apache.pekko.stream.SystemMaterializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The rules that apply to all endpoints, tested with a small API of pots. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ApiTest {
    record PotFields(
            @NotBlank @SingleLine(max = 40) String title,
            @Positive int amount) {}

    record Pot(String id, String title, int amount, long revision) implements Versioned {}

    private static final Query<Optional<String>> GLAZE = Query.text("glaze", 40, "Only pots with this glaze.");

    private static final AccountLimit SHARDS =
            AccountLimit.perMinute("shard", 2, "made too many shards").withBytesPerMinute(100);

    private final ActorTestKit kit = ActorTestKit.create();
    private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();
    private final SettableClock clock = new SettableClock();
    private final AtomicInteger created = new AtomicInteger();
    private final AtomicReference<CompletionStage<Pot>> next = new AtomicReference<>();
    private TestClient anyone;

    private List<Endpoint<?, ?>> endpoints() {
        return List.of(
                post("/api/pots", "Create a pot.")
                        .requires(Role.CLIENT)
                        .accepts(PotFields.class)
                        .returns(201, Pot.class)
                        .with(Feature.IDEMPOTENCY_KEY)
                        .problems(409, "kiln-full")
                        .handledBy(this::make),
                get("/api/pots", "List pots.")
                        .queries(GLAZE)
                        .returnsPageOf(Pot.class)
                        .handledBy(this::list),
                get("/api/pots/{potId}", "Get a pot.").returns(200, Pot.class).handledBy(ApiTest::show),
                put("/api/pots/{potId}", "Edit a pot.")
                        .requiresLogin()
                        .accepts(PotFields.class)
                        .returns(200, Pot.class)
                        .with(Feature.IF_MATCH)
                        .handledBy(ApiTest::change),
                post("/api/shards", "Create a shard.")
                        .requiresLogin()
                        .accepts(PotFields.class)
                        .with(Feature.IDEMPOTENCY_KEY)
                        .limited(SHARDS)
                        .handledBy(_ -> completedFuture(null)),
                get("/api/broken", "Fail with a bug.").returns(200, Pot.class).handledBy(_ -> {
                    throw new IllegalStateException("secret: table pots is on host 10.0.0.7");
                }),
                get("/api/slow", "Time out.")
                        .returns(200, Pot.class)
                        .handledBy(_ -> failedFuture(new TimeoutException("Ask timed out on [pekko://guildhall/x]"))));
    }

    @BeforeAll
    void open() {
        var database = TestDatabase.migrated(Migrations::run);
        var materializer = SystemMaterializer.get(kit.system()).materializer();
        var api = new Api(
                endpoints(),
                ApiTest::callerFromHeaders,
                new TestSuspensions(),
                new PostgresIdempotency(database, 7, InstantSource.system()),
                new AccountLimits(new LocalRateLimiter(clock), 2),
                ResultWriter.PLAIN,
                new HmacSha256("idempotency", "secret"),
                new Cors(Set.of("https://app.example.com")),
                SecurityHeaders.forData(true),
                TrustedProxies.NONE,
                Path.of(System.getProperty("java.io.tmpdir")),
                metrics,
                InstantSource.system(),
                materializer);
        anyone = new TestClient(api::handle, new Contract(endpoints()), materializer);
    }

    @AfterAll
    void close() {
        kit.shutdownTestKit();
    }

    /** Takes the caller from the headers of the request. */
    private static Optional<Caller> callerFromHeaders(HttpRequest request) {
        return request.getHeader("x-role")
                .map(role -> new Caller(
                        request.getHeader("x-account").map(HttpHeader::value).orElse("acc_1"),
                        "ses_1",
                        Set.of(Role.valueOf(role.value()))));
    }

    private TestClient client() {
        return anyone.with("x-role", "CLIENT");
    }

    private CompletionStage<Pot> make(Call<PotFields> call) {
        created.incrementAndGet();
        var prepared = next.getAndSet(null);
        return prepared != null
                ? prepared
                : completedFuture(new Pot(
                        call.newId("pot"), call.body().title(), call.body().amount(), 1));
    }

    private CompletionStage<Page<Pot>> list(Call<Void> call) {
        var page = call.page();
        if (page.cursor().filter("nonsense"::equals).isPresent()) return failedFuture(new InvalidCursorException());
        var pot = new Pot("pot_1", call.query(GLAZE).orElse("none"), page.limit(), 1);
        return completedFuture(
                new Page<>(List.of(pot), page.cursor().isPresent() ? Optional.empty() : Optional.of("c")));
    }

    private static CompletionStage<Pot> show(Call<Void> call) {
        return completedFuture(new Pot(call.pathId("potId", "pot"), "A pot", 1, 3));
    }

    private static CompletionStage<Pot> change(Call<PotFields> call) {
        if (call.expectedRevision() != 3)
            throw new Problem(412, "precondition-failed", "The pot was changed since you read it.");
        return completedFuture(new Pot("pot_1", call.body().title(), call.body().amount(), 4));
    }

    private static final String POT = "{\"title\": \"Jug\", \"amount\": 2}";

    @Test
    void rejectsCallersWithoutTokenOrRole() {
        anyone.post("/api/pots", POT).is(401, "unauthenticated");
        anyone.with("x-role", "FREELANCER").post("/api/pots", POT).is(403, "wrong-role");
        client().post("/api/pots", POT).is(201);
    }

    /** The limits are doubled: 4 requests and 200 bytes a minute. */
    @Test
    void limitsRequestsOfEachAccount() {
        var ann = client().with("x-account", "acc_limited");
        for (int i = 0; i < 4; i++) ann.post("/api/shards", POT).is(204);
        var refused = ann.post("/api/shards", POT).is(429, "too-many-requests");
        assertThat(refused.json().path("detail").asText()).isEqualTo("You have made too many shards. Try again later.");
        assertThat(refused.header("Retry-After")).contains("16");
        client().with("x-account", "acc_other").post("/api/shards", POT).is(204);
        clock.pass(Duration.ofSeconds(15));
        ann.post("/api/shards", POT).is(204);
        ann.post("/api/shards", POT).is(429, "too-many-requests");
    }

    @Test
    void limitsBytesOfEachAccount() {
        var ann = client().with("x-account", "acc_bytes");
        var long150 = POT + " ".repeat(150 - POT.length());
        ann.post("/api/shards", long150).is(204);
        var refused = ann.post("/api/shards", long150).is(429, "too-many-requests");
        assertThat(refused.header("Retry-After")).contains("31");
        ann.post("/api/shards", POT).is(204);
    }

    /** A repetition does nothing, so it needs no permit, and 429 is not the response for its key. */
    @Test
    void limitDoesNotApplyToRepetitions() {
        var ann = client().with("x-account", "acc_repeating");
        for (int i = 0; i < 4; i++)
            ann.with("Idempotency-Key", "s" + i).post("/api/shards", POT).is(204);
        ann.with("Idempotency-Key", "s3").post("/api/shards", POT).is(204);
        ann.with("Idempotency-Key", "s4").post("/api/shards", POT).is(429, "too-many-requests");
        clock.pass(Duration.ofMinutes(1));
        ann.with("Idempotency-Key", "s4").post("/api/shards", POT).is(204);
    }

    @Test
    void repeatedRequestGetsTheFirstResponseAndHasOneEffect() {
        int before = created.get();
        var first =
                client().with("Idempotency-Key", "k1").post("/api/pots", POT).is(201);
        var again =
                client().with("Idempotency-Key", "k1").post("/api/pots", POT).is(201);
        assertThat(again.text()).isEqualTo(first.text());
        assertThat(again.header("ETag")).isEqualTo(first.header("ETag")).contains("\"1\"");
        assertThat(created.get() - before).isEqualTo(1);
    }

    @Test
    void rejectsAKeyThatWasUsedForAnotherRequest() {
        client().with("Idempotency-Key", "k2").post("/api/pots", POT).is(201);
        client().with("Idempotency-Key", "k2")
                .post("/api/pots", "{\"title\": \"Mug\", \"amount\": 2}")
                .is(422, "idempotency-key-reused");
    }

    @Test
    void keysOfTwoCallersAreIndependent() {
        var first =
                client().with("Idempotency-Key", "k3").post("/api/pots", POT).is(201);
        var other = client().with("x-account", "acc_2")
                .with("Idempotency-Key", "k3")
                .post("/api/pots", POT)
                .is(201);
        assertThat(other.json().path("id")).isNotEqualTo(first.json().path("id"));
    }

    @Test
    void rejectsARepetitionWhileTheFirstIsInProgress() {
        var pending = new CompletableFuture<Pot>();
        next.set(pending);
        var caller = client().with("Idempotency-Key", "k4");
        var first = caller.begin(HttpRequest.POST("/api/pots").withEntity(ContentTypes.APPLICATION_JSON, POT));
        io.guildhall.Await.until(() -> assertThat(next.get()).isNull());
        var second = caller.post("/api/pots", POT).is(409, "request-in-progress");
        assertThat(second.header("Retry-After")).isPresent();
        pending.complete(new Pot("pot_4", "Jug", 2, 1));
        assertThat(result(first).is(201).text())
                .isEqualTo(caller.post("/api/pots", POT).is(201).text());
    }

    @Test
    void definiteProblemsAreStoredUnderTheKey() {
        int before = created.get();
        next.set(failedFuture(new Problem(409, "kiln-full", "The kiln is full. Wait for the next firing.")));
        client().with("Idempotency-Key", "k5").post("/api/pots", POT).is(409, "kiln-full");
        client().with("Idempotency-Key", "k5").post("/api/pots", POT).is(409, "kiln-full");
        assertThat(created.get() - before).isEqualTo(1);
    }

    @Test
    void requestWithUnknownOutcomeIsRepeatedWithTheSameIds() {
        var retrying = client().with("Idempotency-Key", "k6");
        next.set(failedFuture(new TimeoutException("no answer")));
        var unknown = retrying.post("/api/pots", POT).is(503, "outcome-unknown");
        assertThat(unknown.header("Retry-After")).isPresent();
        var id = retrying.post("/api/pots", POT).is(201).json().path("id").asText();
        assertThat(retrying.post("/api/pots", POT).json().path("id").asText()).isEqualTo(id);
    }

    @Test
    void requestThatAnotherVersionMustAnswerCanBeRepeated() {
        var retrying = client().with("Idempotency-Key", "k61");
        next.set(failedFuture(new OtherVersionException("pot pot_1 has the event pot.melted")));
        var refused = retrying.post("/api/pots", POT).is(503, "other-version");
        assertThat(refused.header("Retry-After")).isPresent();
        assertThat(refused.text()).doesNotContain("melted");
        retrying.post("/api/pots", POT).is(201);
    }

    @Test
    void rejectsIdempotencyKeysThatAreLongOrNotPrintable() {
        client().with("Idempotency-Key", "k".repeat(129)).post("/api/pots", POT).is(400, "bad-idempotency-key");
        client().with("Idempotency-Key", "a b").post("/api/pots", POT).is(400, "bad-idempotency-key");
    }

    @Test
    void editRequiresTheEtagThatWasRead() {
        var etag = anyone.get("/api/pots/pot_1").is(200).header("ETag").orElseThrow();
        client().with("If-Match", etag).put("/api/pots/pot_1", POT).is(200);
        client().put("/api/pots/pot_1", POT).is(428, "if-match-required");
        client().with("If-Match", "\"2\"").put("/api/pots/pot_1", POT).is(412, "precondition-failed");
        client().with("If-Match", "*").put("/api/pots/pot_1", POT).is(400, "bad-if-match");
        client().with("If-Match", "W/\"3\"").put("/api/pots/pot_1", POT).is(400, "bad-if-match");
        client().with("If-Match", "\"3\", \"4\"").put("/api/pots/pot_1", POT).is(400, "bad-if-match");
    }

    @Test
    void listsAreReturnedInPages() {
        var first = anyone.get("/api/pots?limit=7&glaze=ash").is(200).json();
        assertThat(first.path("items").path(0).path("amount").asInt()).isEqualTo(7);
        assertThat(first.path("items").path(0).path("title").asText()).isEqualTo("ash");
        var last = anyone.get("/api/pots?cursor=" + first.path("next").asText())
                .is(200)
                .json();
        assertThat(last.has("next")).isFalse();
        for (var limit : List.of("0", "101", "-1", "ten", "99999999999"))
            anyone.get("/api/pots?limit=" + limit).is(400, "bad-page");
        anyone.get("/api/pots?cursor=nonsense").is(400, "bad-cursor");
        anyone.get("/api/pots?glaze=" + "x".repeat(501)).is(400, "bad-query");
        anyone.get("/api/pots?glaze=a%00b").is(400, "bad-query");
    }

    @Test
    void unknownPathsIdsAndMethodsAreProblems() {
        anyone.get("/api/nowhere").is(404, "not-found");
        anyone.get("/api/pots/").is(404, "not-found");
        anyone.get("/api/pots/job_1").is(404, "not-found");
        anyone.get("/api/pots/pot_..%2F..%2Fetc").is(404, "not-found");
        var wrong = anyone.delete("/api/pots").is(405, "method-not-allowed");
        assertThat(wrong.header("Allow")).contains("GET, POST");
    }

    @Test
    void invalidFieldsAreListed() {
        var invalid =
                client().post("/api/pots", "{\"title\": \" \", \"amount\": 0}").is(422, "invalid");
        assertThat(invalid.json().path("errors").findValuesAsText("field")).containsExactly("amount", "title");
        client().post("/api/pots", "{\"title\": \"Jug\", \"amount\": 2, \"fee\": 0}")
                .is(400, "malformed");
        var send = HttpRequest.POST("/api/pots");
        client().send(send.withEntity(ContentTypes.TEXT_PLAIN_UTF8, POT)).is(415, "not-json");
        client().send(send).is(415, "not-json");
        client().send(send.withEntity(
                        ContentTypes.parse("application/json; charset=utf-8"), POT.getBytes(StandardCharsets.UTF_8)))
                .is(201);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "[]",
                "\"pot\"",
                "{",
                "{} {}",
                "{\"title\": 1, \"amount\": 2}",
                "{\"title\": [\"Jug\"], \"amount\": 2}",
                "{\"title\": \"Jug\", \"amount\": \"2\"}",
                "{\"title\": \"Jug\", \"amount\": 2.5}",
                "{\"title\": \"Jug\", \"amount\": 2, \"amount\": 3}",
                "{\"title\": \"Jug\", \"amount\": 1e999999999}",
                "{\"title\": \"Jug\", \"amount\": NaN}",
                "{\"title\": \"Ju\\u0000g\", \"amount\": 2}",
                "{\"title\": \"Ju\\u001bg\", \"amount\": 2}",
                "{\"title\": \"\\ud800\", \"amount\": 2}"
            })
    void rejectsMalformedBodiesWithoutNamingClasses(String body) {
        var refused = client().post("/api/pots", body).is(400, "malformed");
        assertThat(refused.text()).doesNotContain("io.guildhall", "java.", "jackson", "Exception");
    }

    @Test
    void boundsDepthAndLengthOfBodies() {
        client().post("/api/pots", "[".repeat(20_000)).is(400, "malformed");
        client().post("/api/pots", "{\"title\":".repeat(500) + "1" + "}".repeat(500))
                .is(400, "malformed");
        client().post("/api/pots", "{\"title\": \"Jug\", \"amount\": " + "9".repeat(5_000) + "}")
                .is(400, "malformed");
        var large = new byte[10 * 1024 * 1024];
        Arrays.fill(large, (byte) ' ');
        client().send(HttpRequest.POST("/api/pots").withEntity(ContentTypes.APPLICATION_JSON, large))
                .is(413, "too-large");
        client().send(HttpRequest.POST("/api/pots")
                        .withEntity(ContentTypes.APPLICATION_JSON, new byte[] {0, 0, 1, (byte) 0xff, (byte) 0xfe, 3}))
                .is(400, "malformed");
        client().send(HttpRequest.POST("/api/pots")
                        .withEntity(ContentTypes.APPLICATION_JSON, new byte[] {'{', '"', (byte) 0xc3, '"', '}'}))
                .is(400, "malformed");
    }

    @Test
    void keepsAHarmlessCorrelationId() {
        assertThat(anyone.with("X-Correlation-Id", "req-42").get("/api/pots").header("X-Correlation-Id"))
                .contains("req-42");
        var problem = anyone.with("X-Correlation-Id", "req-43").get("/api/nowhere");
        assertThat(problem.json().path("correlationId").asText()).isEqualTo("req-43");
        for (var hostile : List.of("a b", "x\r\nSet-Cookie: a=b", "x".repeat(65), "<script>", ""))
            assertThat(anyone.with("X-Correlation-Id", hostile)
                            .get("/api/pots")
                            .header("X-Correlation-Id")
                            .orElseThrow())
                    .isNotEqualTo(hostile)
                    .matches("[0-9a-f]{16}");
    }

    @Test
    void allowsOnlyConfiguredOrigins() {
        var friend = anyone.with("Origin", "https://app.example.com");
        assertThat(friend.get("/api/pots").header("Access-Control-Allow-Origin"))
                .contains("https://app.example.com");
        assertThat(friend.get("/api/nowhere").header("Access-Control-Allow-Origin"))
                .isPresent();
        var preflight =
                HttpRequest.OPTIONS("/api/pots").addHeader(RawHeader.create("Access-Control-Request-Method", "POST"));
        assertThat(friend.send(preflight).is(204).header("Access-Control-Allow-Methods"))
                .isPresent();
        var stranger = anyone.with("Origin", "https://evil.example");
        assertThat(stranger.get("/api/pots").header("Access-Control-Allow-Origin"))
                .isEmpty();
        assertThat(stranger.send(preflight).header("Access-Control-Allow-Methods"))
                .isEmpty();
        assertThat(stranger.get("/api/pots").header("Vary")).contains("Origin");
    }

    @Test
    void everyResponseHasSecurityHeaders() {
        for (var path : List.of("/api/pots", "/api/nowhere", "/api/broken")) {
            var answer = anyone.get(path);
            assertThat(answer.header("X-Content-Type-Options")).contains("nosniff");
            assertThat(answer.header("Content-Security-Policy").orElseThrow()).contains("frame-ancestors 'none'");
            assertThat(answer.header("Referrer-Policy")).contains("no-referrer");
            assertThat(answer.header("Strict-Transport-Security")).isPresent();
            assertThat(answer.header("Cache-Control")).contains("no-store");
        }
    }

    @Test
    void internalErrorsRevealNothing() {
        var broken = anyone.get("/api/broken").is(500, "internal");
        assertThat(broken.text()).doesNotContain("secret", "10.0.0.7", "IllegalState");
        assertThat(anyone.get("/api/slow").is(503, "outcome-unknown").text()).doesNotContain("pekko");
    }

    @Test
    void metricsAreLabelledByPathTemplate() {
        anyone.get("/api/pots/pot_77");
        anyone.get("/api/anything/at/all");
        anyone.send(HttpRequest.create("/api/pots").withMethod(HttpMethods.PATCH));
        assertThat(metrics.find("guildhall.http")
                        .tag("path", "/api/pots/{potId}")
                        .timers())
                .isNotEmpty();
        assertThat(metrics.find("guildhall.http").tag("path", "other").timers()).isNotEmpty();
        assertThat(metrics.find("guildhall.http").timers())
                .extracting(it -> it.getId().getTag("path"))
                .noneMatch(path -> path.contains("77") || path.contains("anything"));
    }

    @Test
    void documentHasPathsRolesConstraintsAndCodes() {
        var document = anyone.contract().document();
        var make = document.path("paths").path("/api/pots").path("post");
        assertThat(make.at("/security/0/token/0").asText()).isEqualTo("CLIENT");
        assertThat(document.at("/components/schemas/PotFields/properties/title/maxLength")
                        .asInt())
                .isEqualTo(40);
        assertThat(document.at("/components/schemas/PotFields/properties/amount/exclusiveMinimum")
                        .asInt())
                .isZero();
        assertThat(document.at("/components/schemas/Pot/required")).hasSize(4);
        assertThat(make.at("/responses/409/description").asText()).contains("kiln-full", "request-in-progress");
        assertThat(make.at("/parameters/0/name").asText()).isEqualTo("Idempotency-Key");
        assertThat(document.path("paths")
                        .path("/api/pots/{potId}")
                        .at("/get/parameters/0/in")
                        .asText())
                .isEqualTo("path");
        assertThat(document.path("paths")
                        .path("/api/pots")
                        .path("get")
                        .at("/parameters")
                        .findValuesAsText("name"))
                .containsExactly("glaze", "limit", "cursor");
    }
}
