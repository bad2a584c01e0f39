package io.guildhall.projections.view.contract;

import static io.guildhall.Await.result;
import static io.guildhall.projections.view.HireScenario.*;
import static io.guildhall.projections.view.ViewFixture.firstPage;
import static org.assertj.core.api.Assertions.assertThat;

import io.guildhall.domain.contract.Contract;
import io.guildhall.domain.contract.ContractCommand;
import io.guildhall.domain.contract.HeldMoney.SettlementDecision.Method;
import io.guildhall.domain.contract.Milestone;
import io.guildhall.domain.contract.SilencePeriod;
import io.guildhall.projections.readmodel.contract.ContractRow;
import io.guildhall.projections.readmodel.contract.ContractStatus;
import io.guildhall.projections.readmodel.contract.HeldMilestoneRow;
import io.guildhall.projections.readmodel.contract.MilestoneRow;
import io.guildhall.projections.view.EventStory;
import io.guildhall.projections.view.RefundScenario;
import io.guildhall.projections.view.ViewFixture;
import io.guildhall.testing.DealBuilder;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ContractViewTest {
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

    @Test
    void listsContractsWithMilestonesForBothParties() {
        apply(hireAndPay("A job", "Note"));
        for (var party : List.of(CLIENT, ANN)) {
            ContractRow row = result(fixture.readModel.contracts().ofParty(party, firstPage(10)))
                    .items()
                    .getFirst();
            assertThat(row.status()).isEqualTo(ContractStatus.COMPLETED);
            assertThat(row.price()).isEqualTo(usd(10_010));
            assertThat(row.milestones()).extracting(Object::toString).hasSize(2).allMatch(it -> it.contains("PAID"));
            assertThat(row.milestones().getFirst().milestone().note()).isEqualTo("Bluer");
        }
        assertThat(result(fixture.readModel.contracts().ofParty(BOB, firstPage(10)))
                        .items())
                .isEmpty();

        fixture.empty();
        apply(cancelledContract());
        assertThat(result(fixture.readModel.contracts().ofParty(ANN, firstPage(10)))
                        .items())
                .extracting(ContractRow::status)
                .containsExactly(ContractStatus.CANCELLED);
    }

    private static MilestoneRow milestone(String contract) {
        return result(fixture.readModel.contracts().ofParty(ANN, firstPage(10))).items().stream()
                .filter(it -> it.id().equals(contract))
                .findFirst()
                .orElseThrow()
                .milestones()
                .getFirst();
    }

    @Test
    void showsRefundRequestsSilenceAndSettlements() {
        var story = new EventStory();
        var start = story.now;
        apply(RefundScenario.addAll(story, "A refund"));
        var split = milestone(RefundScenario.SPLIT);
        assertThat(split.milestone().status()).isEqualTo(Milestone.Status.SPLIT);
        assertThat(split.request()).isEmpty();
        assertThat(split.silence()).isEmpty();
        assertThat(split.settlement())
                .contains(new MilestoneRow.Settled(Method.ADMIN, RefundScenario.ADMIN, "A refund", usd(400), usd(600)));

        var requested = milestone(RefundScenario.REQUESTED);
        assertThat(requested.milestone().status()).isEqualTo(Milestone.Status.FUNDED);
        var request = requested.request().orElseThrow();
        assertThat(request.by()).isEqualTo(CLIENT);
        assertThat(request.amount()).isEqualTo(usd(300));
        var silence = requested.silence().orElseThrow();
        assertThat(silence.kind()).isEqualTo(SilencePeriod.Kind.REFUND);
        assertThat(silence.endsAt()).isBetween(request.at().plus(Duration.ofDays(7)), start.plus(Duration.ofDays(8)));

        var silent = milestone(RefundScenario.SILENT);
        assertThat(silent.milestone().status()).isEqualTo(Milestone.Status.PAID);
        assertThat(silent.silence()).isEmpty();
        assertThat(result(fixture.readModel.contracts().heldMilestones(firstPage(10)))
                        .items())
                .extracting(HeldMilestoneRow::contractId)
                .containsExactly(RefundScenario.REQUESTED);
    }

    @Test
    void lateSuccessOfAReleasePreventsTheSplit() {
        var contract = "ctr_77";
        var deal = DealBuilder.aDeal().between(CLIENT, ANN).priced(usd(10)).build();
        var story = new EventStory();
        for (var command : List.of(
                new ContractCommand.Create(deal, List.of(Milestone.pending(1, "Hull", usd(10), 1)), Optional.empty()),
                new ContractCommand.MarkFunded(1),
                new ContractCommand.Submit(ANN, 1, "Done"),
                new ContractCommand.Accept(CLIENT, 1),
                new ContractCommand.MarkReleaseStalled(1),
                new ContractCommand.Split(RefundScenario.ADMIN, 1, 4, 6, "The account was closed")))
            story.execute(Contract.AGGREGATE, contract, command);
        apply(story);
        assertThat(milestone(contract).settlement()).isPresent();
        apply(story.execute(Contract.AGGREGATE, contract, new ContractCommand.MarkPaid(1)));
        assertThat(milestone(contract).milestone().status()).isEqualTo(Milestone.Status.PAID);
        assertThat(milestone(contract).settlement()).isEmpty();
    }
}
