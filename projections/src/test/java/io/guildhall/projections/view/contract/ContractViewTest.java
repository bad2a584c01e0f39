package io.guildhall.projections.view.contract;

import static io.guildhall.Await.result;
import static io.guildhall.projections.view.HireScenario.*;
import static io.guildhall.projections.view.ViewFixture.firstPage;
import static org.assertj.core.api.Assertions.assertThat;

import io.guildhall.projections.readmodel.contract.ContractRow;
import io.guildhall.projections.readmodel.contract.ContractStatus;
import io.guildhall.projections.view.EventStory;
import io.guildhall.projections.view.ViewFixture;
import java.util.List;
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
            assertThat(row.milestones().getFirst().note()).isEqualTo("Bluer");
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
}
