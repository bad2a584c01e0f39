package io.guildhall.projections.process;

import static io.guildhall.Await.result;
import static org.assertj.core.api.Assertions.assertThat;

import io.guildhall.Await;
import io.guildhall.projections.readmodel.audit.AuditRun;
import io.guildhall.projections.store.ReadDatabase;
import io.guildhall.projections.view.audit.SqlAudits;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The provider is compared once a day, and the days that were missed in one run. */
class AuditScheduleTest {
    @Test
    void eachScheduledRunContinuesWhereTheLastOneEnded() throws Exception {
        try (var fixture = new ProcessFixture();
                var _ = fixture.startAuditor("node-1")) {
            var audits = new SqlAudits(new ReadDatabase(fixture.database, 2));
            var first = awaitRun(audits, dueAt(fixture));
            assertThat(first.coversFrom()).isEqualTo(Instant.EPOCH);
            fixture.advanceClock(Duration.ofDays(1));
            var second = awaitRun(audits, first.coversUntil().plus(1, ChronoUnit.DAYS));
            assertThat(second.coversFrom()).isEqualTo(first.coversUntil());
            fixture.advanceClock(Duration.ofDays(3));
            var third = awaitRun(audits, second.coversUntil().plus(3, ChronoUnit.DAYS));
            assertThat(third.coversFrom()).isEqualTo(second.coversUntil());
            assertThat(runs(audits))
                    .hasSize(3)
                    .allSatisfy(it -> assertThat(it.requestedBy()).isEqualTo("schedule"));
        }
    }

    /** The last midnight whose day is due. */
    private static Instant dueAt(ProcessFixture fixture) {
        return fixture.clock
                .instant()
                .minus(ProcessFixture.AUDIT_HOUR, ChronoUnit.HOURS)
                .atZone(ZoneOffset.UTC)
                .truncatedTo(ChronoUnit.DAYS)
                .toInstant();
    }

    private static List<AuditRun> runs(SqlAudits audits) {
        return result(audits.summary()).runs();
    }

    private static AuditRun awaitRun(SqlAudits audits, Instant until) {
        return Await.value(() -> {
            var run = runs(audits).getFirst();
            assertThat(run.coversUntil()).isEqualTo(until);
            assertThat(run.finishedAt()).isPresent();
            return run;
        });
    }
}
