package io.guildhall.domain.webhook;

import static io.guildhall.domain.webhook.WebhooksRejection.*;
import static io.guildhall.kernel.Decision.accept;
import static io.guildhall.kernel.Decision.reject;

import io.guildhall.domain.webhook.Webhook.Status;
import io.guildhall.domain.webhook.WebhooksCommand.*;
import io.guildhall.domain.webhook.WebhooksEvent.*;
import io.guildhall.kernel.Aggregate;
import io.guildhall.kernel.Decision;
import io.guildhall.kernel.Journalled;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * The webhooks of an account, at most {@value #MAX}, each with another address.
 *
 * @param sends the tests and repeated deliveries of the last hour, oldest first
 */
public record Webhooks(List<Webhook> all, List<Send> sends) implements Journalled {
    public static final int MAX = 10;
    public static final int MAX_SENDS_PER_HOUR = 30;
    public static final Duration SECRET_OVERLAP = Duration.ofHours(24);
    static final int MAX_RETIRING_SECRETS = 3;
    /** The owner is told of dropped deliveries at most once in this time. */
    static final Duration DROPS_REPORTED_EVERY = Duration.ofDays(1);

    private static final Duration HOUR = Duration.ofHours(1);

    public static final Aggregate<Webhooks, WebhooksCommand, WebhooksEvent, WebhooksRejection> AGGREGATE =
            new Aggregate<>(
                            "webhooks",
                            Webhooks.class,
                            WebhooksCommand.class,
                            WebhooksEvent.class,
                            WebhooksRejection.class,
                            new Webhooks(List.of(), List.of()),
                            Webhooks::decide,
                            Webhooks::evolve)
                    .ownedBy((accountId, _) -> List.of(accountId));

    /** @param id of the command, to recognise a repeated one */
    public record Send(String id, Instant at) {
        private boolean isRecent(Instant now) {
            return at.plus(HOUR).isAfter(now);
        }
    }

    public Webhooks {
        all = List.copyOf(all);
        sends = List.copyOf(sends);
    }

    public Optional<Webhook> find(String id) {
        return all.stream().filter(it -> it.id().equals(id)).findFirst();
    }

    Decision<WebhooksEvent, WebhooksRejection> decide(WebhooksCommand command, Instant now) {
        return switch (command) {
            case Register it -> register(it, now);
            case Change it -> of(it.webhookId(), webhook -> change(webhook, it, now));
            case Pause it ->
                of(it.webhookId(), webhook -> switch (webhook.status()) {
                    case ACTIVE -> accept(new Paused(webhook.id(), now));
                    case PAUSED, DISABLED -> accept();
                });
            case Resume it ->
                of(
                        it.webhookId(),
                        webhook -> webhook.receivesEvents() ? accept() : accept(new Resumed(webhook.id(), now)));
            case Remove it -> find(it.webhookId()).isEmpty() ? accept() : accept(new Removed(it.webhookId(), now));
            case RotateSecret it -> of(it.webhookId(), webhook -> rotate(webhook, it.generation(), now));
            case Disable it -> disable(it, now);
            case ReportDropped it -> reportDropped(it, now);
            case SendTest it ->
                of(
                        it.webhookId(),
                        webhook ->
                                send(webhook, it.deliveryId(), new TestRequested(webhook.id(), it.deliveryId(), now)));
            case SendAgain it ->
                of(
                        it.webhookId(),
                        webhook -> send(
                                webhook,
                                it.requestId(),
                                new RedeliveryRequested(webhook.id(), it.deliveryId(), it.requestId(), now)));
        };
    }

    private Decision<WebhooksEvent, WebhooksRejection> of(
            String id, Function<Webhook, Decision<WebhooksEvent, WebhooksRejection>> decision) {
        return find(id).map(decision).orElseGet(() -> reject(NO_SUCH_WEBHOOK));
    }

    private Decision<WebhooksEvent, WebhooksRejection> register(Register command, Instant now) {
        var before = find(command.webhookId());
        if (before.isPresent())
            return before.get().hasContent(command.url(), command.kinds()) ? accept() : reject(ADDRESS_IN_USE);
        if (isUsed(command.url(), command.webhookId())) return reject(ADDRESS_IN_USE);
        return all.size() < MAX
                ? accept(new Registered(command.webhookId(), command.url(), command.kinds(), now))
                : reject(TOO_MANY);
    }

    private Decision<WebhooksEvent, WebhooksRejection> change(Webhook webhook, Change command, Instant now) {
        if (webhook.hasContent(command.url(), command.kinds())) return accept();
        return isUsed(command.url(), webhook.id())
                ? reject(ADDRESS_IN_USE)
                : accept(new Changed(webhook.id(), command.url(), command.kinds(), now));
    }

    private boolean isUsed(String url, String exceptId) {
        return all.stream().anyMatch(it -> it.url().equals(url) && !it.id().equals(exceptId));
    }

    private static Decision<WebhooksEvent, WebhooksRejection> rotate(Webhook webhook, int generation, Instant now) {
        if (generation != webhook.generation() + 1) return accept();
        return webhook.signingGenerations(now).size() > MAX_RETIRING_SECRETS
                ? reject(TOO_MANY_SECRETS)
                : accept(new SecretRotated(webhook.id(), generation, now.plus(SECRET_OVERLAP), now));
    }

    /** A command that is late changes nothing. */
    private Decision<WebhooksEvent, WebhooksRejection> disable(Disable command, Instant now) {
        return find(command.webhookId())
                .filter(it -> it.receivesEvents() && !it.activeSince().isAfter(command.failingSince()))
                .map(it -> Decision.<WebhooksEvent, WebhooksRejection>accept(
                        new Disabled(it.id(), it.url(), command.reason(), now)))
                .orElseGet(Decision::accept);
    }

    private Decision<WebhooksEvent, WebhooksRejection> reportDropped(ReportDropped command, Instant now) {
        return find(command.webhookId())
                .filter(it -> it.dropsReportedAt()
                        .filter(at -> command.lastAt().isBefore(at.plus(DROPS_REPORTED_EVERY)))
                        .isEmpty())
                .map(it -> Decision.<WebhooksEvent, WebhooksRejection>accept(
                        new DeliveriesDropped(it.id(), it.url(), now)))
                .orElseGet(Decision::accept);
    }

    private Decision<WebhooksEvent, WebhooksRejection> send(Webhook webhook, String id, SendEvent event) {
        if (sends.stream().anyMatch(it -> it.id().equals(id))) return accept();
        if (!webhook.receivesEvents()) return reject(NOT_ACTIVE);
        return recentSends(event.at()).count() < MAX_SENDS_PER_HOUR ? accept(event) : reject(TOO_MANY_SENDS);
    }

    private Stream<Send> recentSends(Instant now) {
        return sends.stream().filter(it -> it.isRecent(now));
    }

    Webhooks evolve(WebhooksEvent event) {
        return switch (event) {
            case Registered it ->
                new Webhooks(
                        Stream.concat(
                                        all.stream(),
                                        Stream.of(Webhook.registered(it.webhookId(), it.url(), it.kinds(), it.at())))
                                .toList(),
                        sends);
            case Changed it -> replace(it, webhook -> Stream.of(webhook.withContent(it.url(), it.kinds(), it.at())));
            case Paused it -> replace(it, webhook -> Stream.of(webhook.withStatus(Status.PAUSED, it.at())));
            case Resumed it -> replace(it, webhook -> Stream.of(webhook.withStatus(Status.ACTIVE, it.at())));
            case Disabled it -> replace(it, webhook -> Stream.of(webhook.withStatus(Status.DISABLED, it.at())));
            case DeliveriesDropped it -> replace(it, webhook -> Stream.of(webhook.withDropsReported(it.at())));
            case Removed it -> replace(it, _ -> Stream.of());
            case SecretRotated it ->
                replace(it, webhook -> Stream.of(webhook.withSecret(it.generation(), it.previousUntil(), it.at())));
            case TestRequested it -> withSend(new Send(it.deliveryId(), it.at()));
            case RedeliveryRequested it -> withSend(new Send(it.requestId(), it.at()));
        };
    }

    private Webhooks replace(WebhooksEvent event, Function<Webhook, Stream<Webhook>> change) {
        return new Webhooks(
                all.stream()
                        .flatMap(it -> it.id().equals(event.webhookId()) ? change.apply(it) : Stream.of(it))
                        .toList(),
                sends);
    }

    private Webhooks withSend(Send send) {
        return new Webhooks(
                all, Stream.concat(recentSends(send.at()), Stream.of(send)).toList());
    }
}
