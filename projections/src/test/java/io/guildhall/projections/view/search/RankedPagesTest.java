package io.guildhall.projections.view.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.guildhall.projections.readmodel.InvalidCursorException;
import io.guildhall.projections.readmodel.Page;
import io.guildhall.projections.view.search.RankingCache.Ranking;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RankedPagesTest {
    private static final String QUERY = "zeppelin";

    private record Scored(String id, double score) {}

    private Instant now = Instant.parse("2026-11-01T10:00:00Z");
    private final RankedPages<String, Scored> node = node();
    private final RankedPages<String, Scored> otherNode = node();

    private RankedPages<String, Scored> node() {
        return new RankedPages<>("scored", Scored::score, Scored::id, () -> now);
    }

    private static Page.Request request(int limit, Optional<String> cursor) {
        return new Page.Request(limit, cursor);
    }

    /** Every second hit has the score of the one before. */
    private static List<Scored> hits(int from, int to) {
        return IntStream.range(from, to)
                .mapToObj(i -> new Scored("id_%03d".formatted(i), (i - i % 2) / 2000.0))
                .toList();
    }

    private static Page<Scored> page(RankedPages<String, Scored> node, Page.Request request, Ranking<Scored> ranking) {
        return node.page(request, ranking, _ -> true);
    }

    private static List<Scored> allPages(
            RankedPages<String, Scored> node,
            Page<Scored> first,
            java.util.function.Function<Page.Request, Ranking<Scored>> rankings) {
        var seen = new ArrayList<>(first.items());
        for (var cursor = first.next(); cursor.isPresent(); ) {
            var request = request(7, cursor);
            var page = page(node, request, rankings.apply(request));
            seen.addAll(page.items());
            cursor = page.next();
        }
        return seen;
    }

    @Test
    void followingPagesContinueTheSameRankingWithoutRepeatingOrSkipping() {
        var first = request(10, Optional.empty());
        var page = page(node, first, node.rank(first, QUERY, hits(0, 60)));
        var seen = allPages(node, page, it -> node.find(it, QUERY).orElseThrow());
        assertThat(seen).containsExactlyElementsOf(hits(0, 60).reversed());
    }

    @Test
    void anotherNodeContinuesAfterTheLastHit() {
        var first = request(10, Optional.empty());
        var page = page(node, first, node.rank(first, QUERY, hits(0, 60)));
        var second = request(7, page.next());
        assertThat(otherNode.find(second, QUERY)).isEmpty();
        var seen = allPages(
                otherNode,
                page,
                it -> otherNode.find(it, QUERY).orElseGet(() -> otherNode.rank(it, QUERY, hits(0, 60))));
        assertThat(seen).containsExactlyElementsOf(hits(0, 60).reversed());
    }

    @Test
    void rankingExpires() {
        var first = request(10, Optional.empty());
        var second = request(
                10, page(node, first, node.rank(first, QUERY, hits(0, 60))).next());
        now = now.plus(RankingCache.LIFETIME).minusMillis(1);
        assertThat(node.find(second, QUERY)).isPresent();
        now = now.plus(Duration.ofMillis(1));
        assertThat(node.find(second, QUERY)).isEmpty();
    }

    @Test
    void rankingOfAnotherQueryIsNotContinued() {
        var first = request(10, Optional.empty());
        var second = request(
                10, page(node, first, node.rank(first, QUERY, hits(0, 60))).next());
        assertThat(node.find(second, "airship")).isEmpty();
        assertThat(node.find(second, QUERY)).isPresent();
    }

    @Test
    void leastRecentlyUsedRankingIsDropped() {
        var first = request(10, Optional.empty());
        var seconds = new ArrayList<Page.Request>();
        for (int i = 0; i < RankingCache.MAX_RANKINGS; i++)
            seconds.add(request(
                    10, page(node, first, node.rank(first, QUERY, hits(0, 20))).next()));
        assertThat(node.find(seconds.getFirst(), QUERY)).isPresent();
        node.rank(first, QUERY, hits(0, 20));
        assertThat(node.find(seconds.get(0), QUERY)).isPresent();
        assertThat(node.find(seconds.get(1), QUERY)).isEmpty();
    }

    @Test
    void hitsThatCannotBeFoundAnyMoreDoNotShortenAPage() {
        var first = request(10, Optional.empty());
        var page = page(node, first, node.rank(first, QUERY, hits(0, 60)));
        var second = request(10, page.next());
        var shown = node.page(
                second, node.find(second, QUERY).orElseThrow(), it -> !it.id().endsWith("5"));
        assertThat(shown.items()).hasSize(10).noneMatch(it -> it.id().endsWith("5"));
        assertThat(shown.next()).isPresent();
    }

    @Test
    void rankingThatFitsIntoOnePageHasNoCursor() {
        var first = request(10, Optional.empty());
        var page = page(node, first, node.rank(first, QUERY, hits(0, 10)));
        assertThat(page.items()).hasSize(10);
        assertThat(page.next()).isEmpty();
    }

    @Test
    void cursorOfAnotherListIsRejected() {
        var other = new RankedPages<String, Scored>("others", Scored::score, Scored::id, () -> now);
        var first = request(10, Optional.empty());
        var second = request(
                10, page(node, first, node.rank(first, QUERY, hits(0, 60))).next());
        assertThatThrownBy(() -> other.find(second, QUERY)).isInstanceOf(InvalidCursorException.class);
    }
}
