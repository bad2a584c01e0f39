package io.guildhall.http.route.sandbox;

import static io.guildhall.http.endpoint.Endpoint.post;

import io.guildhall.http.endpoint.Call;
import io.guildhall.http.endpoint.Endpoint;
import io.guildhall.http.endpoint.Problem;
import io.guildhall.http.route.AggregateApi;
import io.guildhall.port.PaymentGateway.Standing;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletionStage;

/** The sandbox provider's own pages, played: what a browser would do there. Not there with a real provider. */
public final class SandboxEndpoints {
    /** What the provider does on its pages. */
    public interface Pages {
        /** Whether the secret was right and the payment waited for it. */
        CompletionStage<Boolean> confirm(String intent, String clientSecret);

        /** Whether there is such an account. */
        CompletionStage<Boolean> onboard(String account, Standing outcome);
    }

    private final Pages pages;

    public SandboxEndpoints(Pages pages) {
        this.pages = pages;
    }

    public List<Endpoint<?, ?>> all() {
        return List.of(
                post("/sandbox/payment-intents/{intentId}/confirm", "The provider's page: confirm a payment")
                        .accepts(Confirmation.class)
                        .handledBy(this::confirm),
                post("/sandbox/payout-accounts/{payoutAccountId}/onboarding", "The provider's page: say who you are")
                        .accepts(Onboarding.class)
                        .handledBy(this::onboard));
    }

    public record Confirmation(@NotBlank @Size(max = 200) String clientSecret) {}

    /** @param outcome what the provider makes of it */
    public record Onboarding(
            @NotNull @Pattern(regexp = "verified|pending|restricted")
            String outcome) {}

    private CompletionStage<Void> confirm(Call<Confirmation> call) {
        return pages.confirm(known(call, "intentId"), call.body().clientSecret())
                .thenAccept(SandboxEndpoints::foundOrProblem);
    }

    private CompletionStage<Void> onboard(Call<Onboarding> call) {
        var outcome = Standing.valueOf(call.body().outcome().toUpperCase(Locale.ROOT));
        return pages.onboard(known(call, "payoutAccountId"), outcome).thenAccept(SandboxEndpoints::foundOrProblem);
    }

    private static String known(Call<?> call, String name) {
        var id = call.pathParameter(name);
        if (!id.matches("[A-Za-z0-9_]{1,100}")) throw AggregateApi.notFound();
        return id;
    }

    private static void foundOrProblem(boolean found) {
        if (!found) throw new Problem(404, "not-found", "Nothing waits here for this.");
    }
}
