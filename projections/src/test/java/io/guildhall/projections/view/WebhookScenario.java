package io.guildhall.projections.view;

import io.guildhall.domain.webhook.DisableReason;
import io.guildhall.domain.webhook.Webhooks;
import io.guildhall.domain.webhook.WebhooksCommand;
import io.guildhall.domain.webhook.WebhooksCommand.Change;
import io.guildhall.domain.webhook.WebhooksCommand.Disable;
import io.guildhall.domain.webhook.WebhooksCommand.Pause;
import io.guildhall.domain.webhook.WebhooksCommand.Register;
import io.guildhall.domain.webhook.WebhooksCommand.Remove;
import io.guildhall.domain.webhook.WebhooksCommand.Resume;
import java.time.Duration;
import java.util.List;

/** Webhooks of one account. */
final class WebhookScenario {
    static final String OWNER = "acc_hooks";

    private WebhookScenario() {}

    /** Adds a webhook that is changed, paused and resumed, one that is disabled and one that is removed. */
    static EventStory addAll(EventStory story) {
        return execute(
                story,
                new Register("whk_1", "https://example.com/1", List.of("WORK_SUBMITTED")),
                new Register("whk_2", "https://example.com/2", List.of("WORK_SUBMITTED")),
                new Register("whk_3", "https://example.com/3", List.of("WORK_SUBMITTED")),
                new Change("whk_1", "https://example.com/4", List.of("MILESTONE_PAID", "WORK_SUBMITTED")),
                new Pause("whk_1"),
                new Resume("whk_1"),
                new Disable("whk_2", DisableReason.GONE, story.now.plus(Duration.ofDays(1))),
                new Remove("whk_3"));
    }

    private static EventStory execute(EventStory story, WebhooksCommand... commands) {
        for (var command : commands) story.execute(Webhooks.AGGREGATE, OWNER, command);
        return story;
    }
}
