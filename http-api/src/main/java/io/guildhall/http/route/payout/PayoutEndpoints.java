package io.guildhall.http.route.payout;

import static io.guildhall.domain.account.Role.FREELANCER;
import static io.guildhall.http.endpoint.Endpoint.get;
import static io.guildhall.http.endpoint.Endpoint.post;
import static java.util.concurrent.CompletableFuture.completedFuture;

import io.guildhall.actors.Entities;
import io.guildhall.domain.payout.PayoutAccount;
import io.guildhall.domain.payout.PayoutAccountCommand;
import io.guildhall.domain.payout.PayoutAccountCommand.Request;
import io.guildhall.domain.payout.PayoutAccountRejection;
import io.guildhall.domain.payout.PayoutStatus;
import io.guildhall.http.endpoint.Call;
import io.guildhall.http.endpoint.Endpoint;
import io.guildhall.http.endpoint.Problem;
import io.guildhall.http.route.AggregateApi;
import io.guildhall.port.PaymentGateway;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** Where a freelancer's money goes. */
public final class PayoutEndpoints {
    private final AggregateApi<PayoutAccount, PayoutAccountCommand, PayoutAccountRejection> accounts;
    private final PaymentGateway gateway;

    public PayoutEndpoints(Entities entities, PaymentGateway gateway) {
        this.accounts = new AggregateApi<>(entities, PayoutAccount.AGGREGATE, PayoutEndpoints::problem);
        this.gateway = gateway;
    }

    public List<Endpoint<?, ?>> all() {
        return List.of(
                post("/api/me/payout-account", "Open a payout account; the provider's page to go to follows by itself")
                        .requires(FREELANCER)
                        .accepts(OpenAccount.class)
                        .returns(202, PayoutAccountView.class)
                        .with(Endpoint.Feature.IDEMPOTENCY_KEY)
                        .problems(409, "payout-account-state")
                        .handledBy(this::open),
                get("/api/me/payout-account", "Your payout account, and where to complete it")
                        .requires(FREELANCER)
                        .returns(200, PayoutAccountView.class)
                        .handledBy(this::read));
    }

    public record OpenAccount(
            @NotNull @Pattern(regexp = "[A-Z]{2}") String country) {}

    /** @param onboardingUrl where its owner has something left to do; does not last */
    public record PayoutAccountView(Status status, Optional<String> country, Optional<String> onboardingUrl) {
        public enum Status {
            NONE,
            PENDING,
            VERIFIED,
            RESTRICTED
        }
    }

    private CompletionStage<PayoutAccountView> open(Call<OpenAccount> call) {
        return accounts.execute(
                        call, call.caller().id(), new Request(call.body().country()))
                .thenApply(it -> view(it, Optional.empty()));
    }

    private CompletionStage<PayoutAccountView> read(Call<Void> call) {
        return accounts.read(call.caller().id(), it -> true)
                .thenCompose(account -> link(account).thenApply(link -> view(account, link)));
    }

    /** A link lasts a while only, so it is asked for when it is shown. */
    private CompletionStage<Optional<String>> link(PayoutAccount account) {
        return switch (account) {
            case PayoutAccount.Open it
            when it.status() != PayoutStatus.VERIFIED ->
                gateway.onboardingLink(it.providerId()).thenApply(Optional::of);
            case PayoutAccount.NotOpened _, PayoutAccount.Opening _, PayoutAccount.Open _ ->
                completedFuture(Optional.empty());
        };
    }

    private static PayoutAccountView view(PayoutAccount account, Optional<String> link) {
        return switch (account) {
            case PayoutAccount.NotOpened _ ->
                new PayoutAccountView(PayoutAccountView.Status.NONE, Optional.empty(), Optional.empty());
            case PayoutAccount.Opening it ->
                new PayoutAccountView(PayoutAccountView.Status.PENDING, Optional.of(it.country()), Optional.empty());
            case PayoutAccount.Open it -> new PayoutAccountView(status(it.status()), Optional.of(it.country()), link);
        };
    }

    private static PayoutAccountView.Status status(PayoutStatus status) {
        return switch (status) {
            case PENDING -> PayoutAccountView.Status.PENDING;
            case VERIFIED -> PayoutAccountView.Status.VERIFIED;
            case RESTRICTED -> PayoutAccountView.Status.RESTRICTED;
        };
    }

    private static Problem problem(PayoutAccountRejection reason) {
        return switch (reason) {
            case NOT_REQUESTED, NOT_OPENED, OPENED_AS_ANOTHER ->
                new Problem(409, "payout-account-state", "Read your payout account again before you go on.");
        };
    }
}
