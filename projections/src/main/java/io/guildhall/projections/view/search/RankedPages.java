package io.guildhall.projections.view.search;

import io.guildhall.projections.readmodel.Page;
import io.guildhall.projections.store.Keyset;
import io.guildhall.projections.view.search.RankingCache.Ranking;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

/**
 * Divides rankings into pages, best hit first. A cursor names the ranking and the last hit of the page before it. While
 * the ranking is in this node's {@link RankingCache}, the following page continues it: no hit is repeated or skipped.
 * Otherwise the caller ranks again, and the page continues after the score and id of the last hit. Scores depend on the
 * query and the document only, so a hit is then repeated or skipped only if its document was changed since, or if new
 * documents displaced it from the search's depth.
 *
 * @param <Q> what was searched for
 */
final class RankedPages<Q, T> {
    private record RankedHit<T>(String rankingId, T hit) {}

    private final ToDoubleFunction<T> score;
    private final Function<T, String> id;
    private final Comparator<T> bestFirst;
    private final Keyset<RankedHit<T>> keyset;
    private final RankingCache<Q, T> rankings;

    /** @param list names the list in its cursors */
    RankedPages(String list, ToDoubleFunction<T> score, Function<T, String> id, InstantSource clock) {
        this.score = score;
        this.id = id;
        this.bestFirst = Comparator.comparingDouble(score).thenComparing(id).reversed();
        this.keyset = new Keyset<>(
                list,
                List.of("", bits(Double.POSITIVE_INFINITY), ""),
                it -> List.of(it.rankingId(), bits(score.applyAsDouble(it.hit())), id.apply(it.hit())));
        this.rankings = new RankingCache<>(clock);
    }

    /** A cursor contains the exact score. */
    private static long bits(double score) {
        return Double.doubleToLongBits(score);
    }

    /**
     * Returns the ranking that the requested page continues; empty for a first page, and if the ranking is not in the
     * cache.
     */
    Optional<Ranking<T>> find(Page.Request request, Q query) {
        return rankings.find((String) keyset.start(request).get(0), query);
    }

    /** Sorts hits to a new ranking, and stores it in the cache if it does not fit into the requested page. */
    Ranking<T> rank(Page.Request request, Q query, List<T> hits) {
        var sorted = hits.stream().sorted(bestFirst).toList();
        return sorted.size() > request.limit() ? rankings.store(query, sorted) : new Ranking<>("", sorted);
    }

    /**
     * @param isShown whether a hit can still be found; others are left out, and the following ones take their places in
     *     the page
     */
    Page<T> page(Page.Request request, Ranking<T> ranking, Predicate<T> isShown) {
        try {
            return keyset.page(
                            request,
                            (key, limit) -> after(key, ranking)
                                    .filter(isShown)
                                    .limit(limit)
                                    .map(it -> new RankedHit<>(ranking.id(), it))
                                    .toList())
                    .map(RankedHit::hit);
        } catch (SQLException e) {
            throw new AssertionError("a ranking is in memory", e);
        }
    }

    private Stream<T> after(List<?> key, Ranking<T> ranking) {
        double lastScore = Double.longBitsToDouble((Long) key.get(1));
        var lastId = (String) key.get(2);
        return ranking.hits().stream().filter(it -> isAfter(it, lastScore, lastId));
    }

    private boolean isAfter(T hit, double lastScore, String lastId) {
        int comparison = Double.compare(score.applyAsDouble(hit), lastScore);
        return comparison < 0 || (comparison == 0 && id.apply(hit).compareTo(lastId) < 0);
    }
}
