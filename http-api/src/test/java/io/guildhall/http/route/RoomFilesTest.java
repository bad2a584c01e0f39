package io.guildhall.http.route;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.guildhall.domain.account.Role;
import io.guildhall.domain.room.Attachment;
import io.guildhall.domain.room.Room;
import io.guildhall.domain.room.RoomCommand;
import io.guildhall.domain.room.RoomEvent.MessageDeleted;
import io.guildhall.domain.room.RoomEvent.MessagePosted;
import io.guildhall.http.TestClient;
import io.guildhall.http.TestClient.Response;
import io.guildhall.http.route.room.ListedRoomResource;
import io.guildhall.port.FileKey;
import io.guildhall.port.FileStore;
import io.guildhall.projections.readmodel.room.MessageRow;
import io.guildhall.projections.readmodel.room.RoomListing;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.pekko.http.javadsl.model.ContentTypes;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Files are uploaded to a room, attached to its messages, and downloaded by its members. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RoomFilesTest {
    private static final byte[] PAGE = "<html><script>alert(1)</script>".getBytes(StandardCharsets.UTF_8);

    private final TestServer server = new TestServer();
    private final String client = TestServer.newId("acc");
    private final String freelancer = TestServer.newId("acc");

    @AfterAll
    void close() {
        server.close();
    }

    private TestClient as(String account) {
        return server.as(Role.CLIENT, account);
    }

    private String room() {
        return Room.id(server.contract(client, freelancer));
    }

    private static HttpRequest upload(String room, String name, byte[] content) {
        var query = URLEncoder.encode(name, StandardCharsets.UTF_8);
        return HttpRequest.POST("/api/rooms/" + room + "/files?name=" + query)
                .withEntity(ContentTypes.TEXT_HTML_UTF8, content);
    }

    private JsonNode uploaded(String account, String room, String name) {
        return as(account).send(upload(room, name, PAGE)).is(201).json();
    }

    private static String id(JsonNode file) {
        return file.path("id").asText();
    }

    private Response send(String account, String room, String text, String... fileIds) {
        var ids = Arrays.stream(fileIds).map(it -> "\"" + it + "\"").collect(Collectors.joining(", "));
        return as(account)
                .post(
                        "/api/rooms/" + room + "/messages",
                        "{\"text\": \"" + text + "\", \"attachments\": [" + ids + "]}");
    }

    /** Sends a message with the file, and lets members read it. Returns the id of the message. */
    private String attached(String account, String room, JsonNode file) {
        var sent = send(account, room, "", id(file)).is(201).json();
        assertThat(sent.path("attachments").path(0)).isEqualTo(file);
        var attachment = new Attachment(
                id(file),
                file.path("name").asText(),
                file.path("mediaType").asText(),
                file.path("bytes").asLong());
        var messageId = sent.path("id").asText();
        server.addMessage(
                room,
                new MessagePosted(
                        messageId,
                        1,
                        account,
                        "",
                        Optional.empty(),
                        Optional.empty(),
                        Optional.of(List.of(attachment)),
                        Instant.EPOCH));
        return messageId;
    }

    private Response file(JsonNode file, String account) {
        return as(account).get(file.path("path").asText());
    }

    private Response open(JsonNode download) {
        var link = URI.create(download.path("url").asText());
        return server.page(link.getRawPath() + "?" + link.getRawQuery());
    }

    @Test
    void membersDownloadAttachedFileAndNeverRenderIt() throws Exception {
        var room = room();
        var page = uploaded(client, room, "Bericht „März“ 100%.html");
        assertThat(page.path("mediaType").asText()).isEqualTo("application/octet-stream");
        assertThat(page.path("bytes").asLong()).isEqualTo(PAGE.length);
        assertThat(page.path("path").asText()).isEqualTo("/api/rooms/" + room + "/files/" + id(page));
        file(page, client).is(404, "not-found");
        var message = attached(client, room, page);
        var shown = as(freelancer)
                .get("/api/rooms/" + room + "/messages/" + message)
                .is(200);
        assertThat(shown.json().path("attachments").path(0)).isEqualTo(page);
        for (var member : List.of(client, freelancer)) {
            var served = open(file(page, member).is(200).json());
            assertThat(served.status()).isEqualTo(200);
            assertThat(served.bytes()).isEqualTo(PAGE);
            assertThat(served.response().entity().getContentType()).hasToString("application/octet-stream");
            assertThat(served.header("X-Content-Type-Options")).contains("nosniff");
            assertThat(served.header("Cache-Control")).contains("private, no-store");
            assertThat(served.header("Cross-Origin-Resource-Policy")).contains("same-origin");
            assertThat(served.header("Content-Security-Policy").orElseThrow()).contains("default-src 'none'");
            assertThat(served.header("Content-Disposition"))
                    .contains("attachment; filename=\"Bericht _M_rz_ 100_.html\"; "
                            + "filename*=UTF-8''Bericht%20%E2%80%9EM%C3%A4rz%E2%80%9C%20100%25.html");
        }
    }

    @Test
    void pictureIsDownloadedToo() {
        var room = room();
        var picture = as(client)
                .send(upload(room, "a.png", "\u0089PNG\r\n\u001a\n and".getBytes(StandardCharsets.ISO_8859_1)))
                .is(201)
                .json();
        attached(client, room, picture);
        var served = open(file(picture, freelancer).is(200).json());
        assertThat(served.response().entity().getContentType()).hasToString("image/png");
        assertThat(served.header("Content-Disposition").orElseThrow()).startsWith("attachment; ");
    }

    @Test
    void onlyMembersDownloadFilesOfTheRoom() {
        var room = room();
        var plan = uploaded(client, room, "plan.txt");
        attached(client, room, plan);
        file(plan, freelancer).is(200);
        file(plan, TestServer.newId("acc")).is(404, "not-found");
        server.as(Role.ADMIN, TestServer.newId("acc"))
                .get(plan.path("path").asText())
                .is(404, "not-found");
        var other = room();
        as(client).get("/api/rooms/" + other + "/files/" + id(plan)).is(404, "not-found");
        as(client).get("/api/rooms/" + room + "/files/fil_..").is(404, "not-found");
        server.execute(Room.AGGREGATE, room, new RoomCommand.RemoveMember("acc_admin", freelancer, "Abuse"));
        file(plan, freelancer).is(404, "not-found");
        as(freelancer).send(upload(room, "plan.txt", PAGE)).is(404, "not-found");
        file(plan, client).is(200);
        server.execute(Room.AGGREGATE, room, new RoomCommand.MakeReadOnly());
        file(plan, client).is(200);
        as(client).send(upload(room, "plan.txt", PAGE)).is(409, "room-read-only");
    }

    @Test
    void deletedMessageHidesItsFiles() {
        var room = room();
        var plan = uploaded(client, room, "plan.txt");
        var message = attached(client, room, plan);
        file(plan, freelancer).is(200);
        server.messages.computeIfPresent(
                message, (_, it) -> it.after(new MessageDeleted(message, 1, "chg_1", client, Instant.EPOCH), 3));
        assertThat(requireNonNull(server.messages.get(message)).isDeleted()).isTrue();
        file(plan, freelancer).is(404, "not-found");
        file(plan, client).is(404, "not-found");
    }

    @Test
    void attachesOnlyOwnFilesOfTheRoom() {
        var room = room();
        var foreign = id(uploaded(freelancer, room, "plan.txt"));
        send(client, room, "Look", foreign).is(422, "file-not-yours");
        var elsewhere = id(uploaded(client, room(), "plan.txt"));
        send(client, room, "Look", elsewhere).is(422, "file-not-yours");
        var own = id(uploaded(client, room, "plan.txt"));
        send(client, room, "Look", own, TestServer.newId("fil")).is(422, "file-not-yours");
        send(client, room, "Look", "../" + own).is(422, "file-not-yours");
        send(client, room, "Look", client + "/attachment/" + own + ".bin").is(400, "malformed");
        assertThat(posted(room)).isZero();
        var twice = send(client, room, "Look", own, own).is(201).json();
        assertThat(twice.path("attachments")).hasSize(1);
        assertThat(posted(room)).isOne();
    }

    private long posted(String room) {
        return server.execute(Room.AGGREGATE, room, new RoomCommand.RestoreMember("acc_admin", client))
                .findContent()
                .orElseThrow()
                .messageCount();
    }

    @Test
    void roomsThatGetOneUploadAtTheSameTimeDoNotShareIt() {
        var rooms = IntStream.range(0, 6).mapToObj(_ -> room()).toList();
        var plan = id(uploaded(client, rooms.get(3), "plan.txt"));
        var sent = rooms.parallelStream()
                .map(it -> send(client, it, "Look", plan).status())
                .toList();
        assertThat(sent).containsExactly(422, 422, 422, 201, 422, 422);
    }

    @Test
    void repeatedRequestsUploadAndSendOnce() {
        var room = room();
        var again = as(client).with("Idempotency-Key", "upload-1");
        var first = again.send(upload(room, "plan.txt", PAGE)).is(201).json();
        server.forgetStoredResponses();
        var second = again.send(upload(room, "plan.txt", PAGE)).is(201).json();
        assertThat(second).isEqualTo(first);
        again.send(upload(room, "plan.txt", "other".getBytes(StandardCharsets.UTF_8)))
                .is(422, "idempotency-key-reused");
        send(client, room, "Look", id(first)).is(201);
    }

    @Test
    void messageNeedsTextOrFile() {
        var room = room();
        send(client, room, " ").is(422, "nothing-said");
        as(client).post("/api/rooms/" + room + "/messages", "{}").is(422, "nothing-said");
        send(client, room, "", id(uploaded(client, room, "plan.txt"))).is(201);
        var file = id(uploaded(client, room, "sketch.txt"));
        var sent = as(client)
                .post("/api/rooms/" + room + "/messages", "{\"attachments\": [\"" + file + "\"]}")
                .is(201)
                .json();
        assertThat(sent.path("number").asLong()).isEqualTo(2);
        assertThat(Instant.parse(sent.path("sentAt").asText()))
                .isBefore(Instant.now().plusSeconds(1));
    }

    @Test
    void limitsFilesOfMessage() {
        var room = room();
        var ids = IntStream.rangeClosed(1, Attachment.MAX_PER_MESSAGE)
                .mapToObj(it -> id(uploaded(client, room, it + ".txt")))
                .toList();
        var all = send(client, room, "", ids.toArray(String[]::new)).is(201).json();
        assertThat(all.path("attachments"))
                .extracting(it -> it.path("id").asText())
                .isEqualTo(ids);
        var more = IntStream.rangeClosed(0, Attachment.MAX_PER_MESSAGE)
                .mapToObj(it -> "fil_" + it)
                .toArray(String[]::new);
        send(client, room, "", more).is(422, "invalid");
    }

    @Test
    void limitsUploads() {
        var room = room();
        as(client).send(upload(room, "empty.txt", new byte[0])).is(422, "empty-file");
        as(client)
                .send(upload(room, "large.txt", new byte[FileStore.MAX_BYTES]))
                .is(201);
        as(client)
                .send(upload(room, "larger.txt", new byte[FileStore.MAX_BYTES + 1]))
                .is(413, "too-large");
        as(client).send(upload(room, "a".repeat(201), PAGE)).is(400, "bad-query");
        as(client).send(upload(room, " ", PAGE)).is(400, "bad-query");
        var other = TestServer.newId("acc");
        var shared = Room.id(server.contract(client, other));
        for (int i = 0; i < 60; i++)
            as(other).send(upload(shared, "a.txt", PAGE)).is(201);
        as(other).send(upload(shared, "a.txt", PAGE)).is(429, "too-many-requests");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\r\nSet-Cookie: x.txt", "photo\u202egpj.exe", "\u0000.txt", "\u200b"})
    void rejectsNamesThatAreNotOneLine(String name) {
        as(client).send(upload(room(), name, PAGE)).is(400, "bad-query");
    }

    @ParameterizedTest
    @CsvSource({
        "../../etc/passwd, _.._etc_passwd",
        "CON.txt, _CON.txt",
        "photo\u200bgpj.exe, photogpj.exe",
        "'a Set-Cookie: x\";.txt', a Set-Cookie_ x_;.txt"
    })
    void makesHostileNamesSafe(String name, String safe) {
        var room = room();
        var file = uploaded(client, room, name);
        assertThat(file.path("name").asText()).isEqualTo(safe);
        attached(client, room, file);
        assertThat(open(file(file, freelancer).is(200).json())
                        .header("Content-Disposition")
                        .orElseThrow())
                .startsWith("attachment; filename=\"" + safe + "\"; ");
    }

    @Test
    void keyOfAttachmentGivesNoAccess() {
        var room = room();
        var plan = uploaded(client, room, "plan.txt");
        attached(client, room, plan);
        var key = new FileKey(client, FileKey.ATTACHMENT, id(plan), FileKey.Type.BIN);
        server.anonymous.get("/api/files/" + key).is(404, "not-found");
        as(client).get("/api/files/" + key).is(404, "not-found");
        var url = server.files.downloadLink(key, "plan.txt").toString();
        var link = URI.create(url);
        assertThat(server.page(link.getRawPath() + "?" + link.getRawQuery()).status())
                .isEqualTo(200);
        for (var forged : List.of(
                link.getRawPath(),
                link.getRawPath() + "?expires=9999999999&name=plan.txt&signature=00",
                link.getRawPath() + "?" + link.getRawQuery().replace("plan.txt", "plan.exe"),
                link.getRawPath() + "?" + link.getRawQuery().replace("name=plan.txt&", "")))
            assertThat(server.page(forged).status()).as(forged).isEqualTo(404);
    }

    @Test
    void roomListShowsNameOfFileOfMessageWithoutText() {
        var file = new Attachment("fil_1", "plan.pdf", "application/pdf", 7);
        assertThat(excerpt("", file)).isEqualTo("plan.pdf");
        assertThat(excerpt("Hello", file)).isEqualTo("Hello");
    }

    private String excerpt(String text, Attachment file) {
        var listing = SampleRows.room("rm_1");
        var last = new MessagePosted(
                "msg_1",
                1,
                client,
                text,
                Optional.empty(),
                Optional.empty(),
                Optional.of(List.of(file)),
                Instant.EPOCH);
        var room = new RoomListing(
                listing.roomId(),
                listing.kind(),
                listing.contractId(),
                listing.title(),
                listing.otherId(),
                Optional.of(MessageRow.posted("rm_1", last, 2)),
                listing.unread(),
                listing.activeAt());
        return ListedRoomResource.from(room).lastMessage().orElseThrow().excerpt();
    }
}
