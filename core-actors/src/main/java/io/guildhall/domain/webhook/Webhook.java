package io.guildhall.domain.webhook;

import io.guildhall.kernel.Personal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * An address that receives events of an account.
 *
 * @param kinds the kinds of events that it receives, at least one
 * @param activeSince when it was last registered, changed or resumed
 * @param generation of its secret, from 1; a rotation adds one
 * @param retiring earlier secrets that still sign
 * @param dropsReportedAt when its owner was last told of dropped deliveries
 */
public record Webhook(
        String id,
        @Personal(erased = Personal.ERASED_URL) String url,
        List<String> kinds,
        Status status,
        Instant registeredAt,
        Instant activeSince,
        int generation,
        List<RetiringSecret> retiring,
        Optional<Instant> dropsReportedAt) {
    /** Stored by these names, which never change. */
    public enum Status {
        ACTIVE,
        /** By its owner. */
        PAUSED,
        /** By the program, because its address did not accept events. */
        DISABLED
    }

    /** @param until when it stops signing */
    public record RetiringSecret(int generation, Instant until) {
        boolean isValid(Instant now) {
            return now.isBefore(until);
        }
    }

    public Webhook {
        kinds = List.copyOf(kinds);
        retiring = List.copyOf(retiring);
    }

    static Webhook registered(String id, String url, List<String> kinds, Instant at) {
        return new Webhook(id, url, kinds, Status.ACTIVE, at, at, 1, List.of(), Optional.empty());
    }

    public boolean receivesEvents() {
        return status == Status.ACTIVE;
    }

    /** The secrets that sign now, newest first. */
    public List<Integer> signingGenerations(Instant now) {
        var generations = new ArrayList<Integer>();
        generations.add(generation);
        retiring.reversed().stream()
                .filter(it -> it.isValid(now))
                .map(RetiringSecret::generation)
                .forEach(generations::add);
        return List.copyOf(generations);
    }

    boolean hasContent(String otherUrl, List<String> otherKinds) {
        return url.equals(otherUrl) && kinds.equals(otherKinds);
    }

    Webhook withContent(String newUrl, List<String> newKinds, Instant at) {
        return new Webhook(id, newUrl, newKinds, status, registeredAt, at, generation, retiring, dropsReportedAt);
    }

    Webhook withStatus(Status newStatus, Instant at) {
        var since = newStatus == Status.ACTIVE ? at : activeSince;
        return new Webhook(id, url, kinds, newStatus, registeredAt, since, generation, retiring, dropsReportedAt);
    }

    Webhook withSecret(int newGeneration, Instant previousUntil, Instant at) {
        var still =
                new ArrayList<>(retiring.stream().filter(it -> it.isValid(at)).toList());
        still.add(new RetiringSecret(generation, previousUntil));
        return new Webhook(id, url, kinds, status, registeredAt, activeSince, newGeneration, still, dropsReportedAt);
    }

    Webhook withDropsReported(Instant at) {
        return new Webhook(id, url, kinds, status, registeredAt, activeSince, generation, retiring, Optional.of(at));
    }
}
