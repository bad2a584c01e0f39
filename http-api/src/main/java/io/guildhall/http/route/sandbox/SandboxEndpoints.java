package io.guildhall.http.route.sandbox;

import static io.guildhall.http.endpoint.Endpoint.post;

import io.guildhall.http.endpoint.Call;
import io.guildhall.http.endpoint.Endpoint;
import io.guildhall.http.endpoint.Formats;
import io.guildhall.http.endpoint.Problem;
import io.guildhall.http.route.AggregateApi;
import io.guildhall.http.text.PlainText;
import io.guildhall.port.PaymentGateway.AccountStatus;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletionStage;

/** Simulates the payment provider's pages in development. Does not exist with a real provider. */
public final class SandboxEndpoints {
    /** The actions on the sandbox's pages. */
    public interface Pages {
        /** Returns false if the secret is wrong or the payment does not wait for a confirmation. */
        CompletionStage<Boolean> confirm(String intent, String clientSecret);

        /** Returns false if the account does not exist. */
        CompletionStage<Boolean> onboard(String account, AccountStatus outcome);
    }

    private final Pages pages;

    public SandboxEndpoints(Pages pages) {
        this.pages = pages;
    }

    public List<Endpoint<?, ?>> all() {
        return List.of(
                post(
                                "/sandbox/payment-intents/{intentId}/confirm",
                                "Confirm a payment, as the card holder does on the provider's page.")
                        .accepts(ConfirmPayment.class)
                        .handledBy(this::confirm),
                post(
                                "/sandbox/payout-accounts/{payoutAccountId}/complete-onboarding",
                                "Complete the onboarding of a payout account with a chosen outcome.")
                        .accepts(CompleteOnboarding.class)
                        .handledBy(this::onboard));
    }

    public record ConfirmPayment(
            @NotBlank @PlainText(max = 200) String clientSecret) {}

    /** @param outcome the status that the provider gives the account */
    public record CompleteOnboarding(
            @NotNull @Pattern(regexp = Formats.PAYOUT_STATUS)
            String outcome) {}

    private CompletionStage<Void> confirm(Call<ConfirmPayment> call) {
        return pages.confirm(providerId(call, "intentId"), call.body().clientSecret())
                .thenAccept(SandboxEndpoints::requireFound);
    }

    private CompletionStage<Void> onboard(Call<CompleteOnboarding> call) {
        var outcome = AccountStatus.valueOf(call.body().outcome().toUpperCase(Locale.ROOT));
        return pages.onboard(providerId(call, "payoutAccountId"), outcome).thenAccept(SandboxEndpoints::requireFound);
    }

    private static String providerId(Call<?> call, String name) {
        var id = call.pathParameter(name);
        if (!id.matches("[A-Za-z0-9_]{1,100}")) throw AggregateApi.notFound();
        return id;
    }

    private static void requireFound(boolean found) {
        if (!found) throw new Problem(404, "not-found", "No payment or account with this id waits for this action.");
    }
}
