package io.guildhall.projections.process;

import static java.util.concurrent.CompletableFuture.completedFuture;

import io.guildhall.port.PaymentGateway;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;

/**
 * A connection to the payment provider that tests can interrupt: no call reaches the provider, and outcomes are
 * unknown.
 */
final class UnreliableGateway implements PaymentGateway {
    private final Supplier<PaymentGateway> provider;
    private final Set<String> refusedCharges = ConcurrentHashMap.newKeySet();
    private volatile boolean isDisconnected;
    private volatile Duration keyLife = Duration.ofDays(1);

    /** The calls that can change something, so far. */
    final List<String> changes = new CopyOnWriteArrayList<>();

    UnreliableGateway(Supplier<PaymentGateway> provider) {
        this.provider = provider;
    }

    void disconnect() {
        isDisconnected = true;
    }

    /** From now on, the provider refuses to refund a charge: its card was closed. */
    void refuseRefunds(String charge) {
        refusedCharges.add(charge);
    }

    void reconnect() {
        isDisconnected = false;
    }

    /** Sets how long the provider recognises repeated idempotency keys. */
    void setKeyLife(Duration time) {
        keyLife = time;
    }

    @Override
    public CompletionStage<PaymentResult> perform(Instruction instruction) {
        changes.add("perform " + instruction.id().key());
        if (isDisconnected) return completedFuture(new PaymentResult.Unknown("disconnected"));
        return instruction instanceof Instruction.Refund refund && refusedCharges.contains(refund.charge())
                ? completedFuture(new PaymentResult.Declined("expired_or_canceled_card"))
                : provider.get().perform(instruction);
    }

    @Override
    public CompletionStage<SearchResult> find(Movement movement, InstructionId id) {
        return isDisconnected
                ? completedFuture(new SearchResult.Unreachable("disconnected"))
                : provider.get().find(movement, id);
    }

    @Override
    public CompletionStage<SearchResult> retrieve(Movement movement, String reference) {
        return isDisconnected
                ? completedFuture(new SearchResult.Unreachable("disconnected"))
                : provider.get().retrieve(movement, reference);
    }

    @Override
    public CompletionStage<PaymentResult> cancel(InstructionId charge) {
        changes.add("cancel " + charge.key());
        return isDisconnected
                ? completedFuture(new PaymentResult.Unknown("disconnected"))
                : provider.get().cancel(charge);
    }

    @Override
    public CompletionStage<Bookings> bookings(Period period, Optional<String> cursor, int limit) {
        return isDisconnected
                ? completedFuture(new Bookings.Unreachable("disconnected"))
                : provider.get().bookings(period, cursor, limit);
    }

    @Override
    public Duration arrivalLimit() {
        return provider.get().arrivalLimit();
    }

    @Override
    public Duration keyLifetime() {
        return keyLife;
    }

    @Override
    public CompletionStage<AccountResult> openAccount(AccountRequest request) {
        changes.add("open " + request.key());
        return isDisconnected
                ? completedFuture(new AccountResult.Unknown("disconnected"))
                : provider.get().openAccount(request);
    }

    @Override
    public CompletionStage<Optional<AccountState>> accountState(String account) {
        return provider.get().accountState(account);
    }

    @Override
    public CompletionStage<String> onboardingLink(String account) {
        return provider.get().onboardingLink(account);
    }

    @Override
    public String signatureHeader() {
        return provider.get().signatureHeader();
    }

    @Override
    public Webhook readWebhook(byte[] body, String signature) {
        return provider.get().readWebhook(body, signature);
    }
}
