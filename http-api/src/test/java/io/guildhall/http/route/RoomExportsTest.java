package io.guildhall.http.route;

import static io.guildhall.Await.result;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.guildhall.domain.account.Role;
import io.guildhall.domain.room.Room;
import io.guildhall.domain.room.RoomCommand;
import io.guildhall.http.TestClient;
import io.guildhall.port.FileKey;
import io.guildhall.port.FileStore.Outcome;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Members request exports of their rooms, read their progress, and download them. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RoomExportsTest {
    private final TestServer server = new TestServer();
    private final String client = TestServer.newId("acc");
    private final String freelancer = TestServer.newId("acc");
    private final String room = Room.id(server.contract(client, freelancer));
    private final String exports = "/api/rooms/" + room + "/exports";

    @TempDir
    Path folder;

    @AfterAll
    void close() {
        server.close();
    }

    private TestClient as(String account) {
        return server.as(Role.CLIENT, account);
    }

    private static String id(JsonNode export) {
        return export.path("id").asText();
    }

    /** Returns the path of the archive. */
    private String finish(String account, String exportId, Instant expiresAt) throws IOException {
        var key = new FileKey(account, FileKey.EXPORT, TestServer.newId("fil"), FileKey.Type.ZIP);
        var archive = Files.writeString(Files.createTempFile(folder, "archive", ".zip"), "PK3");
        assertThat(result(server.files.putLarge(key, archive))).isEqualTo(new Outcome.Done());
        server.exports.finish(exportId, key.id(), expiresAt);
        return "/api/rooms/" + room + "/files/" + key.id();
    }

    private static Instant tomorrow() {
        return Instant.now().plus(Duration.ofDays(1));
    }

    @Test
    void memberDownloadsFinishedExport() throws Exception {
        as(client)
                .post("/api/rooms/" + room + "/messages", "{\"text\": \"Hello\"}")
                .is(201);
        var requested = as(client).post(exports).is(202).json();
        assertThat(requested.path("state").asText()).isEqualTo("WAITING");
        assertThat(requested.path("messagesTotal").asLong()).isPositive();
        assertThat(requested.path("messagesDone").asLong()).isZero();
        assertThat(requested.has("archive")).isFalse();
        var path = finish(client, id(requested), tomorrow());
        var finished = as(client).get(exports + "/" + id(requested)).is(200).json();
        assertThat(finished.path("state").asText()).isEqualTo("FINISHED");
        assertThat(finished.path("archive").path("path").asText()).isEqualTo(path);
        var download = as(client).get(path).is(200).json();
        assertThat(download.path("mediaType").asText()).isEqualTo("application/zip");
        var link = URI.create(download.path("url").asText());
        var served = server.page(link.getRawPath() + "?" + link.getRawQuery());
        assertThat(served.text()).isEqualTo("PK3");
        assertThat(served.header("Content-Disposition").orElseThrow())
                .startsWith("attachment; filename=\"A room.zip\"");
        assertThat(served.header("X-Content-Type-Options")).contains("nosniff");
        var key = new FileKey(client, FileKey.EXPORT, path.substring(path.lastIndexOf('/') + 1), FileKey.Type.ZIP);
        server.anonymous.get("/api/files/" + key).is(404, "not-found");
    }

    @Test
    void exportBelongsToTheMemberWhoRequestedItWhileAMember() throws Exception {
        var own = Room.id(server.contract(client, freelancer));
        var requested =
                as(freelancer).post("/api/rooms/" + own + "/exports").is(202).json();
        var path = finish(freelancer, id(requested), tomorrow()).replace(room, own);
        as(freelancer).get(path).is(200);
        for (var other : new String[] {client, TestServer.newId("acc")}) {
            as(other).get("/api/rooms/" + own + "/exports/" + id(requested)).is(404, "not-found");
            as(other).get(path).is(404, "not-found");
        }
        as(freelancer).get(path.replace(own, room)).is(404, "not-found");
        server.execute(Room.AGGREGATE, own, new RoomCommand.RemoveMember("acc_admin", freelancer, "Abuse"));
        as(freelancer).get(path).is(404, "not-found");
        as(freelancer).get("/api/rooms/" + own + "/exports/" + id(requested)).is(404, "not-found");
        as(freelancer).post("/api/rooms/" + own + "/exports").is(404, "not-found");
    }

    @Test
    void readOnlyRoomCanBeExported() {
        var ended = Room.id(server.contract(client, freelancer));
        server.execute(Room.AGGREGATE, ended, new RoomCommand.MakeReadOnly());
        as(client).post("/api/rooms/" + ended + "/exports").is(202);
    }

    @Test
    void expiredExportCannotBeDownloaded() throws Exception {
        var requested = as(client).post(exports).is(202).json();
        var path = finish(client, id(requested), Instant.now().minusSeconds(1));
        as(client).get(path).is(404, "not-found");
    }

    @Test
    void limitsExportsOfADay() {
        var other = TestServer.newId("acc");
        var shared = "/api/rooms/" + Room.id(server.contract(client, other)) + "/exports";
        for (int i = 0; i < 10; i++) as(other).post(shared).is(202);
        as(other).post(shared).is(429, "too-many-requests");
    }
}
