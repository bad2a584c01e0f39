package io.guildhall.port;

import static io.guildhall.Await.answer;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.guildhall.Await;
import io.guildhall.kernel.Money;
import io.guildhall.port.PaymentGateway.AccountRequest;
import io.guildhall.port.PaymentGateway.Answer;
import io.guildhall.port.PaymentGateway.Answer.ActionRequired;
import io.guildhall.port.PaymentGateway.Answer.Declined;
import io.guildhall.port.PaymentGateway.Answer.Succeeded;
import io.guildhall.port.PaymentGateway.Answer.Unknown;
import io.guildhall.port.PaymentGateway.Event;
import io.guildhall.port.PaymentGateway.Instruction;
import io.guildhall.port.PaymentGateway.Instruction.Charge;
import io.guildhall.port.PaymentGateway.Instruction.Refund;
import io.guildhall.port.PaymentGateway.Instruction.Transfer;
import io.guildhall.port.PaymentGateway.KeyReused;
import io.guildhall.port.PaymentGateway.News;
import io.guildhall.port.PaymentGateway.Notice;
import io.guildhall.port.PaymentGateway.Opening;
import io.guildhall.port.PaymentGateway.Purpose;
import io.guildhall.port.PaymentGateway.Standing;
import io.guildhall.port.PaymentGateway.Trace;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What every payment provider's adapter keeps to, be it the sandbox or the real one. */
public abstract class PaymentGatewayContract {

    /** The provider's tokens for test cards; late and lost exist where answers can be made to get lost. */
    public record Cards(
            String good, String declined, String authenticating, Optional<String> late, Optional<String> lost) {}

    /** A webhook as it came in. */
    public record Told(byte[] body, String signature) {}

    protected abstract PaymentGateway gateway();

    protected abstract Cards cards();

    /** What the payer does on the provider's page. */
    protected abstract void authenticate(ActionRequired action);

    /** What an account's owner does on the provider's page, and what comes of it. */
    protected abstract void onboard(String account, Standing outcome);

    /** All that the provider has told so far. */
    protected abstract List<Told> told();

    protected abstract void letPass(Duration time);

    private static final Money PRICE = new Money(10_000, "USD");
    private final String escrow = "esc_" + UUID.randomUUID() + "-1";
    private int attempts;

    private Purpose purpose() {
        int attempt = ++attempts;
        return new Purpose(escrow + "/" + attempt, escrow, attempt);
    }

    private Charge charge(String card) {
        return new Charge(purpose(), PRICE, card);
    }

    private String charged() {
        return ((Succeeded) answer(gateway().perform(charge(cards().good())))).reference();
    }

    private String account(Standing standing) {
        var asked = new AccountRequest("open/" + purpose().key(), "acc_" + UUID.randomUUID(), "US");
        var opened = (Opening.Opened) answer(gateway().open(asked));
        onboard(opened.account(), standing);
        return opened.account();
    }

    private Transfer transfer(long amount, String charge, String account) {
        return new Transfer(purpose(), new Money(amount, "USD"), charge, account);
    }

    @Test
    void aGoodCardIsChargedOnceHoweverOftenItIsAsked() {
        var charge = charge(cards().good());
        var first = answer(gateway().perform(charge));
        assertThat(first).isInstanceOf(Succeeded.class);
        assertThat(answer(gateway().perform(charge))).isEqualTo(first);
        assertThat(answer(gateway().find(charge))).isEqualTo(new Trace.Found(first));
    }

    @Test
    void sixteenAtOnceAreOneCharge() {
        var charge = charge(cards().good());
        var answers = IntStream.range(0, 16).mapToObj(_ -> gateway().perform(charge)).toList().stream()
                .map(Await::answer)
                .distinct()
                .toList();
        assertThat(answers).hasSize(1).first().isInstanceOf(Succeeded.class);
    }

    @Test
    void aDeclineSaysWhyAndStays() {
        var charge = charge(cards().declined());
        var first = answer(gateway().perform(charge));
        assertThat(first)
                .isInstanceOfSatisfying(
                        Declined.class, it -> assertThat(it.code()).isEqualTo("card_declined"));
        assertThat(answer(gateway().perform(charge))).isEqualTo(first);
    }

    @Test
    void theSameKeyForSomethingElseIsAFault() {
        var charge = charge(cards().good());
        answer(gateway().perform(charge));
        var other = new Charge(charge.purpose(), new Money(1, "USD"), charge.paymentMethod());
        assertThatThrownBy(() -> answer(gateway().perform(other))).isInstanceOf(KeyReused.class);
    }

    @Test
    void whatWasNeverAskedIsNotFound() {
        assertThat(answer(gateway().find(charge(cards().good())))).isEqualTo(new Trace.NotFound());
    }

    @Test
    void aPayerWhoIsAskedCompletesIt() {
        var charge = charge(cards().authenticating());
        var action = (ActionRequired) answer(gateway().perform(charge));
        assertThat(answer(gateway().find(charge))).isEqualTo(new Trace.Found(action));
        authenticate(action);
        assertThat(answer(gateway().perform(charge))).isEqualTo(new Succeeded(action.reference()));
    }

    @Test
    void anAbandonedChargeNeverSucceeds() {
        var charge = charge(cards().authenticating());
        var action = (ActionRequired) answer(gateway().perform(charge));
        assertThat(answer(gateway().abandon(charge))).isInstanceOf(Declined.class);
        authenticate(action);
        assertThat(answer(gateway().perform(charge))).isInstanceOf(Declined.class);
    }

