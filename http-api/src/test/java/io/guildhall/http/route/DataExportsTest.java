package io.guildhall.http.route;

import static io.guildhall.Await.result;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.guildhall.domain.account.Role;
import io.guildhall.domain.dataexport.DataExports;
import io.guildhall.domain.dataexport.DataExportsCommand.RecordFailed;
import io.guildhall.domain.dataexport.DataExportsCommand.RecordFinished;
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

/** Accounts request exports of their data, read their progress, and download them. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DataExportsTest {
    private static final String EXPORTS = "/api/me/data-exports";
    private static final String PASSWORD = "{\"currentPassword\": \"" + TestServer.PASSWORD + "\"}";
    private static final String OTHER_PASSWORD = "{\"currentPassword\": \"not my password\"}";

    private final TestServer server = new TestServer();

    @TempDir
    Path folder;

    @AfterAll
    void close() {
        server.close();
    }

    private String register() {
        var account = TestServer.newId("acc");
        server.registerAccount(account);
        return account;
    }

    private TestClient as(String account) {
        return server.as(Role.CLIENT, account);
    }

    private JsonNode request(String account) {
        return as(account).post(EXPORTS, PASSWORD).is(202).json();
    }

    private static String id(JsonNode export) {
        return export.path("id").asText();
    }

    private String finished(String account, Instant expiresAt) throws IOException {
        var id = id(request(account));
        var key = new FileKey(account, FileKey.EXPORT, TestServer.newId("fil"), FileKey.Type.ZIP);
        var archive = Files.writeString(Files.createTempFile(folder, "archive", ".zip"), "PK3");
        assertThat(result(server.files.putLarge(key, archive))).isEqualTo(new Outcome.Done());
        server.dataExports.finish(account, id, key.id(), expiresAt);
        server.execute(DataExports.AGGREGATE, account, new RecordFinished(account, id));
        return id;
    }

    private static Instant tomorrow() {
        return Instant.now().plus(Duration.ofDays(1));
    }

    @Test
    void exportIsRequestedWithThePasswordAndShownAtOnce() {
        var account = register();
        as(account).post(EXPORTS, OTHER_PASSWORD).is(403, "wrong-password");
        as(account).post(EXPORTS, "{}").is(422, "invalid");
        var requested = request(account);
        assertThat(requested.path("state").asText()).isEqualTo("WAITING");
        assertThat(as(account).get(EXPORTS + "/" + id(requested)).is(200).json())
                .isEqualTo(requested);
        as(account).post(EXPORTS, PASSWORD).is(409, "export-in-progress");
        as(register()).get(EXPORTS + "/" + id(requested)).is(404, "not-found");
    }

    @Test
    void limitsExportsOfADay() {
        var account = register();
        for (int i = 0; i < DataExports.MAX_PER_DAY; i++)
            server.execute(DataExports.AGGREGATE, account, new RecordFailed(account, id(request(account))));
        as(account).post(EXPORTS, PASSWORD).is(429, "too-many-requests");
    }

    @Test
    void onlyItsAccountDownloadsTheExportWithThePassword() throws Exception {
        var account = register();
        var path = EXPORTS + "/" + finished(account, tomorrow());
        assertThat(as(account).get(EXPORTS).is(200).json().path("items").findValuesAsText("state"))
                .containsExactly("FINISHED");
        var shown = as(account).get(path).is(200).json();
        assertThat(shown.toString()).as("no link without the password").doesNotContain("http", "fil_");
        as(account).post(path + "/download-link", OTHER_PASSWORD).is(403, "wrong-password");
        as(register()).post(path + "/download-link", PASSWORD).is(404, "not-found");
        var link = URI.create(as(account)
                .post(path + "/download-link", PASSWORD)
                .is(200)
                .json()
                .path("url")
                .asText());
        var served = server.page(link.getRawPath() + "?" + link.getRawQuery());
        assertThat(served.text()).isEqualTo("PK3");
        assertThat(served.header("Content-Disposition").orElseThrow())
                .startsWith("attachment; filename=\"Guildhall data 2026-11-05.zip\"");
        assertThat(server.page(link.getRawPath() + "?" + link.getRawQuery().replace("signature=", "signature=0"))
                        .status())
                .isEqualTo(404);
    }

    @Test
    void expiredOrUnfinishedExportHasNoLink() throws Exception {
        var account = register();
        var expired = finished(account, Instant.now().minusSeconds(1));
        as(account).post(EXPORTS + "/" + expired + "/download-link", PASSWORD).is(409, "export-not-finished");
        var running = id(request(account));
        as(account).post(EXPORTS + "/" + running + "/download-link", PASSWORD).is(409, "export-not-finished");
    }

    @Test
    void passwordCannotBeGuessed() {
        var account = register();
        for (int i = 0; i < 20; i++) as(account).post(EXPORTS, OTHER_PASSWORD).is(403, "wrong-password");
        as(account).post(EXPORTS, PASSWORD).is(429, "too-many-requests");
    }

    @Test
    void suspendedAccountCanExportItsData() {
        var account = register();
        server.suspended.add(account);
        request(account);
    }
}
