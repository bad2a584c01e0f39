package io.guildhall.projections.export.room;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.guildhall.domain.room.Attachment;
import io.guildhall.domain.room.Reaction;
import io.guildhall.domain.room.RoomEvent.MessageDeleted;
import io.guildhall.domain.room.RoomEvent.MessageEdited;
import io.guildhall.domain.room.RoomEvent.MessagePosted;
import io.guildhall.domain.room.RoomEvent.ReactionAdded;
import io.guildhall.domain.room.RoomEvent.SystemMessagePosted;
import io.guildhall.domain.room.SystemMessage;
import io.guildhall.port.FileKey;
import io.guildhall.projections.readmodel.room.MessageRow;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.LongStream;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.Test;

class RoomArchiveTest {
    private static final Instant AT = Instant.parse("2026-11-05T10:02:03Z");
    private static final String EVIL = "<script>alert(1)</script>";
    private static final ExportedRoom ROOM = new ExportedRoom(
            "rm_1",
            Optional.of("ctr_1"),
            Optional.of("Boat " + EVIL),
            new LinkedHashMap<>(Map.of("acc_ann", "Ann <b>", "acc_bob", "Bob")));

    private final List<MessageRow> rows = new ArrayList<>();
    private final List<String> reads = new ArrayList<>();
    private final Map<FileKey, byte[]> stored = new LinkedHashMap<>();
    private final List<Long> progress = new ArrayList<>();

    private final class Source implements RoomSource {
        @Override
        public ExportedRoom room(String roomId, String accountId) {
            return ROOM;
        }

        @Override
        public List<MessageRow> messages(String roomId, long first, long last) {
            reads.add(first + "-" + last);
            return LongStream.rangeClosed(first, last)
                    .mapToObj(it -> it <= rows.size() ? rows.get((int) it - 1) : posted(it, "Hello"))
                    .toList();
        }
    }

    private static MessageRow posted(long number, String text, Attachment... files) {
        var event = new MessagePosted(
                "msg_" + number,
                number,
                "acc_ann",
                text,
                number == 3 ? Optional.of(1L) : Optional.empty(),
                Optional.empty(),
                Optional.of(List.of(files)),
                AT);
        return MessageRow.posted("rm_1", event, number);
    }

    private static Attachment file(String id, String name) {
        return new Attachment(id, name, "application/octet-stream", 3);
    }

    private void store(String id, String content) {
        stored.put(
                new FileKey("acc_ann", FileKey.ATTACHMENT, id, FileKey.Type.BIN),
                content.getBytes(StandardCharsets.UTF_8));
    }

    private InputStream open(FileKey key) throws FileNotFoundException {
        var content = stored.get(key);
        if (content == null) throw new FileNotFoundException(key.toString());
        return new ByteArrayInputStream(content);
    }

    private void write(long messages, OutputStream output) throws IOException, SQLException {
        new RoomArchive(new Source(), this::open, "https://guildhall.example", progress::add)
                .write(ROOM, messages, AT, output);
    }

    private Map<String, String> entries(long messages) throws IOException, SQLException {
        var output = new ByteArrayOutputStream();
        write(messages, output);
        var entries = new LinkedHashMap<String, String>();
        try (var zip = new ZipInputStream(new ByteArrayInputStream(output.toByteArray()))) {
            for (var entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry())
                assertThat(entries.put(entry.getName(), new String(zip.readAllBytes(), StandardCharsets.UTF_8)))
                        .as(entry.getName())
                        .isNull();
        }
        return entries;
    }

    private static JsonNode json(Map<String, String> entries, String path) throws IOException {
        return new ObjectMapper().readTree(entries.get(path));
    }

    @Test
    void writesMessagesWithTheirMarks() throws Exception {
        rows.add(posted(1, "First"));
        rows.add(posted(2, "secret").after(new MessageDeleted("msg_2", 2, "chg_1", "acc_ann", AT), 9));
        rows.add(posted(3, "Frist")
                .after(new MessageEdited("msg_3", 3, "chg_2", "acc_ann", "Third *and* last", Optional.empty(), AT), 9)
                .after(new ReactionAdded("msg_3", 3, "chg_3", "acc_bob", Reaction.HEART, AT), 10));
        var funded = new SystemMessage(
                SystemMessage.Kind.MILESTONE_FUNDED,
                "ctr_1",
                Optional.of(2),
                "Hull",
                Optional.empty(),
                Optional.empty());
        rows.add(MessageRow.posted("rm_1", new SystemMessagePosted("sys_1", 4, funded, 7, AT), 4));
        var entries = entries(4);
        assertThat(entries.keySet())
                .containsExactly("index.html", "room.json", "messages/000001.json", "messages/000001.html");
        var html = entries.get("messages/000001.html");
        assertThat(html)
                .contains("This message was deleted on 5 November 2026, 10:02 UTC.")
                .contains("edited on 5 November 2026, 10:02 UTC")
                .contains("Third <em>and</em> last")
                .contains("reply to <a href=\"000001.html#m1\">#1</a>")
                .contains("❤️ Bob")
                .contains("<a href=\"https://guildhall.example/contracts/ctr_1\" rel=\"nofollow noopener\">")
                .contains("(milestone 2)")
                .doesNotContain("secret", "Frist");
        var messages = json(entries, "messages/000001.json");
        assertThat(messages.findValuesAsText("text"))
                .containsExactly("First", "", "Third *and* last", rows.get(3).text());
        assertThat(messages.path(1).has("deletedAt")).isTrue();
        assertThat(messages.path(2).path("editedAt").asText()).isEqualTo("2026-11-05T10:02:03Z");
        assertThat(messages.path(2).path("replyTo").asLong()).isEqualTo(1);
        assertThat(messages.path(2).path("reactions").path(0).path("name").asText())
                .isEqualTo("Bob");
        assertThat(messages.path(3).path("report").path("link").asText())
                .isEqualTo("https://guildhall.example/contracts/ctr_1");
        assertThat(json(entries, "room.json").path("members").path("acc_bob").asText())
                .isEqualTo("Bob");
    }

