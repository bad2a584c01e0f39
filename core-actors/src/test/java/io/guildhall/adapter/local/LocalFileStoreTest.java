package io.guildhall.adapter.local;

import static io.guildhall.Await.result;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.guildhall.port.FileKey;
import io.guildhall.port.FileStore;
import io.guildhall.port.FileStore.LinkParameters;
import io.guildhall.port.FileStore.Outcome;
import io.guildhall.port.FileStore.StoredFile;
import io.guildhall.port.FileStoreContract;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalFileStoreTest extends FileStoreContract {
    @TempDir
    Path folder;

    private Instant now = Instant.parse("2026-01-01T00:00:00Z");

    @Override
    protected FileStore store() {
        return with("secret");
    }

    private LocalFileStore with(String secret) {
        return new LocalFileStore(folder, URI.create("https://guildhall.example"), secret, () -> now);
    }

    @Override
    protected Optional<byte[]> open(URI link) {
        return open(link, "secret");
    }

    private Optional<byte[]> open(URI link, String secret) {
        var query = new HashMap<String, String>();
        for (var pair : link.getQuery().split("&")) query.put(pair.split("=")[0], pair.split("=")[1]);
        var key = FileKey.parseAny(link.getPath().substring("/files/".length())).orElseThrow();
        var parameters = new LinkParameters(
                requireNonNull(query.get("expires")),
                query.getOrDefault("name", ""),
                requireNonNull(query.get("signature")));
        return result(with(secret).open(key, parameters)).map(LocalFileStoreTest::content);
    }

    private static byte[] content(StoredFile file) {
        try {
            assertThat(file.content()).hasSize(file.bytes());
            return Files.readAllBytes(file.content());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    protected void letPass(Duration time) {
        now = now.plus(time);
    }

    @Test
    void rejectsLinkSignedWithAnotherSecret() throws IOException {
        result(store().put(key, file(PICTURE)));
        assertThat(open(with("other").link(key))).isEmpty();
    }

    @Test
    void rejectsInvalidExpiry() throws IOException {
        result(store().put(key, file(PICTURE)));
        for (var expires : new String[] {"", "-1", "99999999999999999999", "soon"})
            assertThat(result(store().open(key, new LinkParameters(expires, "", "00"))))
                    .isEmpty();
    }

    @Test
    void signsTheNameOfPrivateFile() throws IOException {
        var plan = privateKey(FileKey.Type.BIN);
        result(store().put(plan, file(PICTURE)));
        var link = store().downloadLink(plan, "plan & “draft” + 100%.txt");
        assertThat(link.getQuery()).contains("name=plan & “draft” + 100%.txt");
        assertThat(open(store().downloadLink(plan, "plan.txt"))).contains(PICTURE);
        var renamed = store().downloadLink(plan, "plan.txt").toString().replace("plan.txt", "plan.exe");
        assertThat(open(URI.create(renamed))).isEmpty();
        var unnamed = store().downloadLink(plan, "plan.txt").toString().replace("name=plan.txt&", "");
        assertThat(open(URI.create(unnamed))).isEmpty();
    }

    @Test
    void leavesNoFileAfterFailedWrite() throws Exception {
        Files.createDirectories(folder.resolve("acc_ann"));
        Files.writeString(folder.resolve("acc_ann/picture"), "in the way");
        assertThat(result(store().put(key, file(PICTURE)))).isInstanceOf(Outcome.Unavailable.class);
        try (var all = Files.walk(folder)) {
            assertThat(all.filter(Files::isRegularFile)).hasSize(1);
        }
    }
}
