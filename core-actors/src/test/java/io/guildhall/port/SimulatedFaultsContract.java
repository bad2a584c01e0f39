package io.guildhall.port;

import static io.guildhall.Await.result;
import static org.assertj.core.api.Assertions.assertThat;

import io.guildhall.Await;
import io.guildhall.port.PaymentGateway.Change;
import io.guildhall.port.PaymentGateway.Instruction;
import io.guildhall.port.PaymentGateway.Instruction.Refund;
import io.guildhall.port.PaymentGateway.InstructionId;
import io.guildhall.port.PaymentGateway.PaymentResult;
import io.guildhall.port.PaymentGateway.PaymentResult.Declined;
import io.guildhall.port.PaymentGateway.PaymentResult.Succeeded;
import io.guildhall.port.PaymentGateway.PaymentResult.Unknown;
import io.guildhall.port.PaymentGateway.SearchResult;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Tests for every adapter of a payment provider that simulates its own faults. */
public abstract class SimulatedFaultsContract extends PaymentGatewayContract {
    /**
     * Tokens of cards whose charges fail.
     *
     * @param late the reply comes after the timeout
     * @param lost the reply to the first call is lost
     * @param declinedThenSucceeds the provider reports a decline and later a success
     * @param chargedTwice the card is charged twice
     * @param wrongAmount less than the amount is charged
     */
    public record FaultyCards(
            String late, String lost, String declinedThenSucceeds, String chargedTwice, String wrongAmount) {}

    protected abstract FaultyCards faultyCards();

    @Test
    void findsResultAfterLateReply() {
        becomesKnown(charge(faultyCards().late()));
    }

    @Test
    void findsResultAfterLostReply() {
        becomesKnown(charge(faultyCards().lost()));
    }

    private void becomesKnown(Instruction instruction) {
        assertThat(result(gateway().perform(instruction))).isInstanceOf(Unknown.class);
        var known = Await.value(() -> (Succeeded) ((SearchResult.Found) find(instruction)).result());
        assertThat(result(gateway().perform(instruction))).isEqualTo(known);
    }

    @Test
    void canSucceedAfterDecline() {
        var charge = charge(faultyCards().declinedThenSucceeds());
        assertThat(result(gateway().perform(charge))).isInstanceOf(Declined.class);
        var late = Await.value(() -> (Succeeded) ((SearchResult.Found) find(charge)).result());
        Await.until(() -> assertThat(claims(charge.id())).contains(late).hasSize(2));
    }

    @Test
    void canChargeTwice() {
        var charge = charge(faultyCards().chargedTwice());
        var first = (Succeeded) result(gateway().perform(charge));
        assertThat(result(gateway().perform(charge))).isEqualTo(first);
        Await.until(() -> assertThat(claims(charge.id()))
                .hasSize(2)
                .contains(first)
                .allSatisfy(it -> assertThat(((Succeeded) it).amount()).isEqualTo(PRICE)));
    }

    /** The results that webhooks report for this attempt. */
    private List<PaymentResult> claims(InstructionId id) {
        return news().stream()
                .filter(Change.PaymentChanged.class::isInstance)
                .map(Change.PaymentChanged.class::cast)
                .filter(it -> it.id().subject().equals(id.subject()) && it.id().attempt() == id.attempt())
                .map(Change.PaymentChanged::claim)
                .distinct()
                .toList();
    }

    @Test
    void statesTheAmountThatItHasCharged() {
        var charge = charge(faultyCards().wrongAmount());
        var succeeded = (Succeeded) result(gateway().perform(charge));
        assertThat(succeeded.amount().amount()).isLessThan(PRICE.amount());
        var refund = new Refund(nextId(), succeeded.amount(), succeeded.reference());
        assertThat(result(gateway().perform(refund))).isInstanceOf(Succeeded.class);
    }
}
