package io.guildhall.http.route;

import static org.assertj.core.api.Assertions.assertThat;

import io.guildhall.domain.account.Role;
import io.guildhall.http.TestClient;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import org.apache.pekko.http.javadsl.model.ContentTypes;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.headers.RawHeader;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Upload of files, and their way into profiles and gigs. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FileTest {
    private static final byte[] PICTURE = "\u0089PNG\r\n\u001a\n and the rest".getBytes(StandardCharsets.ISO_8859_1);
    private static final String PROFILE = """
            {"headline": "I draw", "bio": "", "skills": [], "picture": "%s", "location": "Lisbon",
             "languages": [{"code": "pt", "level": "NATIVE"}], "availability": {"state": "PARTLY", "hoursPerWeek": 20},
             "portfolio": [{"title": "A sign", "text": "For a bakery", "files": ["%s"]}]}""";

    private final TestServer server = new TestServer();

    @AfterAll
    void close() {
        server.close();
    }

    private static HttpRequest upload(String purpose, byte[] content) {
        return HttpRequest.POST("/api/files?purpose=" + purpose)
                .withEntity(ContentTypes.APPLICATION_OCTET_STREAM, content);
    }

    private TestClient as(String account) {
        return server.as(Role.FREELANCER, account);
    }

    @Test
    void uploadedPictureIsShownInProfileAndServed() throws Exception {
        var ann = TestServer.newId("acc");
        server.createProfile(ann);
        var uploaded = as(ann).send(upload("picture", PICTURE)).is(201).json();
        var key = uploaded.path("key").asText();
        assertThat(key).startsWith(ann + "/picture/").endsWith(".png");
        as(ann).with("If-Match", "\"1\"")
                .put("/api/me/profile", PROFILE.formatted(key, key))
                .is(200);
        var profile = server.anonymous.get("/api/profiles/" + ann).is(200).json();
        assertThat(profile.path("location").asText()).isEqualTo("Lisbon");
        assertThat(profile.path("portfolio")
                        .path(0)
                        .path("files")
                        .path(0)
                        .path("key")
                        .asText())
                .isEqualTo(key);
        assertThat(profile.has("hints")).isFalse();
        var link = URI.create(profile.path("picture").path("url").asText());
        var served = server.page(link.getRawPath() + "?" + link.getRawQuery());
        assertThat(served.bytes()).isEqualTo(PICTURE);
        assertThat(served.response().entity().getContentType().toString()).isEqualTo("image/png");
        assertThat(served.header("X-Content-Type-Options")).contains("nosniff");
        assertThat(served.header("Content-Security-Policy").orElseThrow()).contains("default-src 'none'");
        assertThat(server.page(link.getRawPath() + "?expires=1&signature=00").status())
                .isEqualTo(404);
        assertThat(server.page(link.getRawPath()).status()).isEqualTo(404);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "none",
            value = {
                "bytes=0-3      | 206 | bytes 0-3/21   | 0  | 4",
                "bytes=8-       | 206 | bytes 8-20/21  | 8  | 21",
                "bytes=20-99    | 206 | bytes 20-20/21 | 20 | 21",
                "bytes=-4       | 206 | bytes 17-20/21 | 17 | 21",
                "bytes=-99      | 206 | bytes 0-20/21  | 0  | 21",
                "bytes=21-      | 416 | bytes */21     | 0  | 0",
                "bytes=-0       | 416 | bytes */21     | 0  | 0",
                "bytes=4-3      | 200 | none           | 0  | 21",
                "bytes=0-1,3-4  | 200 | none           | 0  | 21",
                "lines=0-1      | 200 | none           | 0  | 21",
                "bytes=-        | 200 | none           | 0  | 21"
            })
    void servesTheRequestedRange(String range, int status, @Nullable String contentRange, int from, int to) {
        var link = URI.create(as(TestServer.newId("acc"))
                .send(upload("gig", PICTURE))
                .is(201)
                .json()
                .path("url")
                .asText());
        var request = HttpRequest.GET(link.getRawPath() + "?" + link.getRawQuery())
                .addHeader(RawHeader.create("Range", range));
        var part = server.page(request);
        assertThat(part.status()).isEqualTo(status);
        assertThat(part.header("Content-Range")).isEqualTo(Optional.ofNullable(contentRange));
        assertThat(part.header("Accept-Ranges")).contains("bytes");
        assertThat(part.bytes()).isEqualTo(Arrays.copyOfRange(PICTURE, from, to));
        assertThat(server.page(request.addHeader(RawHeader.create("If-Range", "\"1\"")))
                        .bytes())
                .isEqualTo(PICTURE);
    }

    @Test
    void ownerSeesHintsForAnIncompleteProfile() {
        var ann = TestServer.newId("acc");
        server.createProfile(ann);
        var own = as(ann).get("/api/me/profile").is(200).json();
        assertThat(own.path("hints").path(0).path("code").asText()).isEqualTo("headline");
        assertThat(own.path("hints").path(0).path("reason").asText()).isNotEmpty();
    }

    @Test
    void rejectsFilesOfOtherAccountsInProfile() {
        var ann = TestServer.newId("acc");
        server.createProfile(ann);
        var foreignKey = "acc_bob/picture/fil_1.png";
        as(ann).with("If-Match", "\"1\"")
                .put("/api/me/profile", PROFILE.formatted(foreignKey, foreignKey))
                .is(422, "file-not-yours");
    }

    @Test
    void rejectsFilesByTheirContent() {
        var ann = as(TestServer.newId("acc"));
        ann.send(upload("picture", "<svg onload=alert(1)>".getBytes(StandardCharsets.UTF_8)))
                .is(415, "bad-file-type");
        ann.send(upload("picture", "%PDF-1.7".getBytes(StandardCharsets.UTF_8))).is(415, "bad-file-type");
        ann.send(upload("portfolio", "%PDF-1.7".getBytes(StandardCharsets.UTF_8)))
                .is(201);
        ann.send(upload("passport", PICTURE)).is(400, "bad-purpose");
        ann.send(upload("picture", new byte[9 * 1024 * 1024])).is(413, "too-large");
    }

    @Test
    void limitsUploadsPerHour() {
        var ann = as(TestServer.newId("acc"));
        for (int i = 0; i < 60; i++) ann.send(upload("gig", PICTURE)).is(201);
        ann.send(upload("gig", PICTURE)).is(429, "too-many-requests");
    }

    @Test
    void givesLinkToFileByItsKey() {
        var key = as(TestServer.newId("acc"))
                .send(upload("gig", PICTURE))
                .is(201)
                .json()
                .path("key")
                .asText();
        var link = URI.create(server.anonymous
                .get("/api/files/" + key)
                .is(200)
                .json()
                .path("url")
                .asText());
        assertThat(server.page(link.getRawPath() + "?" + link.getRawQuery()).bytes())
                .isEqualTo(PICTURE);
        server.anonymous.get("/api/files/acc_1/gig/passwd").is(404, "not-found");
    }
}
