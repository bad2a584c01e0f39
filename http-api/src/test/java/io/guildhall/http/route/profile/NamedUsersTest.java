package io.guildhall.http.route.profile;

import static io.guildhall.Await.result;
import static java.util.Objects.requireNonNull;
import static java.util.concurrent.CompletableFuture.completedFuture;
import static java.util.concurrent.CompletableFuture.failedFuture;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.guildhall.adapter.local.LocalFileStore;
import io.guildhall.projections.readmodel.Page;
import io.guildhall.projections.readmodel.profile.PublicUser;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NamedUsersTest {
    private record Inner(UserResource by) {}

    private record Item(
            String title,
            UserResource client,
            Optional<UserResource> freelancer,
            List<Inner> history,
            @JsonUnwrapped Inner unwrapped) {}

    @TempDir
    Path folder;

    private final Map<String, PublicUser> profiles = new HashMap<>();
    private final List<Collection<String>> queries = new ArrayList<>();
    private Instant now = Instant.parse("2026-01-02T03:04:05Z");
    private Function<Collection<String>, CompletionStage<List<PublicUser>>> source = this::find;
    private NamedUsers users;

    @BeforeEach
    void create() {
        var files = new LocalFileStore(folder, URI.create("http://localhost:8080"), "secret", () -> now);
        users = new NamedUsers(ids -> source.apply(ids), files, () -> now);
        rename("acc_ann", "Ann");
        rename("acc_ben", "Ben");
    }

    private void rename(String accountId, String name) {
        var picture = Optional.of(accountId + "/picture/fil_1.png");
        profiles.put(accountId, new PublicUser(accountId, name, accountId.substring(4), picture));
    }

    private CompletionStage<List<PublicUser>> find(Collection<String> ids) {
        queries.add(List.copyOf(ids));
        return completedFuture(ids.stream()
                .filter(profiles::containsKey)
                .map(it -> requireNonNull(profiles.get(it)))
                .toList());
    }

    private static UserResource user(String name) {
        return UserResource.of("acc_" + name);
    }

    private static Item item(String client, String freelancer) {
        return new Item(
                "A boat",
                user(client),
                Optional.of(user(freelancer)),
                List.of(new Inner(user(freelancer))),
                new Inner(user(client)));
    }

    private String write(Object value) {
        return new String(result(users.write(value)), StandardCharsets.UTF_8);
    }

    @Test
    void everyUserOfAPageIsNamedByOneQuery() {
        var json = write(new Page<>(List.of(item("ann", "ben"), item("ben", "ann")), Optional.empty()));
        assertThat(json.split("\"name\":\"Ann\"", -1)).as("four times").hasSize(5);
        assertThat(json.split("\"name\":\"Ben\"", -1)).hasSize(5);
        assertThat(json)
                .contains("\"accountId\":\"acc_ann\",\"name\":\"Ann\",\"handle\":\"ann\",\"picture\":{\"key\":");
        assertThat(queries).hasSize(1);
        assertThat(queries.getFirst()).containsExactlyInAnyOrder("acc_ann", "acc_ben");
    }

    @Test
    void aChangeOfNameIsShownSoon() {
        write(item("ann", "ben"));
        rename("acc_ann", "Annie");
        write(item("ann", "ben"));
        assertThat(queries).as("the second response needs no query").hasSize(1);
        now = now.plus(NamedUsers.MAX_AGE);
        assertThat(write(item("ann", "ben"))).contains("Annie").contains("Ben");
    }

    @Test
    void userWithoutProfileHasOnlyAnIdUntilTheProfileExists() {
        assertThat(write(user("cleo"))).isEqualTo("{\"accountId\":\"acc_cleo\"}");
        rename("acc_cleo", "Cleo");
        assertThat(write(user("cleo"))).contains("\"name\":\"Cleo\"");
    }

    @Test
    void responseHasNoNamesIfTheyCannotBeRead() {
        source = _ -> failedFuture(new IllegalStateException("the database is away"));
        assertThat(write(user("ann"))).isEqualTo("{\"accountId\":\"acc_ann\"}");
        source = _ -> new CompletableFuture<>();
        assertThat(write(user("ann"))).isEqualTo("{\"accountId\":\"acc_ann\"}");
    }

    @Test
    void resultWithoutUsersNeedsNoQuery() {
        assertThat(write(Map.of("a", 1))).isEqualTo("{\"a\":1}");
        assertThat(queries).isEmpty();
    }
}
