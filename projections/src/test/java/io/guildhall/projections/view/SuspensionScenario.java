package io.guildhall.projections.view;

import static io.guildhall.projections.view.HireScenario.ANN;
import static io.guildhall.projections.view.HireScenario.CLIENT;
import static io.guildhall.projections.view.HireScenario.usd;
import static io.guildhall.testing.DealBuilder.aDeal;

import io.guildhall.domain.contract.Contract;
import io.guildhall.domain.contract.ContractCommand;
import io.guildhall.domain.contract.Milestone;
import java.util.List;
import java.util.Optional;

/** Contracts whose freelancer is suspended. */
final class SuspensionScenario {
    private SuspensionScenario() {}

    /** Adds a release that waits, one that was resumed, and one that an admin has refunded. */
    static EventStory addAll(EventStory story, String title) {
        hold(story, "ctr_held", title);
        execute(hold(story, "ctr_resumed", title), "ctr_resumed", new ContractCommand.ResumeRelease(1));
        execute(
                hold(story, "ctr_refunded", title),
                "ctr_refunded",
                new ContractCommand.Split("acc_root", 1, 10, 0, "Never worked"));
        return execute(story, "ctr_resumed", new ContractCommand.NoteStanding(ANN, false));
    }

    private static EventStory hold(EventStory story, String contract, String title) {
        var deal = aDeal().between(CLIENT, ANN).titled(title).priced(usd(10)).build();
        return execute(
                story,
                contract,
                new ContractCommand.Create(deal, List.of(Milestone.pending(1, title, usd(10), 1)), Optional.empty()),
                new ContractCommand.MarkFunded(1),
                new ContractCommand.Submit(ANN, 1, "Done"),
                new ContractCommand.NoteStanding(ANN, true),
                new ContractCommand.Accept(CLIENT, 1),
                new ContractCommand.HoldRelease(1));
    }

    private static EventStory execute(EventStory story, String contract, ContractCommand... commands) {
        for (var command : commands) story.execute(Contract.AGGREGATE, contract, command);
        return story;
    }
}
