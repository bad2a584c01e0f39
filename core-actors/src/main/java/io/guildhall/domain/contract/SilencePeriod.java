package io.guildhall.domain.contract;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A period at whose end silence counts as consent. Both parties are warned before it ends. The period ends only after
 * every warning was sent. A late warning extends it, so that the announced number of days remains.
 *
 * @param number which of the milestone's periods, from 1
 * @param days the length from its start
 * @param warningDays how long before the end the parties are warned, in descending order
 * @param told the warnings that were sent to both parties, in the order of {@code warningDays}
 */
public record SilencePeriod(
        int number, Kind kind, Instant startedAt, int days, List<Integer> warningDays, List<Warning> told) {
    public enum Kind {
        /** The client is silent: then the submitted work is accepted. */
        ACCEPTANCE,
        /** The freelancer is silent: then the refund that the client requests is agreed to. */
        REFUND
    }

    /**
     * A warning that both parties were told.
     *
     * @param days how long before the end of the period
     */
    public record Warning(int days, Instant at) {}

    public SilencePeriod {
        warningDays = List.copyOf(warningDays);
        told = List.copyOf(told);
    }

    static SilencePeriod acceptance(int number, EscrowRules rules, Instant startedAt) {
        return new SilencePeriod(
                number, Kind.ACCEPTANCE, startedAt, rules.acceptanceDays(), rules.acceptanceWarningDays(), List.of());
    }

    static SilencePeriod refund(int number, EscrowRules rules, Instant startedAt) {
        return new SilencePeriod(
                number, Kind.REFUND, startedAt, rules.refundDays(), rules.refundWarningDays(), List.of());
    }

    /**
     * The acceptance period that continues this one after an interruption. It has the remaining days, and at least
     * those of the last warning, which is sent again. A warning that was due and not sent counts as not sent: its days
     * remain.
     */
    SilencePeriod resumed(int newNumber, Instant interruptedAt, Instant now) {
        int last = warningDays.getLast();
        int left = Math.max(daysLeft(interruptedAt), last);
        var warnings = warningDays.stream()
                .filter(it -> it == last || (it <= left && !isTold(it)))
                .toList();
        return new SilencePeriod(newNumber, kind, now, left, warnings, List.of());
    }

    /** Rounded up to whole days. */
    private int daysLeft(Instant at) {
        if (!nextStepAt().isAfter(at) && nextWarning().isPresent())
            return nextWarning().get();
        return Math.toIntExact(Math.ceilDiv(
                Duration.between(at, endsAt()).toSeconds(), Duration.ofDays(1).toSeconds()));
    }

    /** When silence counts as consent, unless a warning that is not told yet moves it. */
    public Instant endsAt() {
        return Stream.concat(
                        Stream.of(startedAt.plus(Duration.ofDays(days))),
                        told.stream().map(it -> it.at().plus(Duration.ofDays(it.days()))))
                .max(Instant::compareTo)
                .orElseThrow();
    }

    /** The next warning to tell: how many days before the end. */
    public Optional<Integer> nextWarning() {
        return warningDays.stream().filter(it -> !isTold(it)).findFirst();
    }

    /** When the next step is due: a warning, or the end. */
    public Instant nextStepAt() {
        return nextWarning().map(it -> endsAt().minus(Duration.ofDays(it))).orElseGet(this::endsAt);
    }

    boolean isTold(int warning) {
        return told.stream().anyMatch(it -> it.days() == warning);
    }

    boolean hasEnded(Instant now) {
        return nextWarning().isEmpty() && !now.isBefore(endsAt());
    }

    SilencePeriod withTold(Warning warning) {
        return new SilencePeriod(
                number,
                kind,
                startedAt,
                days,
                warningDays,
                Stream.concat(told.stream(), Stream.of(warning)).toList());
    }
}
