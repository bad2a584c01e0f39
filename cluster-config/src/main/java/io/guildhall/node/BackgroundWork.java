package io.guildhall.node;

import io.guildhall.adapter.sandbox.SandboxWebhooks;
import io.guildhall.ai.job.alert.AlertJob;
import io.guildhall.ai.job.alert.AlertSender;
import io.guildhall.ai.job.embed.EmbeddingJob;
import io.guildhall.projections.Process;
import io.guildhall.projections.Schedule;
import io.guildhall.projections.process.Processes;
import io.guildhall.projections.process.escrow.RetryPauses;
import io.guildhall.projections.store.Deadlines;
import io.guildhall.projections.store.FollowerMetrics;
import io.guildhall.projections.store.Followers;
import io.guildhall.projections.view.Views;
import java.util.List;

/** Everything that runs without a request: followers, deadlines, AI jobs and the sandbox's webhooks. */
record BackgroundWork(Followers followers, Deadlines deadlines, SandboxWebhooks webhooks) implements AutoCloseable {

    static BackgroundWork open(
            NodeContext context,
            Database database,
            WriteSide writeSide,
            ReadSide readSide,
            ExternalServices external,
            LanguageModels models) {
        var followers = new Followers(
                context.system(),
                database.pool(),
                new FollowerMetrics(context.metrics(), context.clock()),
                context.loops());
        var deadlines = new Deadlines(database.pool(), context.clock(), context.loops());
        var processes = processes(context, deadlines, writeSide, external);
        Views.all().forEach(followers::run);
        processes.forEach(followers::run);
        deadlines.run(processes);
        runAiJobs(context, writeSide, readSide, models);
        var payments = external.payments();
        var webhooks = new SandboxWebhooks(
                payments.provider(), database.pool(), payments.settings(), context.clock(), context.loops());
        return new BackgroundWork(followers, deadlines, webhooks);
    }

    private static List<Process> processes(
            NodeContext context, Schedule schedule, WriteSide writeSide, ExternalServices external) {
        var settings = context.settings();
        var payments = settings.payments();
        return new Processes(
                        writeSide.entities(),
                        schedule,
                        context.clock(),
                        new Processes.Mail(
                                external.mail().mailer(),
                                external.mail().tokens(),
                                settings.http().publicUrl()),
                        new Processes.Payments(
                                external.payments().provider(),
                                writeSide.discrepancies(),
                                payments.feeBasisPoints(),
                                payments.confirmationWindow(),
                                new RetryPauses(payments.openCallPause(), payments.refusedCallPause())))
                .all();
    }

    private static void runAiJobs(NodeContext context, WriteSide writeSide, ReadSide readSide, LanguageModels models) {
        var stored = context.metrics().counter("guildhall_embeddings_stored");
        EmbeddingJob.start(
                context.system(), context.loops(), readSide.embeddings(), models.embedder(), stored::increment);
        AlertJob.start(
                context.system(),
                context.loops(),
                new AlertJob.Parts(
                        readSide.alerts(),
                        models.embedder(),
                        models.queries(),
                        models.skills(),
                        new AlertSender(writeSide.entities())));
    }

    /** Stops what calls entities without being asked, so that it does not fail while they move to other nodes. */
    void stopCallingEntities() {
        Closing.closeAll(List.of(webhooks, deadlines));
    }

    @Override
    public void close() {
        Closing.closeAll(List.of(webhooks, deadlines, followers));
    }
}
