package io.guildhall.projections.process;

import static io.guildhall.projections.process.UserActions.newId;
import static org.assertj.core.api.Assertions.assertThat;

import io.guildhall.Await;
import io.guildhall.domain.contract.Contract;
import io.guildhall.domain.contract.ContractCommand;
import io.guildhall.domain.room.Room;
import io.guildhall.domain.room.RoomEvent.SystemMessagePosted;
import io.guildhall.domain.room.SystemMessage;
import io.guildhall.domain.room.SystemMessage.Kind;
import io.guildhall.port.PaymentGateway.AccountStatus;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The room of a contract reports the contract's events. */
class ContractReportsTest {
    private ProcessFixture fixture;
    private UserActions users;
    private final String client = newId("acc");

    @BeforeEach
    void open() throws Exception {
        fixture = new ProcessFixture();
        users = new UserActions(fixture);
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    private List<SystemMessagePosted> reports(String contract) {
        return fixture.events(Room.AGGREGATE, Room.id(contract)).stream()
                .filter(SystemMessagePosted.class::isInstance)
                .map(SystemMessagePosted.class::cast)
                .toList();
    }

    private void awaitReports(String contract, Kind... kinds) {
        Await.until(() -> assertThat(reports(contract))
                .extracting(it -> it.content().kind())
                .containsExactly(kinds));
    }

    @Test
    void reportsTheEventsOfAMilestoneInOrder() {
        var freelancer = users.createFreelancer(AccountStatus.VERIFIED);
        var contract = users.hireForNewJob(client, freelancer, 1_000);
        users.fund(client, contract, 1, "pm_card_visa");
        users.awaitFunded(contract, 1);
        fixture.execute(Contract.AGGREGATE, contract, new ContractCommand.Submit(freelancer, 1, "Draft"));
        fixture.execute(Contract.AGGREGATE, contract, new ContractCommand.RequestChanges(client, 1, "Shorter"));
        users.deliver(client, freelancer, contract, 1);
        awaitReports(
                contract,
                Kind.HIRED,
                Kind.MILESTONE_FUNDED,
                Kind.WORK_SUBMITTED,
                Kind.CHANGES_REQUESTED,
                Kind.WORK_SUBMITTED,
                Kind.WORK_ACCEPTED,
                Kind.MILESTONE_PAID,
                Kind.CONTRACT_COMPLETED);
        var reports = reports(contract);
        assertThat(reports).extracting(SystemMessagePosted::number).containsExactly(1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L);
        var title = fixture.state(Contract.AGGREGATE, contract)
                .findDetails()
                .flatMap(it -> it.milestone(1))
                .orElseThrow()
                .title();
        assertThat(reports.get(1).content())
                .isEqualTo(new SystemMessage(
                        Kind.MILESTONE_FUNDED,
                        contract,
                        Optional.of(1),
                        title,
                        Optional.of(UserActions.usd(1_000)),
                        Optional.of(client)));
    }

    @Test
    void reportsARefundAndTheEndOfTheContract() {
        var freelancer = users.createFreelancer(AccountStatus.VERIFIED);
        var contract = users.hireForNewJob(client, freelancer, 1_000);
        users.fund(client, contract, 1, "pm_card_visa");
        users.awaitFunded(contract, 1);
        fixture.execute(
                Contract.AGGREGATE,
                contract,
                new ContractCommand.RequestRefund(client, 1, Optional.empty(), "No longer needed"));
        fixture.execute(Contract.AGGREGATE, contract, new ContractCommand.AcceptRefund(freelancer, 1, 1));
        awaitReports(
                contract,
                Kind.HIRED,
                Kind.MILESTONE_FUNDED,
                Kind.REFUND_REQUESTED,
                Kind.SETTLEMENT_AGREED,
                Kind.MILESTONE_SETTLED,
                Kind.CONTRACT_CANCELLED);
        assertThat(reports(contract))
                .extracting(it -> it.content().by())
                .element(3)
                .isEqualTo(Optional.of(freelancer));
    }
}
