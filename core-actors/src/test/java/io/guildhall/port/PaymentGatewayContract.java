package io.guildhall.port;

import static io.guildhall.Await.result;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.guildhall.Await;
import io.guildhall.kernel.Money;
import io.guildhall.port.PaymentGateway.AccountRequest;
import io.guildhall.port.PaymentGateway.AccountResult;
import io.guildhall.port.PaymentGateway.AccountStatus;
import io.guildhall.port.PaymentGateway.Booking;
import io.guildhall.port.PaymentGateway.Bookings;
import io.guildhall.port.PaymentGateway.Change;
import io.guildhall.port.PaymentGateway.Event;
import io.guildhall.port.PaymentGateway.Instruction;
import io.guildhall.port.PaymentGateway.Instruction.Charge;
import io.guildhall.port.PaymentGateway.Instruction.Refund;
import io.guildhall.port.PaymentGateway.Instruction.Transfer;
import io.guildhall.port.PaymentGateway.InstructionId;
import io.guildhall.port.PaymentGateway.KeyReusedException;
import io.guildhall.port.PaymentGateway.Movement;
import io.guildhall.port.PaymentGateway.PaymentResult;
import io.guildhall.port.PaymentGateway.PaymentResult.ActionRequired;
import io.guildhall.port.PaymentGateway.PaymentResult.Declined;
import io.guildhall.port.PaymentGateway.PaymentResult.Succeeded;
import io.guildhall.port.PaymentGateway.Period;
import io.guildhall.port.PaymentGateway.SearchResult;
import io.guildhall.port.PaymentGateway.Webhook;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * Tests for every adapter of a payment provider. An adapter whose provider simulates its own faults passes
 * {@link SimulatedFaultsContract}, too.
 */
public abstract class PaymentGatewayContract {

    /** The provider's tokens for test cards. */
    public record Cards(String good, String declined, String authenticating) {}

    /** A received webhook. */
    public record ReceivedWebhook(byte[] body, String signature) {}

    protected abstract PaymentGateway gateway();

    protected abstract Cards cards();

    /** Confirms a charge, as the payer does on the page of the provider. */
    protected abstract void authenticate(ActionRequired action);

    /** Completes the verification of an account, as its owner does on the page of the provider. */
    protected abstract void onboard(String account, AccountStatus outcome);

    /** All webhooks received so far. */
    protected abstract List<ReceivedWebhook> receivedWebhooks();

    protected abstract void advanceClock(Duration time);

    static final Money PRICE = new Money(10_000, "USD");
    private final String escrow = "esc_" + UUID.randomUUID() + "-1";
    private int attempts;

    final InstructionId nextId() {
        int attempt = ++attempts;
        return new InstructionId(escrow + "/" + attempt, escrow, attempt);
    }

    final Charge charge(String card) {
        return new Charge(nextId(), PRICE, card);
    }

    private String charged() {
        return ((Succeeded) result(gateway().perform(charge(cards().good())))).reference();
    }

    private String account(AccountStatus status) {
        var request = new AccountRequest("open/" + nextId().key(), "acc_" + UUID.randomUUID(), "US");
        var opened = (AccountResult.Opened) result(gateway().openAccount(request));
        onboard(opened.account(), status);
        return opened.account();
    }

    final SearchResult find(Instruction instruction) {
        return result(gateway().find(instruction.movement(), instruction.id()));
    }

    private Transfer transfer(long amount, String charge, String account) {
        return new Transfer(nextId(), new Money(amount, "USD"), charge, account);
    }

    @Test
    void chargesCardOnceForRepeatedInstruction() {
        var charge = charge(cards().good());
        var first = result(gateway().perform(charge));
        assertThat(first).isInstanceOf(Succeeded.class);
        assertThat(result(gateway().perform(charge))).isEqualTo(first);
        assertThat(find(charge)).isEqualTo(new SearchResult.Found(charge.id(), first));
    }

    @Test
    void chargesOnceForConcurrentInstructions() {
        var charge = charge(cards().good());
        var answers = IntStream.range(0, 16).mapToObj(_ -> gateway().perform(charge)).toList().stream()
                .map(Await::result)
                .distinct()
                .toList();
        assertThat(answers).hasSize(1).first().isInstanceOf(Succeeded.class);
    }

    @Test
    void declineHasCodeAndIsFinal() {
        var charge = charge(cards().declined());
        var first = result(gateway().perform(charge));
        assertThat(first)
                .isInstanceOfSatisfying(
                        Declined.class, it -> assertThat(it.code()).isEqualTo("card_declined"));
        assertThat(result(gateway().perform(charge))).isEqualTo(first);
    }

    @Test
    void rejectsSameKeyForDifferentInstruction() {
        var charge = charge(cards().good());
        result(gateway().perform(charge));
        var other = new Charge(charge.id(), new Money(1, "USD"), charge.paymentMethod());
        assertThatThrownBy(() -> result(gateway().perform(other))).isInstanceOf(KeyReusedException.class);
    }

