package io.guildhall.port;

import static io.guildhall.Await.result;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.guildhall.port.Presence.State;
import io.guildhall.port.Presence.Status;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Tests for every store of presence. */
public abstract class PresenceContract {
    private final String ann = "acc_" + UUID.randomUUID();
    private final String bob = "acc_" + UUID.randomUUID();

    /** @param node two nodes have the same reports */
    protected abstract Presence presence(int node);

    /** Of all nodes, in whole milliseconds. */
    protected abstract Instant now();

    /** Advances the time of all nodes. */
    protected abstract void pass(Duration duration);

    private Status status(String accountId) {
        return requireNonNull(result(presence(1).of(Set.of(accountId))).get(accountId));
    }

    private void seen(String accountId, State state, String node) {
        result(presence(0).seen(accountId, state, node));
    }

    private Status status(State state, Instant lastSeen) {
        return new Status(state, Optional.of(lastSeen));
    }

    @Test
    void showsReportOnAnotherNode() {
        seen(ann, State.ONLINE, "a");
        assertThat(status(ann)).isEqualTo(status(State.ONLINE, now()));
    }

    @Test
    void replacesReportOfSameNode() {
        seen(ann, State.ONLINE, "a");
        pass(Duration.ofSeconds(5));
        seen(ann, State.AWAY, "a");
        assertThat(status(ann)).isEqualTo(status(State.AWAY, now()));
    }

    @Test
    void showsMostPresentStateOfAllNodes() {
        seen(ann, State.ONLINE, "a");
        pass(Duration.ofSeconds(1));
        seen(ann, State.AWAY, "b");
        assertThat(status(ann)).isEqualTo(status(State.ONLINE, now()));
        seen(ann, State.OFFLINE, "a");
        assertThat(status(ann).state()).isEqualTo(State.AWAY);
        seen(ann, State.OFFLINE, "b");
        assertThat(status(ann)).isEqualTo(status(State.OFFLINE, now()));
    }

    @Test
    void expiresReportsOfNodeThatWasKilled() {
        var seenAt = now();
        seen(ann, State.ONLINE, "killed");
        pass(Presence.EXPIRY.minusMillis(1));
        assertThat(status(ann).state()).isEqualTo(State.ONLINE);
        pass(Duration.ofMillis(1));
        assertThat(status(ann)).isEqualTo(status(State.OFFLINE, seenAt));
    }

    @Test
    void otherNodeStaysPresentWhenOneWasKilled() {
        seen(ann, State.ONLINE, "killed");
        pass(Presence.EXPIRY.plusSeconds(1));
        seen(ann, State.AWAY, "b");
        assertThat(status(ann)).isEqualTo(status(State.AWAY, now()));
    }

    @Test
    void forgetsWhenAccountWasLastSeen() {
        seen(ann, State.ONLINE, "a");
        pass(Presence.RETENTION);
        assertThat(status(ann)).isEqualTo(Status.UNKNOWN);
    }

    @Test
    void returnsEachAccountOfQuery() {
        seen(ann, State.AWAY, "a");
        assertThat(result(presence(0).of(Set.of(ann, bob))))
                .isEqualTo(Map.of(ann, status(State.AWAY, now()), bob, Status.UNKNOWN));
        assertThat(result(presence(0).of(Set.of()))).isEmpty();
    }

    @Test
    void acceptsManyConcurrentReports() {
        var accounts = IntStream.range(0, 300).mapToObj(i -> bob + i).collect(Collectors.toSet());
        var reports = accounts.stream()
                .flatMap(it ->
                        IntStream.range(0, 3).mapToObj(n -> presence(n % 2).seen(it, State.ONLINE, "node" + n % 2)))
                .toList();
        reports.forEach(it -> result(it));
        assertThat(result(presence(1).of(accounts)).values()).hasSize(300).allMatch(it -> it.state() == State.ONLINE);
    }

    @Test
    void rejectsQueryOfTooManyAccounts() {
        var accounts = IntStream.range(0, Presence.MAX_ACCOUNTS + 1)
                .mapToObj(i -> "acc_" + i)
                .collect(Collectors.toSet());
        assertThatThrownBy(() -> presence(0).of(accounts)).isInstanceOf(IllegalArgumentException.class);
    }
}
