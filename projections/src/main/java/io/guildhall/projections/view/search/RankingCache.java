package io.guildhall.projections.view.search;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * Keeps the rankings of this node's recent searches for {@link #LIFETIME}, at most {@value #MAX_RANKINGS} of them: the
 * least recently used is dropped first. Thread-safe.
 *
 * @param <Q> what was searched for
 */
final class RankingCache<Q, T> {
    static final Duration LIFETIME = Duration.ofMinutes(5);
    static final int MAX_RANKINGS = 1_000;

    /** @param hits best first */
    record Ranking<T>(String id, List<T> hits) {
        Ranking {
            hits = List.copyOf(hits);
        }
    }

    private record Stored<Q, T>(Q query, Ranking<T> ranking, Instant expiresAt) {}

    private final InstantSource clock;
    private final Map<String, Stored<Q, T>> entries = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Stored<Q, T>> eldest) {
            return size() > MAX_RANKINGS;
        }
    };

    RankingCache(InstantSource clock) {
        this.clock = clock;
    }

    /** Stores a ranking under a new id. */
    synchronized Ranking<T> store(Q query, List<T> hits) {
        var ranking = new Ranking<>(UUID.randomUUID().toString(), hits);
        entries.put(ranking.id(), new Stored<>(query, ranking, clock.instant().plus(LIFETIME)));
        return ranking;
    }

    /** Returns the ranking with that id if it is of the same query and has not expired. */
    synchronized Optional<Ranking<T>> find(String id, Q query) {
        return Optional.ofNullable(entries.get(id))
                .filter(it -> it.query().equals(query) && clock.instant().isBefore(it.expiresAt()))
                .map(Stored::ranking);
    }
}
