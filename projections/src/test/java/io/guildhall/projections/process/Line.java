package io.guildhall.projections.process;

import static java.util.concurrent.CompletableFuture.completedFuture;

import io.guildhall.port.PaymentGateway;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/** The line to a provider, which can be cut: nothing reaches it, and nothing is known. */
final class Line implements PaymentGateway {
    private final Supplier<PaymentGateway> provider;
    private volatile boolean isCut;
    private volatile Duration keyLife = Duration.ofDays(1);

    Line(Supplier<PaymentGateway> provider) {
        this.provider = provider;
    }

    void cut() {
        isCut = true;
    }

    void mend() {
        isCut = false;
    }

    /** For how long the provider remembers, from now on. */
    void remembers(Duration time) {
        keyLife = time;
    }

    @Override
    public CompletionStage<Answer> perform(Instruction instruction) {
        return isCut
                ? completedFuture(new Answer.Unknown("cut"))
                : provider.get().perform(instruction);
    }

    @Override
    public CompletionStage<Trace> find(Instruction instruction) {
        return isCut
                ? completedFuture(new Trace.Unreachable("cut"))
                : provider.get().find(instruction);
    }

    @Override
    public CompletionStage<Answer> abandon(Instruction.Charge charge) {
        return isCut
                ? completedFuture(new Answer.Unknown("cut"))
                : provider.get().abandon(charge);
    }

    @Override
    public Duration keyLife() {
        return keyLife;
    }

    @Override
    public CompletionStage<Opening> open(AccountRequest request) {
        return isCut
                ? completedFuture(new Opening.Unknown("cut"))
                : provider.get().open(request);
    }

    @Override
    public CompletionStage<Optional<Standing>> standing(String account) {
        return provider.get().standing(account);
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
    public Notice read(byte[] body, String signature) {
        return provider.get().read(body, signature);
    }
}
