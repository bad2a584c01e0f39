package io.guildhall.adapter.cloudinary;

import static io.guildhall.Await.result;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.guildhall.port.FileStore;
import io.guildhall.port.FileStore.Outcome;
import io.guildhall.port.FileStoreContract;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class CloudinaryFileStoreTest extends FileStoreContract {
    private FakeCloudinary cloudinary;
    private CloudinaryFileStore store;
    private Instant now = Instant.now();

    @BeforeEach
    void start() throws IOException {
        cloudinary = new FakeCloudinary(() -> now);
        store = with(FakeCloudinary.SECRET);
    }

    private CloudinaryFileStore with(String secret) {
        var account = URI.create("cloudinary://" + FakeCloudinary.KEY + ":" + secret + "@" + FakeCloudinary.CLOUD);
        return new CloudinaryFileStore(account, cloudinary.url(), () -> now);
    }

    @AfterEach
    void stop() {
        cloudinary.close();
    }

    @Override
    protected FileStore store() {
        return store;
    }

    @Override
    protected Optional<byte[]> open(URI link) throws IOException, InterruptedException {
        try (var http = HttpClient.newHttpClient()) {
            var response = http.send(HttpRequest.newBuilder(link).build(), HttpResponse.BodyHandlers.ofByteArray());
            return Optional.of(response.body()).filter(_ -> response.statusCode() == 200);
        }
    }

    @Override
    protected void letPass(Duration time) {
        now = now.plus(time);
    }

    @Test
    void reportsUnavailableIfServerIsBusyOrRejectsCredentials() throws IOException {
        cloudinary.status = 500;
        assertThat(result(store.put(key, file(PICTURE)))).isInstanceOf(Outcome.Unavailable.class);
        cloudinary.status = 200;
        assertThat(result(with("wrong").put(key, file(PICTURE))))
                .isInstanceOfSatisfying(
                        Outcome.Unavailable.class, it -> assertThat(it.error()).doesNotContain("wrong"));
    }

    @Test
    void doesNotRepeatInvalidAccountInErrorMessage() {
        assertThatThrownBy(() -> new CloudinaryFileStore(URI.create("https://key:hidden@x"), () -> now))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageNotContaining("hidden");
    }
}
