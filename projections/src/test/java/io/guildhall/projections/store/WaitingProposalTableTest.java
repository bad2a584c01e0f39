package io.guildhall.projections.store;

import static io.guildhall.Await.result;
import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import io.guildhall.domain.job.Job.ProposalCount;
import io.guildhall.projections.WaitingProposals.Receipt;
import io.guildhall.projections.WaitingProposals.Status;
import io.guildhall.testing.TestDatabase;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class WaitingProposalTableTest {
    private static final int LIMIT = 2;
    private static final HikariDataSource DATABASE = new HikariDataSource();

    private final WaitingProposalTable table = new WaitingProposalTable(DATABASE);
    private final String job = "job_" + System.nanoTime();

    @BeforeAll
    static void open() throws Exception {
        DATABASE.setJdbcUrl(TestDatabase.migratedUrl(Migrations::run));
    }

    @AfterAll
    static void close() {
        DATABASE.close();
    }

    private Receipt arrive(String proposal, long sequence, int limit) {
        return result(table.arrive(proposal + job, job, sequence, limit));
    }

    private Receipt arrive(String proposal, long sequence) {
        return arrive(proposal, sequence, LIMIT);
    }

    private ProposalCount decide(String proposal, long sequence) {
        return result(table.decide(proposal + job, job, sequence));
    }

    private static Receipt waiting(int waiting, long version) {
        return new Receipt(Status.WAITING, new ProposalCount(waiting, version));
    }

    @Test
    void countsProposalsThatWait() {
        assertThat(arrive("a", 1)).isEqualTo(waiting(1, 1));
        assertThat(arrive("b", 1)).isEqualTo(waiting(2, 2));
        assertThat(decide("a", 2)).isEqualTo(new ProposalCount(1, 3));
        assertThat(arrive("a", 3)).isEqualTo(waiting(2, 4));
    }

    @Test
    void ignoresOlderEventsOfAProposal() {
        arrive("a", 1);
        assertThat(arrive("a", 1)).isEqualTo(waiting(1, 1));
        assertThat(decide("a", 4)).isEqualTo(new ProposalCount(0, 2));
        assertThat(decide("a", 4)).isEqualTo(new ProposalCount(0, 2));
        assertThat(arrive("a", 1)).isEqualTo(new Receipt(Status.DECIDED, new ProposalCount(0, 2)));
    }

    @Test
    void refusesProposalsAboveTheLimitUntilOneIsDecided() {
        arrive("a", 1);
        arrive("b", 1);
        assertThat(arrive("c", 1)).isEqualTo(new Receipt(Status.REFUSED, new ProposalCount(2, 2)));
        decide("a", 2);
        assertThat(arrive("c", 1).status()).as("its event again").isEqualTo(Status.REFUSED);
        assertThat(decide("c", 2)).isEqualTo(new ProposalCount(1, 3));
        assertThat(arrive("d", 1)).isEqualTo(waiting(2, 4));
        assertThat(arrive("a", 3, Integer.MAX_VALUE))
                .as("reinstated by its hire")
                .isEqualTo(waiting(3, 5));
    }

    @Test
    void decidesProposalThatNeverArrived() {
        assertThat(decide("a", 2)).isEqualTo(new ProposalCount(0, 0));
        assertThat(arrive("a", 1).status()).isEqualTo(Status.DECIDED);
    }

    @Test
    void countsConcurrentArrivals() {
        var arrivals = IntStream.range(0, 40)
                .mapToObj(i -> table.arrive("p" + i + job, job, 1, 500))
                .toList();
        var counts = arrivals.stream().map(it -> result(it).count()).toList();
        assertThat(counts)
                .containsExactlyInAnyOrderElementsOf(IntStream.rangeClosed(1, 40)
                        .mapToObj(i -> new ProposalCount(i, i))
                        .toList());
    }

    @Test
    void listsWaitingProposalsInPages() {
        for (var proposal : List.of("a", "b", "c", "d")) arrive(proposal, 1, 500);
        decide("b", 2);
        var first = result(table.page(job, Optional.empty(), 2));
        assertThat(first).containsExactly("a" + job, "c" + job);
        var second = result(table.page(job, Optional.of(first.getLast()), 2));
        assertThat(second).containsExactly("d" + job);
        assertThat(result(table.page(job, Optional.of(second.getLast()), 2))).isEmpty();
    }
}
