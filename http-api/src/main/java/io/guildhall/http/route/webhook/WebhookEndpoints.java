package io.guildhall.http.route.webhook;

import static io.guildhall.http.endpoint.Endpoint.delete;
import static io.guildhall.http.endpoint.Endpoint.get;
import static io.guildhall.http.endpoint.Endpoint.post;
import static io.guildhall.http.endpoint.Endpoint.put;

import io.guildhall.actors.Entities;
import io.guildhall.domain.webhook.Webhook;
import io.guildhall.domain.webhook.Webhooks;
import io.guildhall.domain.webhook.WebhooksCommand;
import io.guildhall.domain.webhook.WebhooksCommand.*;
import io.guildhall.domain.webhook.WebhooksRejection;
import io.guildhall.http.endpoint.Call;
import io.guildhall.http.endpoint.Endpoint;
import io.guildhall.http.endpoint.Endpoint.Feature;
import io.guildhall.http.endpoint.Problem;
import io.guildhall.http.route.AggregateApi;
import io.guildhall.http.route.webhook.WebhookResource.WebhookDeliveryResource;
import io.guildhall.http.route.webhook.WebhookResource.WebhookList;
import io.guildhall.http.route.webhook.WebhookResource.WebhookSend;
import io.guildhall.http.route.webhook.WebhookResource.WebhookWithSecret;
import io.guildhall.port.WebhookSecrets;
import io.guildhall.port.WebhookTargets;
import io.guildhall.projections.readmodel.Page;
import io.guildhall.projections.readmodel.webhook.WebhookDeliveries;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** Register and change the webhooks of the caller, and list their deliveries. */
public final class WebhookEndpoints {
    private static final String WEBHOOKS = "/api/me/webhooks";
    private static final String WEBHOOK = WEBHOOKS + "/{webhookId}";

    /** @param targets where webhooks can be sent */
    public record Settings(WebhookTargets targets, WebhookSecrets secrets) {}

    private final AggregateApi<Webhooks, WebhooksCommand, WebhooksRejection> webhooks;
    private final WebhookDeliveries deliveries;
    private final Settings settings;

    public WebhookEndpoints(Entities entities, WebhookDeliveries deliveries, Settings settings) {
        this.webhooks = new AggregateApi<>(entities, Webhooks.AGGREGATE, WebhookEndpoints::problem);
        this.deliveries = deliveries;
        this.settings = settings;
    }

    public List<Endpoint<?, ?>> all() {
        return List.of(
                // An idempotency key would store the response, and with it the secret.
                post(
                                WEBHOOKS,
                                "Register a webhook: an HTTPS address that receives events of your account, signed as"
                                        + " Standard Webhooks. Returns its secret, which is not shown again.")
                        .requiresLogin()
                        .accepts(WebhookFields.class)
                        .returns(201, WebhookWithSecret.class)
                        .problems(409, "too-many-webhooks", "webhook-exists")
                        .handledBy(this::register),
                get(
                                WEBHOOKS,
                                "List your webhooks, oldest first, in one page, and the kinds of events that they can receive."
                                        + " Notifications of unread messages are not sent to webhooks.")
                        .requiresLogin()
                        .returns(200, WebhookList.class)
                        .handledBy(this::list),
                get(WEBHOOK, "Get a webhook.")
                        .requiresLogin()
                        .returns(200, WebhookResource.class)
                        .handledBy(this::read),
                put(WEBHOOK, "Change the address and the kinds of a webhook. Replaces both.")
                        .requiresLogin()
                        .accepts(WebhookFields.class)
                        .returns(200, WebhookResource.class)
                        .problems(409, "webhook-exists")
                        .handledBy(this::change),
                delete(WEBHOOK, "Delete a webhook and its deliveries. Deleting a webhook that does not exist succeeds.")
                        .requiresLogin()
                        .with(Feature.OPEN_TO_SUSPENDED)
                        .handledBy(this::remove),
                post(WEBHOOK + "/pause", "Pause a webhook. Events that happen while it is paused are not sent later.")
                        .requiresLogin()
                        .with(Feature.OPEN_TO_SUSPENDED)
                        .returns(200, WebhookResource.class)
                        .handledBy(call -> changed(call, new Pause(id(call)))),
                post(WEBHOOK + "/resume", "Resume a paused or disabled webhook.")
                        .requiresLogin()
                        .returns(200, WebhookResource.class)
                        .handledBy(call -> changed(call, new Resume(id(call)))),
                post(
                                WEBHOOK + "/rotate-secret",
                                "Replace the secret of a webhook. Returns the new secret, which is not shown again. For 24 hours,"
                                        + " deliveries are signed with the previous secret too.")
                        .requiresLogin()
                        .returns(200, WebhookWithSecret.class)
                        .problems(409, "too-many-secrets")
                        .handledBy(this::rotateSecret),
                post(WEBHOOK + "/test", "Send a test event to a webhook. Its result shows in the deliveries.")
                        .requiresLogin()
                        .with(Feature.IDEMPOTENCY_KEY)
                        .returns(202, WebhookSend.class)
                        .problems(409, "too-many-sends", "webhook-not-active")
                        .handledBy(this::sendTest),
                get(
                                WEBHOOK + "/deliveries",
                                "List the deliveries of a webhook, newest first, for 30 days. While your account is suspended,"
                                        + " deliveries wait, for up to three days.")
                        .requiresLogin()
                        .returnsPageOf(WebhookDeliveryResource.class)
                        .handledBy(this::listDeliveries),
                post(
                                WEBHOOK + "/deliveries/{deliveryId}/send-again",
                                "Send a delivery again, with the same webhook-id. If it still waits, it is sent now.")
                        .requiresLogin()
                        .with(Feature.IDEMPOTENCY_KEY)
                        .returns(202, WebhookSend.class)
                        .problems(409, "too-many-sends", "webhook-not-active")
                        .handledBy(this::sendAgain));
    }

