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
import io.guildhall.http.endpoint.Formats;
import io.guildhall.http.endpoint.Problem;
import io.guildhall.http.route.AggregateApi;
import io.guildhall.port.PaymentGateway;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** Open and read payout accounts. */
public final class PayoutEndpoints {
    private final AggregateApi<PayoutAccount, PayoutAccountCommand, PayoutAccountRejection> accounts;
    private final PaymentGateway gateway;

    public PayoutEndpoints(Entities entities, PaymentGateway gateway) {
        this.accounts = new AggregateApi<>(entities, PayoutAccount.AGGREGATE, PayoutEndpoints::problem);
        this.gateway = gateway;
    }

    public List<Endpoint<?, ?>> all() {
        return List.of(
                post(
                                "/api/me/payout-account",
                                "Open a payout account. Read it for the link to the provider's onboarding page.")
                        .requires(FREELANCER)
                        .accepts(PayoutAccountFields.class)
                        .returns(202, PayoutAccountResource.class)
                        .with(Endpoint.Feature.IDEMPOTENCY_KEY)
                        .with(Endpoint.Feature.OPEN_TO_SUSPENDED)
                        .problems(409, "payout-account-state")
                        .handledBy(this::open),
                get("/api/me/payout-account", "Get your payout account, with the link to its onboarding page.")
                        .requires(FREELANCER)
                        .returns(200, PayoutAccountResource.class)
                        .handledBy(this::read));
    }

    public record PayoutAccountFields(
            @NotNull @Pattern(regexp = Formats.COUNTRY) String country) {}

    /**
     * @param onboardingUrl a link to the provider's page, valid for a short time; absent if the account is verified or
     *     not created yet
     */
    public record PayoutAccountResource(Status status, Optional<String> country, Optional<String> onboardingUrl) {
        public enum Status {
            NONE,
            PENDING,
            VERIFIED,
            RESTRICTED
        }
    }

    private CompletionStage<PayoutAccountResource> open(Call<PayoutAccountFields> call) {
        return accounts.execute(
                        call, call.caller().id(), new Request(call.body().country()))
                .thenApply(it -> resource(it, Optional.empty()));
    }

    private CompletionStage<PayoutAccountResource> read(Call<Void> call) {
        return accounts.read(call.caller().id(), it -> true)
                .thenCompose(account -> link(account).thenApply(link -> resource(account, link)));
    }

    /** The link expires, so each response requests a new one from the provider. */
    private CompletionStage<Optional<String>> link(PayoutAccount account) {
        return switch (account) {
            case PayoutAccount.Open it
            when it.status() != PayoutStatus.VERIFIED ->
                gateway.onboardingLink(it.providerId()).thenApply(Optional::of);
            case PayoutAccount.NotOpened _, PayoutAccount.Opening _, PayoutAccount.Open _ ->
                completedFuture(Optional.empty());
        };
    }

    private static PayoutAccountResource resource(PayoutAccount account, Optional<String> link) {
        return switch (account) {
            case PayoutAccount.NotOpened _ ->
                new PayoutAccountResource(PayoutAccountResource.Status.NONE, Optional.empty(), Optional.empty());
            case PayoutAccount.Opening it ->
                new PayoutAccountResource(
                        PayoutAccountResource.Status.PENDING, Optional.of(it.country()), Optional.empty());
            case PayoutAccount.Open it ->
                new PayoutAccountResource(status(it.status()), Optional.of(it.country()), link);
        };
    }

    private static PayoutAccountResource.Status status(PayoutStatus status) {
        return switch (status) {
            case PENDING -> PayoutAccountResource.Status.PENDING;
            case VERIFIED -> PayoutAccountResource.Status.VERIFIED;
            case RESTRICTED -> PayoutAccountResource.Status.RESTRICTED;
        };
    }

    private static Problem problem(PayoutAccountRejection rejection) {
        return switch (rejection) {
            case NOT_REQUESTED, NOT_OPENED, DIFFERENT_PROVIDER_ACCOUNT ->
                new Problem(409, "payout-account-state", "The payout account is in another state. Read it again.");
        };
    }
}