    @Test
    void doesNotFindInstructionThatWasNotSent() {
        assertThat(find(charge(cards().good()))).isEqualTo(new SearchResult.NotFound());
    }

    @Test
    void payerConfirmsCharge() {
        var charge = charge(cards().authenticating());
        var action = (ActionRequired) result(gateway().perform(charge));
        assertThat(find(charge)).isEqualTo(new SearchResult.Found(charge.id(), action));
        authenticate(action);
        assertThat(result(gateway().perform(charge))).isEqualTo(new Succeeded(action.reference(), PRICE));
    }

    @Test
    void cancelledChargeNeverSucceeds() {
        var charge = charge(cards().authenticating());
        var action = (ActionRequired) result(gateway().perform(charge));
        assertThat(result(gateway().cancel(charge.id()))).isInstanceOf(Declined.class);
        authenticate(action);
        assertThat(result(gateway().perform(charge))).isInstanceOf(Declined.class);
    }

    @Test
    void doesNotCancelSuccessfulCharge() {
        var charge = charge(cards().good());
        var succeeded = result(gateway().perform(charge));
        assertThat(result(gateway().cancel(charge.id()))).isEqualTo(succeeded);
    }

    @Test
    void retrievesPaymentByItsReference() {
        var charge = charge(cards().good());
        var succeeded = (Succeeded) result(gateway().perform(charge));
        assertThat(succeeded.amount()).isEqualTo(PRICE);
        assertThat(result(gateway().retrieve(Movement.CHARGE, succeeded.reference())))
                .isEqualTo(new SearchResult.Found(charge.id(), succeeded));
        assertThat(result(gateway().retrieve(Movement.REFUND, succeeded.reference())))
                .isEqualTo(new SearchResult.NotFound());
        var refund = new Refund(nextId(), PRICE, succeeded.reference());
        var refunded = (Succeeded) result(gateway().perform(refund));
        assertThat(result(gateway().retrieve(Movement.REFUND, refunded.reference())))
                .isEqualTo(new SearchResult.Found(refund.id(), refunded));
    }

    @Test
    void transfersOnceToVerifiedAccount() {
        var transfer = transfer(9_500, charged(), account(AccountStatus.VERIFIED));
        var first = result(gateway().perform(transfer));
        assertThat(first).isInstanceOf(Succeeded.class);
        assertThat(result(gateway().perform(transfer))).isEqualTo(first);
        assertThat(find(transfer)).isEqualTo(new SearchResult.Found(transfer.id(), first));
    }

    @Test
    void declinesTransferToUnverifiedAccount() {
        var account = account(AccountStatus.RESTRICTED);
        var charge = charged();
        var refused = transfer(9_500, charge, account);
        assertThat(result(gateway().perform(refused))).isInstanceOf(Declined.class);
        onboard(account, AccountStatus.VERIFIED);
        assertThat(result(gateway().perform(refused))).isInstanceOf(Declined.class);
        assertThat(result(gateway().perform(transfer(9_500, charge, account)))).isInstanceOf(Succeeded.class);
    }

    @Test
    void declinesTransfersBeyondTheCharge() {
        var account = account(AccountStatus.VERIFIED);
        var charge = charged();
        assertThat(result(gateway().perform(transfer(6_000, charge, account)))).isInstanceOf(Succeeded.class);
        var back = new Refund(nextId(), new Money(4_000, "USD"), charge);
        var refunded = result(gateway().perform(back));
        assertThat(refunded).isInstanceOf(Succeeded.class);
        assertThat(result(gateway().perform(back))).isEqualTo(refunded);
        assertThat(result(gateway().perform(transfer(1, charge, account)))).isInstanceOf(Declined.class);
        assertThat(result(gateway().perform(new Refund(nextId(), new Money(1, "USD"), charge))))
                .isInstanceOf(Declined.class);
    }

    /** A charge, a transfer and a refund, in this order. */
    private List<Booking> booked() {
        var charge = charge(cards().good());
        var charged = (Succeeded) result(gateway().perform(charge));
        result(gateway().perform(charge(cards().declined())));
        var transfer = transfer(6_000, charged.reference(), account(AccountStatus.VERIFIED));
        var paid = (Succeeded) result(gateway().perform(transfer));
        var refund = new Refund(nextId(), new Money(4_000, "USD"), charged.reference());
        var refunded = (Succeeded) result(gateway().perform(refund));
        var bookings = ownBookings(Instant.EPOCH, FUTURE, Bookings.MAX_LIMIT);
        assertThat(bookings)
                .extracting(Booking::movement, Booking::isReversal, Booking::reference, Booking::id, Booking::amount)
                .containsExactly(
                        tuple(Movement.CHARGE, false, charged.reference(), charge.id(), PRICE),
                        tuple(Movement.TRANSFER, false, paid.reference(), transfer.id(), transfer.amount()),
                        tuple(Movement.REFUND, false, refunded.reference(), refund.id(), refund.amount()));
        return bookings;
    }