    private CompletionStage<WebhookWithSecret> register(Call<WebhookFields> call) {
        var id = call.newId("whk");
        requireValid(call.body());
        return execute(call, new Register(id, call.body().url(), call.body().distinctKinds()))
                .thenApply(it -> withSecret(call, find(it, id)));
    }

    private void requireValid(WebhookFields fields) {
        fields.requireValid(settings.targets(), deliveries.kinds());
    }

    private CompletionStage<WebhookList> list(Call<Void> call) {
        return webhooks.read(call.caller().id())
                .thenApply(it -> new WebhookList(
                        it.all().stream().map(WebhookResource::of).toList(), deliveries.kinds()));
    }

    private CompletionStage<WebhookResource> read(Call<Void> call) {
        return own(call).thenApply(WebhookResource::of);
    }

    private CompletionStage<Webhook> own(Call<?> call) {
        var id = id(call);
        return webhooks.read(call.caller().id()).thenApply(it -> find(it, id));
    }

    private CompletionStage<WebhookResource> change(Call<WebhookFields> call) {
        requireValid(call.body());
        return changed(call, new Change(id(call), call.body().url(), call.body().distinctKinds()));
    }

    private CompletionStage<WebhookResource> changed(Call<?> call, WebhooksCommand command) {
        var id = id(call);
        return execute(call, command).thenApply(it -> WebhookResource.of(find(it, id)));
    }

    private CompletionStage<Void> remove(Call<Void> call) {
        return execute(call, new Remove(id(call))).thenApply(_ -> null);
    }

    private CompletionStage<WebhookWithSecret> rotateSecret(Call<Void> call) {
        var id = id(call);
        return own(call)
                .thenCompose(webhook -> execute(call, new RotateSecret(id, webhook.generation() + 1)))
                .thenApply(it -> withSecret(call, find(it, id)));
    }

    private WebhookWithSecret withSecret(Call<?> call, Webhook webhook) {
        return new WebhookWithSecret(
                WebhookResource.of(webhook),
                settings.secrets().secret(call.caller().id(), webhook.id(), webhook.generation()));
    }

    private CompletionStage<WebhookSend> sendTest(Call<Void> call) {
        var deliveryId = call.newId("whd");
        return execute(call, new SendTest(id(call), deliveryId)).thenApply(_ -> new WebhookSend(deliveryId));
    }

    private CompletionStage<Page<WebhookDeliveryResource>> listDeliveries(Call<Void> call) {
        return own(call)
                .thenCompose(webhook -> deliveries.ofWebhook(webhook.id(), call.page()))
                .thenApply(page -> page.map(WebhookDeliveryResource::fromRow));
    }

    /** A delivery is never moved to another webhook, so that it can be looked up before the command. */
    private CompletionStage<WebhookSend> sendAgain(Call<Void> call) {
        var deliveryId = call.pathId("deliveryId", "whd");
        var requestId = call.newId("req");
        return own(call)
                .thenCompose(webhook -> deliveries.find(webhook.id(), deliveryId))
                .thenApply(found -> found.orElseThrow(AggregateApi::notFound))
                .thenCompose(_ -> execute(call, new SendAgain(id(call), deliveryId, requestId)))
                .thenApply(_ -> new WebhookSend(deliveryId));
    }

    private CompletionStage<Webhooks> execute(Call<?> call, WebhooksCommand command) {
        return webhooks.execute(call, call.caller().id(), command);
    }

    private static String id(Call<?> call) {
        return call.pathId("webhookId", "whk");
    }

    private static Webhook find(Webhooks all, String id) {
        return all.find(id).orElseThrow(AggregateApi::notFound);
    }

    private static Problem problem(WebhooksRejection reason) {
        return switch (reason) {
            case NO_SUCH_WEBHOOK -> AggregateApi.notFound();
            case TOO_MANY ->
                new Problem(
                        409,
                        "too-many-webhooks",
                        "You already have " + Webhooks.MAX + " webhooks. Change or delete one of them.");
            case ADDRESS_IN_USE ->
                new Problem(409, "webhook-exists", "You already have a webhook with this address. Change that one.");
            case TOO_MANY_SECRETS ->
                new Problem(
                        409,
                        "too-many-secrets",
                        "The secret was replaced several times in 24 hours. Wait until an earlier one has expired.");
            case TOO_MANY_SENDS ->
                new Problem(
                        409,
                        "too-many-sends",
                        "You have sent " + Webhooks.MAX_SENDS_PER_HOUR
                                + " tests and repeated deliveries in an hour. Try again later.");
            case NOT_ACTIVE ->
                new Problem(
                        409, "webhook-not-active", "The webhook is paused or disabled. Resume it, then send again.");
        };
    }
}
