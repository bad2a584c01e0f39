package io.guildhall.port;

import static io.guildhall.Await.result;
import static org.assertj.core.api.Assertions.assertThat;

import io.guildhall.domain.account.Role;
import io.guildhall.port.LiveTickets.Session;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Tests for every store of tickets. */
public abstract class LiveTicketsContract {
    private static final Duration LIFETIME = Duration.ofSeconds(30);
    private static final Session ANN = new Session(
            "acc_ann", "ses_1", Set.of(Role.CLIENT, Role.FREELANCER), Instant.parse("2026-11-01T10:15:30.123Z"));

    /** @param node two nodes have the same tickets */
    protected abstract LiveTickets tickets(int node);

    /** Advances the time of all nodes. */
    protected abstract void pass(Duration duration);

    @Test
    void redeemsTicketOnAnotherNode() {
        var ticket = result(tickets(0).issue(ANN, LIFETIME));
        assertThat(result(tickets(1).redeem(ticket))).contains(ANN);
    }

    @Test
    void redeemsSessionWithoutRoles() {
        var session = new Session("acc_bob", "ses_2", Set.of(), Instant.parse("2026-11-01T10:15:30Z"));
        assertThat(result(tickets(0).redeem(result(tickets(0).issue(session, LIFETIME)))))
                .contains(session);
    }

    @Test
    void redeemsTicketOnceOfManyAttemptsOnTwoNodes() {
        var ticket = result(tickets(0).issue(ANN, LIFETIME));
        var redeemed = IntStream.range(0, 16).mapToObj(i -> tickets(i % 2).redeem(ticket)).toList().stream()
                .map(it -> result(it))
                .flatMap(Optional::stream)
                .toList();
        assertThat(redeemed).containsExactly(ANN);
        assertThat(result(tickets(0).redeem(ticket))).isEmpty();
    }

    @Test
    void rejectsExpiredTicket() {
        var lifetime = Duration.ofSeconds(1);
        var ticket = result(tickets(0).issue(ANN, lifetime));
        pass(lifetime);
        assertThat(result(tickets(1).redeem(ticket))).isEmpty();
    }

    @Test
    void rejectsTicketThatWasNeverIssued() {
        var ticket = result(tickets(0).issue(ANN, LIFETIME));
        assertThat(result(tickets(0).redeem(ticket.substring(1) + "x"))).isEmpty();
        assertThat(result(tickets(0).redeem(""))).isEmpty();
        assertThat(result(tickets(0).redeem("*\n\u0000é"))).isEmpty();
    }

    @Test
    void issuesDifferentTicketsThatAreSafeInUrls() {
        var issued = new HashSet<String>();
        for (int i = 0; i < 50; i++) issued.add(result(tickets(0).issue(ANN, LIFETIME)));
        assertThat(issued).hasSize(50).allMatch(it -> it.matches("[0-9A-Za-z_-]{43}"));
    }
}
