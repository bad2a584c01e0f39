package io.guildhall.projections.view.search;

import static io.guildhall.testing.GigBuilder.aGig;
import static org.assertj.core.api.Assertions.assertThat;

import io.guildhall.domain.account.AccountCommand.LiftSuspension;
import io.guildhall.domain.account.AccountCommand.Suspend;
import io.guildhall.domain.gig.Gig;
import io.guildhall.domain.gig.GigCommand;
import io.guildhall.port.Embeddings;
import io.guildhall.projections.store.ReadDatabase;
import io.guildhall.projections.store.Sql;
import io.guildhall.projections.view.AccountScenario;
import io.guildhall.projections.view.EventStory;
import io.guildhall.projections.view.EventStory.StoredEvent;
import io.guildhall.projections.view.GigScenario;
import io.guildhall.projections.view.ViewFixture;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Transactions of readers and of the index that concern the same accounts in different orders all succeed. */
class SearchLocksTest {
    private static final int ACCOUNTS = 20;
    private static final int ROUNDS = 15;
    private static final Duration TIMEOUT = Duration.ofSeconds(60);

    private final ViewFixture fixture = new ViewFixture();
    private final SearchView view = new SearchView();
    private final EventStory story = new EventStory();
    private final Embeddings embeddings = new SqlEmbeddings(new ReadDatabase(fixture.database, 4));
    private int applied;

    SearchLocksTest() {
        for (int i = 0; i < ACCOUNTS; i++) {
            AccountScenario.active(story, "acc_" + i, mail(i));
            var details =
                    aGig().titled("Gig " + i).withPackages(GigScenario.BASIC).build();
            story.execute(Gig.AGGREGATE, "gig_" + i, new GigCommand.Post("acc_" + i, details, true));
        }
        fixture.apply(view, newEvents());
    }

    private static String mail(int account) {
        return "user" + account + "@example.org";
    }

    private List<StoredEvent<?>> newEvents() {
        var all = story.events();
        var added = all.subList(applied, all.size());
        applied = all.size();
        return added;
    }

    @Test
    void groupsOfEventsInOppositeOrderNeverDeadlock() {
        for (int round = 0; round < ROUNDS; round++) {
            var first = changes(IntStream.range(0, ACCOUNTS).boxed().toList(), 0);
            var second = changes(IntStream.range(0, ACCOUNTS).boxed().toList().reversed(), 1);
            assertThat(inParallel(() -> fixture.apply(view, first), () -> fixture.apply(view, second)))
                    .succeedsWithin(TIMEOUT);
        }
    }

    @Test
    void reindexingNeverDeadlocksWithGroupsOfEvents() {
        for (int round = 0; round < ROUNDS; round++) {
            var events = changes(IntStream.range(0, ACCOUNTS).boxed().toList().reversed(), round % 2);
            fixture.transaction(connection -> Sql.update(connection, "DELETE FROM embedding.queue"));
            assertThat(inParallel(
                            () -> fixture.apply(view, events),
                            () -> embeddings
                                    .reindexAll("model")
                                    .toCompletableFuture()
                                    .join()))
                    .succeedsWithin(TIMEOUT);
        }
    }

    /** Suspends half of the accounts and pauses the gigs of the others, and undoes it. */
    private List<StoredEvent<?>> changes(List<Integer> accounts, int suspended) {
        for (int i : accounts) {
            if (i % 2 == suspended)
                AccountScenario.execute(
                        story, "acc_" + i, new Suspend("acc_root", "Spam"), new LiftSuspension("acc_root", "Checked"));
            else
                for (var command :
                        new GigCommand[] {new GigCommand.Pause("acc_" + i), new GigCommand.Publish("acc_" + i)})
                    story.execute(Gig.AGGREGATE, "gig_" + i, command);
        }
        return List.copyOf(newEvents());
    }

    private static CompletableFuture<Void> inParallel(Runnable... all) {
        var running = new ArrayList<CompletableFuture<Void>>();
        for (var each : all) running.add(CompletableFuture.runAsync(each, Thread::startVirtualThread));
        return CompletableFuture.allOf(running.toArray(CompletableFuture[]::new));
    }
}
