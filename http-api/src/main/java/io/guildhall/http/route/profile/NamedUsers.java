package io.guildhall.http.route.profile;

import static java.util.concurrent.CompletableFuture.completedFuture;

import io.guildhall.http.endpoint.Json;
import io.guildhall.http.endpoint.ResultWriter;
import io.guildhall.port.FileStore;
import io.guildhall.projections.readmodel.profile.PublicUser;
import io.guildhall.projections.readmodel.profile.PublicUsers;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Adds name, handle and picture to the users that resources name, with one query for all users of a response. A user is
 * not read again within {@link #MAX_AGE}, so a change is shown after this time at the latest. If the names cannot be
 * read, responses have account ids only, since the request has had its effect.
 */
public final class NamedUsers implements ResultWriter {
    static final Duration MAX_AGE = Duration.ofSeconds(5);
    private static final int MAX_CACHED = 20_000;
    /** After this time, a response has no names. */
    private static final Duration TIMEOUT = Duration.ofSeconds(1);

    private static final Logger LOG = LoggerFactory.getLogger(NamedUsers.class);

    private record Cached(UserResource user, Instant readAt) {}

    private final PublicUsers users;
    private final FileStore files;
    private final InstantSource clock;
    private final Map<String, Cached> cache = new ConcurrentHashMap<>();

    public NamedUsers(PublicUsers users, FileStore files, InstantSource clock) {
        this.users = users;
        this.files = files;
        this.clock = clock;
    }

    /** The names for values that are written later. */
    public static final class Names {
        private final UserResource.Known known;

        private Names(Map<String, UserResource> byId) {
            this.known = new UserResource.Known(byId);
        }

        public byte[] write(Object value) {
            return Json.write(value, UserResource.Known.class, known);
        }
    }

    @Override
    public CompletionStage<byte[]> write(Object result) {
        return namesIn(List.of(result)).thenApply(it -> it.write(result));
    }

    /** Completes with the names of all users in these values; without the names of users that cannot be read now. */
    public CompletionStage<Names> namesIn(List<?> values) {
        var accountIds = UserFinder.accountIds(values);
        var known = new HashMap<String, UserResource>();
        var missing = new ArrayList<String>();
        var oldest = clock.instant().minus(MAX_AGE);
        for (var accountId : accountIds) {
            var cached = cache.get(accountId);
            if (cached != null && cached.readAt.isAfter(oldest)) known.put(accountId, cached.user);
            else missing.add(accountId);
        }
        if (missing.isEmpty()) return completedFuture(new Names(known));
        return read(missing).thenApply(found -> {
            found.forEach(it -> known.put(it.accountId(), it));
            return new Names(known);
        });
    }

    private CompletionStage<List<UserResource>> read(List<String> accountIds) {
        return completedFuture(accountIds)
                .thenCompose(users::find)
                .orTimeout(TIMEOUT.toMillis(), TimeUnit.MILLISECONDS)
                .thenApply(this::remember)
                .exceptionally(failure -> {
                    LOG.warn("The names of users cannot be read, responses are without them: {}", failure.toString());
                    return List.of();
                });
    }

    private List<UserResource> remember(List<PublicUser> found) {
        var readAt = clock.instant();
        if (cache.size() + found.size() > MAX_CACHED) cache.clear();
        var shown = found.stream().map(it -> UserResource.from(it, files)).toList();
        shown.forEach(it -> cache.put(it.accountId(), new Cached(it, readAt)));
        return shown;
    }
}