    @Test
    void whatHasSucceededIsNotAbandoned() {
        var charge = charge(cards().good());
        var succeeded = answer(gateway().perform(charge));
        assertThat(answer(gateway().abandon(charge))).isEqualTo(succeeded);
    }

    @Test
    void aLateAnswerIsUnknownAndThenFound() {
        assumeTrue(cards().late().isPresent(), "this provider is never late");
        becomesKnown(charge(cards().late().get()));
    }

    @Test
    void aLostAnswerIsUnknownAndThenFound() {
        assumeTrue(cards().lost().isPresent(), "this provider loses no answer");
        becomesKnown(charge(cards().lost().get()));
    }

    private void becomesKnown(Instruction instruction) {
        assertThat(answer(gateway().perform(instruction))).isInstanceOf(Unknown.class);
        var known =
                Await.value(() -> (Succeeded) ((Trace.Found) answer(gateway().find(instruction))).answer());
        assertThat(answer(gateway().perform(instruction))).isEqualTo(known);
    }

    @Test
    void aTransferGoesToAVerifiedAccountOnce() {
        var transfer = transfer(9_500, charged(), account(Standing.VERIFIED));
        var first = answer(gateway().perform(transfer));
        assertThat(first).isInstanceOf(Succeeded.class);
        assertThat(answer(gateway().perform(transfer))).isEqualTo(first);
        assertThat(answer(gateway().find(transfer))).isEqualTo(new Trace.Found(first));
    }

    @Test
    void aRestrictedAccountGetsNothingUntilItIsVerified() {
        var account = account(Standing.RESTRICTED);
        var charge = charged();
        var refused = transfer(9_500, charge, account);
        assertThat(answer(gateway().perform(refused))).isInstanceOf(Declined.class);
        onboard(account, Standing.VERIFIED);
        assertThat(answer(gateway().perform(refused))).isInstanceOf(Declined.class);
        assertThat(answer(gateway().perform(transfer(9_500, charge, account)))).isInstanceOf(Succeeded.class);
    }

    @Test
    void noMoreLeavesAChargeThanItBrought() {
        var account = account(Standing.VERIFIED);
        var charge = charged();
        assertThat(answer(gateway().perform(transfer(6_000, charge, account)))).isInstanceOf(Succeeded.class);
        var back = new Refund(purpose(), new Money(4_000, "USD"), charge);
        var refunded = answer(gateway().perform(back));
        assertThat(refunded).isInstanceOf(Succeeded.class);
        assertThat(answer(gateway().perform(back))).isEqualTo(refunded);
        assertThat(answer(gateway().perform(transfer(1, charge, account)))).isInstanceOf(Declined.class);
        assertThat(answer(gateway().perform(new Refund(purpose(), new Money(1, "USD"), charge))))
                .isInstanceOf(Declined.class);
    }

    @Test
    void anAccountIsOpenedOnceAndTellsHowItStands() {
        var asked = new AccountRequest("open/" + purpose().key(), "acc_1", "US");
        var opened = (Opening.Opened) answer(gateway().open(asked));
        assertThat(opened.standing()).isEqualTo(Standing.PENDING);
        assertThat(opened.onboardingLink()).startsWith("http");
        assertThat(answer(gateway().open(asked))).isEqualTo(opened);
        onboard(opened.account(), Standing.VERIFIED);
        assertThat(answer(gateway().standing(opened.account()))).contains(Standing.VERIFIED);
        assertThat(answer(gateway().standing("acct_nobody"))).isEmpty();
    }

    @Test
    void whatHappensIsTold() {
        var charge = charge(cards().authenticating());
        var action = (ActionRequired) answer(gateway().perform(charge));
        authenticate(action);
        var account = account(Standing.VERIFIED);
        var transfer = transfer(100, action.reference(), account);
        var paid = answer(gateway().perform(transfer));
        Await.until(() -> assertThat(news())
                .contains(
                        new News.OfCharge(charge.purpose(), action),
                        new News.OfCharge(charge.purpose(), new Succeeded(action.reference())),
                        new News.OfTransfer(transfer.purpose(), paid))
                .anyMatch(it -> it instanceof News.OfAccount of && of.account().equals(account)));
    }

    private List<News> news() {
        return told().stream()
                .map(it -> gateway().read(it.body(), it.signature()))
                .map(notice -> ((Notice.Genuine) notice).event())
                .map(Event::news)
                .toList();
    }

    @Test
    void onlyWhatTheProviderSignedLatelyIsBelieved() {
        Answer succeeded = answer(gateway().perform(charge(cards().good())));
        assertThat(succeeded).isInstanceOf(Succeeded.class);
        var genuine = Await.value(() -> told().getFirst());
        assertThat(gateway().read(genuine.body(), genuine.signature())).isInstanceOf(Notice.Genuine.class);
        var forged = new String(genuine.body(), StandardCharsets.UTF_8)
                .replace('1', '2')
                .getBytes(StandardCharsets.UTF_8);
        assertThat(gateway().read(forged, genuine.signature())).isInstanceOf(Notice.Rejected.class);
        assertThat(gateway().read(genuine.body(), "")).isInstanceOf(Notice.Rejected.class);
        assertThat(gateway().read(genuine.body(), "t=1,v1=00")).isInstanceOf(Notice.Rejected.class);
        letPass(Duration.ofSeconds(290));
        assertThat(gateway().read(genuine.body(), genuine.signature())).isInstanceOf(Notice.Genuine.class);
        letPass(Duration.ofSeconds(20));
        assertThat(gateway().read(genuine.body(), genuine.signature())).isInstanceOf(Notice.Rejected.class);
    }
}
