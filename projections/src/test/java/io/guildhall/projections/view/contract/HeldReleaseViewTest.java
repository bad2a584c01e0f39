package io.guildhall.projections.view.contract;

import static io.guildhall.Await.result;
import static io.guildhall.projections.view.ViewFixture.firstPage;
import static org.assertj.core.api.Assertions.assertThat;

import io.guildhall.domain.contract.Contract;
import io.guildhall.domain.contract.ContractCommand;
import io.guildhall.domain.contract.Milestone;
import io.guildhall.kernel.Money;
import io.guildhall.projections.readmodel.Page;
import io.guildhall.projections.readmodel.contract.HeldReleaseRow;
import io.guildhall.projections.view.EventStory;
import io.guildhall.projections.view.ViewFixture;
import io.guildhall.testing.DealBuilder;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class HeldReleaseViewTest {
    private static final Money PRICE = new Money(10, "USD");

    private final ViewFixture fixture = new ViewFixture();
    private final EventStory story = new EventStory();

    private void execute(String contract, ContractCommand... commands) {
        for (var command : commands) story.execute(Contract.AGGREGATE, contract, command);
        fixture.apply(story.events());
    }

    private void hold(String contract) {
        accept(contract, new ContractCommand.HoldRelease(1));
    }

    private void accept(String contract, ContractCommand then) {
        var deal = DealBuilder.aDeal()
                .between("acc_client", "acc_ann")
                .titled("A boat")
                .priced(PRICE)
                .build();
        execute(
                contract,
                new ContractCommand.Create(deal, List.of(Milestone.pending(1, "Hull", PRICE, 1)), Optional.empty()),
                new ContractCommand.MarkFunded(1),
                new ContractCommand.Submit("acc_ann", 1, "Done"),
                new ContractCommand.Accept("acc_client", 1),
                then);
    }

    private Page<HeldReleaseRow> waiting(Page.Request page) {
        return result(fixture.readModel.heldReleases().waiting(page));
    }

    private List<String> waiting() {
        return waiting(firstPage(10)).items().stream()
                .map(HeldReleaseRow::contractId)
                .toList();
    }

    @Test
    void listsWhatWaitsOldestFirstInPages() {
        hold("ctr_2");
        hold("ctr_1");
        var first = waiting(firstPage(1));
        assertThat(first.items()).singleElement().satisfies(it -> {
            assertThat(it.contractId()).isEqualTo("ctr_2");
            assertThat(it.number()).isEqualTo(1);
            assertThat(it.title()).isEqualTo("Hull");
            assertThat(it.clientId()).isEqualTo("acc_client");
            assertThat(it.freelancerId()).isEqualTo("acc_ann");
            assertThat(it.amount()).isEqualTo(PRICE);
            assertThat(it.reason()).isEqualTo(HeldReleaseRow.Reason.SUSPENDED);
        });
        var second = waiting(new Page.Request(1, first.next()));
        assertThat(second.items()).extracting(HeldReleaseRow::contractId).containsExactly("ctr_1");
        assertThat(second.next()).isEmpty();
    }

    @Test
    void listsRefusedReleasesUntilTheyAreSettledOrPaid() {
        accept("ctr_1", new ContractCommand.MarkReleaseStalled(1));
        accept("ctr_2", new ContractCommand.MarkReleaseStalled(1));
        assertThat(waiting(firstPage(10)).items())
                .extracting(HeldReleaseRow::reason)
                .containsOnly(HeldReleaseRow.Reason.REFUSED)
                .hasSize(2);
        execute("ctr_1", new ContractCommand.Split("acc_root", 1, 10, 0, "The account was closed"));
        assertThat(waiting()).containsExactly("ctr_2");
        execute("ctr_2", new ContractCommand.MarkPaid(1));
        assertThat(waiting()).isEmpty();
    }

    @Test
    void endsWithTheSuspensionOrTheDecisionOfAnAdmin() {
        hold("ctr_1");
        hold("ctr_2");
        execute("ctr_1", new ContractCommand.ResumeRelease(1));
        assertThat(waiting()).containsExactly("ctr_2");
        execute("ctr_1", new ContractCommand.HoldRelease(1));
        assertThat(waiting()).containsExactly("ctr_2", "ctr_1");
        execute("ctr_2", new ContractCommand.Split("acc_root", 1, 10, 0, "Never worked"));
        assertThat(waiting()).containsExactly("ctr_1");
    }

    @Test
    void listsThePartOfAnAgreedSplitUntilItIsPaid() {
        var deal = DealBuilder.aDeal()
                .between("acc_client", "acc_ann")
                .titled("A boat")
                .priced(PRICE)
                .build();
        execute(
                "ctr_1",
                new ContractCommand.Create(deal, List.of(Milestone.pending(1, "Hull", PRICE, 1)), Optional.empty()),
                new ContractCommand.MarkFunded(1),
                new ContractCommand.RequestRefund("acc_client", 1, Optional.of(4L), "Half was done"),
                new ContractCommand.AcceptRefund("acc_ann", 1, 1),
                new ContractCommand.HoldRelease(1));
        assertThat(waiting(firstPage(10)).items())
                .singleElement()
                .satisfies(it -> assertThat(it.amount()).isEqualTo(new Money(6, "USD")));
        execute("ctr_1", new ContractCommand.MarkSettled(1));
        assertThat(waiting()).isEmpty();
    }
}