    private static final Instant FUTURE = Instant.parse("2200-01-01T00:00:00Z");

    /** Follows the pages to the end. */
    private List<Booking> ownBookings(Instant from, Instant until, int limit) {
        var all = new ArrayList<Booking>();
        Optional<String> cursor = Optional.empty();
        do {
            var page = (Bookings.Listed) result(gateway().bookings(new Period(from, until), cursor, limit));
            assertThat(page.bookings()).hasSizeLessThanOrEqualTo(limit);
            all.addAll(page.bookings());
            cursor = page.next();
        } while (cursor.isPresent());
        return all.stream().filter(it -> it.id().subject().equals(escrow)).toList();
    }

    @Test
    void listsEachMovementOnceWhateverThePagesAre() {
        var all = booked();
        for (int limit = 1; limit <= 3; limit++)
            assertThat(ownBookings(all.getFirst().at(), FUTURE, limit)).isEqualTo(all);
    }

    @Test
    void listsMovementsFromTheStartOfAPeriodAndBeforeItsEnd() {
        var all = booked();
        assertThat(ownBookings(all.get(1).at(), all.get(2).at(), 10)).containsExactly(all.get(1));
        assertThat(ownBookings(all.get(1).at(), FUTURE, 10)).containsExactly(all.get(1), all.get(2));
        assertThat(ownBookings(Instant.EPOCH, all.get(1).at(), 10)).containsExactly(all.get(0));
    }

    @Test
    void opensAccountOnceAndReportsStatus() {
        var request = new AccountRequest("open/" + nextId().key(), "acc_1", "US");
        var opened = (AccountResult.Opened) result(gateway().openAccount(request));
        assertThat(opened.state().status()).isEqualTo(AccountStatus.PENDING);
        assertThat(opened.onboardingLink()).startsWith("http");
        assertThat(result(gateway().openAccount(request))).isEqualTo(opened);
        onboard(opened.account(), AccountStatus.VERIFIED);
        var verified = result(gateway().accountState(opened.account())).orElseThrow();
        assertThat(verified.status()).isEqualTo(AccountStatus.VERIFIED);
        assertThat(verified.asOf()).isAfter(opened.state().asOf());
        assertThat(result(gateway().accountState(opened.account())))
                .as("the same time, since nothing has changed")
                .contains(verified);
        assertThat(result(gateway().accountState("acct_nobody"))).isEmpty();
    }

    @Test
    void sendsWebhooks() {
        var charge = charge(cards().authenticating());
        var action = (ActionRequired) result(gateway().perform(charge));
        authenticate(action);
        var account = account(AccountStatus.VERIFIED);
        var transfer = transfer(100, action.reference(), account);
        var paid = (Succeeded) result(gateway().perform(transfer));
        Await.until(() -> assertThat(news())
                .contains(
                        new Change.PaymentChanged(Movement.CHARGE, action.reference(), charge.id(), action),
                        new Change.PaymentChanged(
                                Movement.CHARGE,
                                action.reference(),
                                charge.id(),
                                new Succeeded(action.reference(), PRICE)),
                        new Change.PaymentChanged(Movement.TRANSFER, paid.reference(), transfer.id(), paid))
                .anyMatch(it ->
                        it instanceof Change.AccountChanged of && of.account().equals(account)));
    }

    final List<Change> news() {
        return receivedWebhooks().stream()
                .map(it -> gateway().readWebhook(it.body(), it.signature()))
                .map(notice -> ((Webhook.Verified) notice).event())
                .map(Event::change)
                .toList();
    }

    @Test
    void acceptsOnlyRecentSignedWebhooks() {
        PaymentResult succeeded = result(gateway().perform(charge(cards().good())));
        assertThat(succeeded).isInstanceOf(Succeeded.class);
        var verified = Await.value(() -> receivedWebhooks().getFirst());
        assertThat(gateway().readWebhook(verified.body(), verified.signature())).isInstanceOf(Webhook.Verified.class);
        var forged = new String(verified.body(), StandardCharsets.UTF_8)
                .replace('1', '2')
                .getBytes(StandardCharsets.UTF_8);
        assertThat(gateway().readWebhook(forged, verified.signature())).isInstanceOf(Webhook.Rejected.class);
        assertThat(gateway().readWebhook(verified.body(), "")).isInstanceOf(Webhook.Rejected.class);
        assertThat(gateway().readWebhook(verified.body(), "t=1,v1=00")).isInstanceOf(Webhook.Rejected.class);
        advanceClock(Duration.ofSeconds(290));
        assertThat(gateway().readWebhook(verified.body(), verified.signature())).isInstanceOf(Webhook.Verified.class);
        advanceClock(Duration.ofSeconds(20));
        assertThat(gateway().readWebhook(verified.body(), verified.signature())).isInstanceOf(Webhook.Rejected.class);
    }
}
