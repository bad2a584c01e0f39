package io.guildhall.projections.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** A short run of {@code ./guildhall bench journal}. */
class JournalSoakTest {
    private static final int EVENTS = 20_000;
    private static final ActorTestKit kit = ActorTestKit.create();

    @AfterAll
    static void stop() {
        kit.shutdownTestKit();
    }

    @Test
    void everyReaderReadsEveryEventOnceAndInOrder() throws Exception {
        long seed = new Random().nextLong();
        var report = JournalSoak.run(JournalSoak.Plan.ofEvents(EVENTS, seed), new TestJournal(), kit.system());
        assertThat(report.violations()).as("seed " + seed).isEmpty();
        assertThat(report.events()).isGreaterThanOrEqualTo(EVENTS);
        assertThat(report.pauses()).isPositive();
    }
}
