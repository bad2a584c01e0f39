package io.guildhall.projections.view.job;

import static io.guildhall.Await.result;
import static io.guildhall.projections.view.HireScenario.*;
import static io.guildhall.projections.view.ViewFixture.firstPage;
import static org.assertj.core.api.Assertions.assertThat;

import io.guildhall.domain.job.Job;
import io.guildhall.domain.job.JobCommand;
import io.guildhall.projections.readmodel.job.JobFilter;
import io.guildhall.projections.readmodel.job.JobRow;
import io.guildhall.projections.readmodel.job.JobStatus;
import io.guildhall.projections.view.EventStory;
import io.guildhall.projections.view.ViewFixture;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class JobViewTest {
    private static ViewFixture fixture;

    @BeforeAll
    static void open() {
        fixture = new ViewFixture();
    }

    @BeforeEach
    void empty() {
        fixture.empty();
    }

    private void apply(EventStory story) {
        fixture.apply(story.events());
    }

    private JobRow job() {
        return result(fixture.readModel.jobs().ofClient(CLIENT, firstPage(10)))
                .items()
                .getFirst();
    }

    private List<String> open(Optional<String> category, Optional<String> skill) {
        return result(fixture.readModel.jobs().open(new JobFilter(category, skill), firstPage(10))).items().stream()
                .map(JobRow::id)
                .toList();
    }

    @Test
    void showsEveryStatusOfAJob() {
        var story = new EventStory()
                .execute(Job.AGGREGATE, JOB, new JobCommand.Post(CLIENT, details("A title", "Web", "Java"), false));
        apply(story);
        assertThat(job().status()).isEqualTo(JobStatus.DRAFT);
        assertThat(open(Optional.empty(), Optional.empty())).isEmpty();

        apply(story.execute(Job.AGGREGATE, JOB, new JobCommand.Publish(CLIENT)));
        assertThat(job().status()).isEqualTo(JobStatus.OPEN);
        assertThat(job().revision()).isEqualTo(1);
        assertThat(open(Optional.empty(), Optional.empty())).containsExactly(JOB);

        apply(story.execute(Job.AGGREGATE, JOB, new JobCommand.Edit(CLIENT, 1, details("Another", "Design", "Go"))));
        assertThat(job().revision()).isEqualTo(2);
        assertThat(job().details()).isEqualTo(details("Another", "Design", "Go"));

        apply(story.execute(
                        Job.AGGREGATE,
                        JOB,
                        new JobCommand.ReceiveProposal("prp_1", ANN, "USD", new Job.ProposalCount(1, 1)))
                .execute(Job.AGGREGATE, JOB, new JobCommand.Accept(CLIENT, "prp_1", 1, "ctr_1", 500)));
        assertThat(job().status()).isEqualTo(JobStatus.FILLING);
        assertThat(job().proposals()).isEqualTo(1);
        apply(story.execute(Job.AGGREGATE, JOB, new JobCommand.CountProposals(new Job.ProposalCount(0, 2))));
        assertThat(job().proposals()).isZero();
        assertThat(job().contractId()).contains("ctr_1");
        assertThat(open(Optional.empty(), Optional.empty())).isEmpty();

        apply(story.execute(Job.AGGREGATE, JOB, new JobCommand.AbandonHire("ctr_1", "withdrawn")));
        assertThat(job().status()).isEqualTo(JobStatus.OPEN);
        assertThat(job().contractId()).isEmpty();

        apply(story.execute(Job.AGGREGATE, JOB, new JobCommand.Accept(CLIENT, "prp_1", 2, "ctr_2", 500))
                .execute(Job.AGGREGATE, JOB, new JobCommand.ConfirmHire("ctr_2")));
        assertThat(job().status()).isEqualTo(JobStatus.HIRED);
        apply(story.execute(Job.AGGREGATE, JOB, new JobCommand.Cancel("ctr_2")));
        assertThat(job().status()).isEqualTo(JobStatus.CANCELLED);
    }

    @Test
    void filtersOpenJobsByCategoryAndSkillIgnoringCase() {
        var story = new EventStory();
        story.execute(Job.AGGREGATE, "job_a", new JobCommand.Post(CLIENT, details("A", "Web", "Java", "SQL"), true));
        story.execute(Job.AGGREGATE, "job_b", new JobCommand.Post(CLIENT, details("B", "web", "Go"), true));
        story.execute(Job.AGGREGATE, "job_c", new JobCommand.Post(CLIENT, details("C", "Design", "java"), true));
        story.execute(Job.AGGREGATE, "job_d", new JobCommand.Post(CLIENT, details("D", "Web", "Java"), true))
                .execute(Job.AGGREGATE, "job_d", new JobCommand.Close(CLIENT, "No more"));
        apply(story);
        assertThat(open(Optional.empty(), Optional.empty())).containsExactly("job_c", "job_b", "job_a");
        assertThat(open(Optional.of("WEB"), Optional.empty())).containsExactly("job_b", "job_a");
        assertThat(open(Optional.empty(), Optional.of("JAVA"))).containsExactly("job_c", "job_a");
        assertThat(open(Optional.of("web"), Optional.of("sql"))).containsExactly("job_a");
        assertThat(open(Optional.of("' OR true --"), Optional.empty())).isEmpty();
        assertThat(result(fixture.readModel.jobs().ofClient("acc_stranger", firstPage(10)))
                        .items())
                .isEmpty();
    }
}
