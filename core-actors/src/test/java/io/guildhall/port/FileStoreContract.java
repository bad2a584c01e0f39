package io.guildhall.port;

import static io.guildhall.Await.result;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.guildhall.port.FileStore.Outcome;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Tests for every file store. */
public abstract class FileStoreContract {
    protected static final byte[] PICTURE = "\u0089PNG\r\n\u001a\n and the rest".getBytes(StandardCharsets.ISO_8859_1);

    protected abstract FileStore store();

    /** Opens a link as a browser does. Returns empty if it is rejected or the file does not exist. */
    protected abstract Optional<byte[]> open(URI link) throws IOException, InterruptedException;

    protected abstract void letPass(Duration time);

    protected final FileKey key = new FileKey(
            "acc_ann", "picture", "fil_" + UUID.randomUUID().toString().replace("-", ""), FileKey.Type.PNG);

    @TempDir
    Path temporary;

    /** A file to store, as an upload is received. */
    protected Path file(byte[] content) throws IOException {
        return Files.write(Files.createTempFile(temporary, "upload-", ".part"), content);
    }

    private void isDone(Outcome outcome) {
        assertThat(outcome).isEqualTo(new Outcome.Done());
    }

    @Test
    void readsStoredFileThroughLink() throws Exception {
        isDone(result(store().put(key, file(PICTURE))));
        assertThat(open(store().link(key))).contains(PICTURE);
    }

    @Test
    void storesFileOfMaximumSizeAndLeavesTheOriginal() throws Exception {
        var content = Arrays.copyOf(PICTURE, FileStore.MAX_BYTES);
        new Random(1).nextBytes(content);
        System.arraycopy(PICTURE, 0, content, 0, PICTURE.length);
        var original = file(content);
        isDone(result(store().put(key, original)));
        assertThat(open(store().link(key))).contains(content);
        assertThat(original).hasBinaryContent(content);
    }

    @Test
    void reportsUnavailableIfTheFileCannotBeRead() {
        assertThat(result(store().put(key, temporary.resolve("missing")))).isInstanceOf(Outcome.Unavailable.class);
    }

    @Test
    void repeatedPutChangesNothing() throws Exception {
        isDone(result(store().put(key, file(PICTURE))));
        isDone(result(store().put(key, file(PICTURE))));
        assertThat(open(store().link(key))).contains(PICTURE);
    }

    @Test
    void linkExpires() throws Exception {
        isDone(result(store().put(key, file(PICTURE))));
        var link = store().link(key);
        letPass(FileStore.LINK_LIFETIME.minusSeconds(5));
        assertThat(open(link)).contains(PICTURE);
        letPass(FileStore.LINK_LIFETIME.plusSeconds(10));
        assertThat(open(link)).isEmpty();
        assertThat(open(store().link(key))).contains(PICTURE);
    }

    @Test
    void linkOpensItsOwnFileOnly() throws Exception {
        var other = new FileKey("acc_bob", "picture", key.id(), FileKey.Type.PNG);
        isDone(result(store().put(key, file(PICTURE))));
        isDone(result(store().put(other, file(PICTURE))));
        var forged = URI.create(store().link(key).toString().replace("acc_ann", "acc_bob"));
        assertThat(open(forged)).isEmpty();
        var unsigned = URI.create(store().link(key).toString().replaceAll("signature=[^&]*", "signature=00"));
        assertThat(open(unsigned)).isEmpty();
    }

    /** The key of an attachment. */
    protected FileKey privateKey(FileKey.Type type) {
        return new FileKey("acc_ann", FileKey.ATTACHMENT, key.id(), type);
    }

    @ParameterizedTest
    @EnumSource(FileKey.Type.class)
    void downloadsPrivateFileThroughLinkThatExpires(FileKey.Type type) throws Exception {
        var attachment = privateKey(type);
        isDone(result(store().put(attachment, file(PICTURE))));
        var link = store().downloadLink(attachment, "plan.pdf");
        letPass(FileStore.DOWNLOAD_LINK_LIFETIME.minusSeconds(5));
        assertThat(open(link)).contains(PICTURE);
        letPass(FileStore.DOWNLOAD_LINK_LIFETIME.plusSeconds(10));
        assertThat(open(link)).isEmpty();
        isDone(result(store().delete(attachment)));
        assertThat(open(store().downloadLink(attachment, "plan.pdf"))).isEmpty();
    }

    @Test
    void storesAndReadsLargeFile() throws Exception {
        var archive = new FileKey("acc_ann", FileKey.EXPORT, key.id(), FileKey.Type.ZIP);
        var content = new byte[2 * FileStore.MAX_BYTES + 1];
        new Random(2).nextBytes(content);
        isDone(result(store().putLarge(archive, file(content))));
        try (var stored = store().read(archive)) {
            assertThat(stored.readAllBytes()).isEqualTo(content);
        }
        assertThat(open(store().downloadLink(archive, "room.zip"))).contains(content);
        isDone(result(store().putLarge(archive, file(PICTURE))));
        try (var stored = store().read(archive)) {
            assertThat(stored.readAllBytes()).as("replaced").isEqualTo(PICTURE);
        }
    }

    @Test
    void readsAttachmentAndReportsMissingOne() throws Exception {
        isDone(result(store().put(privateKey(FileKey.Type.PDF), file(PICTURE))));
        try (var stored = store().read(privateKey(FileKey.Type.PDF))) {
            assertThat(stored.readAllBytes()).isEqualTo(PICTURE);
        }
        assertThatThrownBy(() -> store().read(privateKey(FileKey.Type.BIN)).close())
                .isInstanceOf(FileNotFoundException.class);
    }

    @Test
    void givesNoLastingLinkToPrivateFile() {
        assertThatThrownBy(() -> store().link(privateKey(FileKey.Type.PNG)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void deletesFileAndAcceptsRepeatedDeletion() throws Exception {
        isDone(result(store().put(key, file(PICTURE))));
        var link = store().link(key);
        isDone(result(store().delete(key)));
        isDone(result(store().delete(key)));
        assertThat(open(link)).isEmpty();
    }

    @Test
    void linkToMissingFileReturnsNothing() throws Exception {
        assertThat(open(store().link(key))).isEmpty();
    }
}