    @Test
    void whatUsersWroteIsNeverMarkup() throws Exception {
        rows.add(posted(
                1, EVIL + " [x](javascript:alert(2)) <img src=x onerror=alert(3)>", file("fil_1", "\"><i>.txt")));
        store("fil_1", "abc");
        for (var entry : entries(1).entrySet())
            if (entry.getKey().endsWith(".html"))
                assertThat(entry.getValue())
                        .as(entry.getKey())
                        .contains("default-src 'none'")
                        .doesNotContain("<script", "<img", "<i>", "Ann <b>")
                        .doesNotContainPattern("(href|src)=\"?javascript:");
    }

    @Test
    void filesStayInTheirFolderAndDoNotReplaceEachOther() throws Exception {
        var names = List.of(
                "../../evil.sh", "/etc/passwd", "a.txt", "A.TXT", "a.txt", "CON", "x\u202egpj.exe", "a\r\nb", "");
        var files = new ArrayList<Attachment>();
        for (var name : names) {
            files.add(file("fil_" + files.size(), name));
            store("fil_" + (files.size() - 1), "content " + (files.size() - 1));
        }
        rows.add(posted(1, "Look", files.toArray(Attachment[]::new)));
        rows.add(posted(2, "Again", file("fil_2", "n".repeat(300) + ".txt")));
        var entries = entries(2);
        var paths =
                entries.keySet().stream().filter(it -> it.startsWith("files/")).toList();
        assertThat(paths).hasSize(10).contains("files/1-3-a.txt", "files/1-4-A.TXT", "files/1-6-_CON");
        assertThat(paths.stream().map(String::toLowerCase)).doesNotHaveDuplicates();
        var root = Path.of("/unpacked/files");
        for (var path : paths) {
            assertThat(Path.of("/unpacked").resolve(path).normalize().getParent())
                    .isEqualTo(root);
            assertThat(path).doesNotContainPattern("[\\\\:\\p{Cntrl}\u202e]");
            assertThat(path.getBytes(StandardCharsets.UTF_8).length).isLessThanOrEqualTo(255);
        }
        assertThat(entries).containsEntry("files/1-3-a.txt", "content 2").containsEntry("files/1-5-a.txt", "content 4");
        assertThat(json(entries, "messages/000001.json").findValuesAsText("path"))
                .containsExactlyElementsOf(paths);
        assertThat(entries.get("messages/000001.html")).contains("href=\"../files/1-3-a.txt\" download");
    }

    @Test
    void namesFileThatDoesNotExistAnyMore() throws Exception {
        rows.add(posted(1, "", file("fil_lost", "plan.txt"), file("fil_1", "empty.txt")));
        store("fil_1", "");
        var entries = entries(1);
        assertThat(entries).containsEntry("files/1-2-empty.txt", "");
        assertThat(entries.get("messages/000001.html")).contains("plan.txt (no longer available)");
        var file = json(entries, "messages/000001.json").path(0).path("files").path(0);
        assertThat(file.has("path")).isFalse();
        assertThat(file.path("name").asText()).isEqualTo("plan.txt");
    }

    @Test
    void readsEachRangeOfManyMessagesOnceAndHoldsNoOther() throws Exception {
        write(5_203, OutputStream.nullOutputStream());
        assertThat(reads)
                .hasSize(11)
                .startsWith("1-500", "501-1000")
                .endsWith("5001-5203")
                .doesNotHaveDuplicates();
        assertThat(progress)
                .containsExactly(500L, 1000L, 1500L, 2000L, 2500L, 3000L, 3500L, 4000L, 4500L, 5000L, 5203L);
    }

    @Test
    void pagesLinkToEachOther() throws Exception {
        var entries = entries(1_001);
        assertThat(entries.get("index.html")).contains("messages/000003.html", "Messages 1001 to 1001");
        assertThat(entries.get("messages/000002.html")).contains("href=\"000001.html\"", "href=\"000003.html\"");
        assertThat(entries.get("messages/000003.html")).doesNotContain("Next page");
    }

    @Test
    void roomWithoutMessagesIsExported() throws Exception {
        assertThat(entries(0).keySet()).containsExactly("index.html", "room.json");
    }

    @Test
    void failsIfFileCannotBeReadNow() {
        rows.add(posted(1, "", file("fil_1", "plan.txt")));
        var archive = new RoomArchive(
                new Source(),
                _ -> {
                    throw new IOException("busy");
                },
                "https://guildhall.example",
                progress::add);
        assertThatThrownBy(() -> archive.write(ROOM, 1, AT, OutputStream.nullOutputStream()))
                .isInstanceOf(IOException.class)
                .hasMessage("busy");
    }
}
