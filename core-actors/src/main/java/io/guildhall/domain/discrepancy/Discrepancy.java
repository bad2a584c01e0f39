package io.guildhall.domain.discrepancy;

import static io.guildhall.domain.discrepancy.DiscrepancyRejection.*;
import static io.guildhall.kernel.Decision.accept;
import static io.guildhall.kernel.Decision.reject;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.guildhall.domain.discrepancy.DiscrepancyCommand.*;
import io.guildhall.domain.discrepancy.DiscrepancyEvent.*;
import io.guildhall.domain.escrow.PendingCall;
import io.guildhall.domain.escrow.PendingCall.Status;
import io.guildhall.kernel.Aggregate;
import io.guildhall.kernel.CorruptJournalException;
import io.guildhall.kernel.Decision;
import io.guildhall.kernel.Journalled;
import io.guildhall.kernel.Money;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * A report of the payment provider that does not fit what it was asked to do, or a difference that the auditor found.
 * Money that a client was charged too much is sent back; everything else waits for an operator. A discrepancy ends when
 * the money was sent back, when an operator closes it, or when the provider confirms what it has denied.
 */
public sealed interface Discrepancy extends Journalled {
    Aggregate<Discrepancy, DiscrepancyCommand, DiscrepancyEvent, DiscrepancyRejection> AGGREGATE = new Aggregate<>(
            "discrepancy",
            Discrepancy.class,
            DiscrepancyCommand.class,
            DiscrepancyEvent.class,
            DiscrepancyRejection.class,
            new NotCreated(),
            Discrepancy::decide,
            Discrepancy::evolve);

    String PREFIX = "dsc";

    /**
     * The id of the discrepancy. Reports of the same payment have the same id, so a repeated report records nothing. A
     * denied claim, a different amount of a payment and a difference in the records have one id for each amount and
     * subject.
     */
    static String id(Report report) {
        var name = switch (report.kind()) {
            case SECOND_PAYMENT, WRONG_AMOUNT, UNKNOWN_PAYMENT -> "payment/" + payment(report);
            case REVERSED -> "reversal/" + payment(report);
            case MISSING_PAYMENT -> "missing/" + payment(report);
            case FALSE_REPORT -> claim("false", report);
            case OTHER_AMOUNT -> claim("amount", report);
            case OUT_OF_BALANCE -> claim("balance", report);
        };
        return PREFIX + "_" + UUID.nameUUIDFromBytes(name.getBytes(UTF_8));
    }

    private static String claim(String kind, Report report) {
        return String.join(
                "/",
                kind,
                payment(report),
                report.subject(),
                Integer.toString(report.attempt()),
                Long.toString(report.amount().amount()),
                report.amount().currency());
    }

    private static String payment(Report report) {
        return report.movement() + "/" + report.reference();
    }

    record NotCreated() implements Discrepancy {}

    /** It waits for an operator. */
    record Waiting(Report report) implements Discrepancy {
        private Decision<DiscrepancyEvent, DiscrepancyRejection> handle(DiscrepancyCommand command, Instant now) {
            return switch (command) {
                case RecordReport _ -> accept();
                case Retry _ ->
                    report.canBeReturned() ? accept(new ReturnStarted(report, 1, now)) : reject(NOT_RETURNABLE);
                case ReturnOutcome _ -> reject(NO_SUCH_ATTEMPT);
                case Close close -> accept(new DiscrepancyEvent.Closed(report, close.by(), close.note(), now));
            };
        }
    }

    /** The money is being sent back. */
    record Returning(Report report, PendingCall refund) implements Discrepancy {
        private Decision<DiscrepancyEvent, DiscrepancyRejection> handle(DiscrepancyCommand command, Instant now) {
            return switch (command) {
                case RecordReport _ -> accept();
                case Retry _ ->
                    refund.wasRefused() ? accept(new ReturnStarted(report, refund.attempt() + 1, now)) : accept();
                case ReturnOutcome outcome
                when outcome.attempt() < 1 || outcome.attempt() > refund.attempt() -> reject(NO_SUCH_ATTEMPT);
                case RecordReturned returned when !returned.amount().equals(report.amount()) -> reject(WRONG_AMOUNT);
                case RecordReturned returned -> accept(new DiscrepancyEvent.Returned(report, returned.refundId(), now));
                case ReturnOutcome outcome when !refund.isAttempt(outcome.attempt()) || refund.wasRefused() -> accept();
                case RecordReturnFailed failed -> fail(failed, now);
                case RecordReturnUnknown unknown ->
                    refund.status() == Status.UNKNOWN
                            ? accept()
                            : accept(new ReturnUnknown(report, unknown.attempt(), now));
                case Close close ->
                    refund.wasRefused()
                            ? accept(new DiscrepancyEvent.Closed(report, close.by(), close.note(), now))
                            : reject(RETURNING);
            };
        }

        private Decision<DiscrepancyEvent, DiscrepancyRejection> fail(RecordReturnFailed command, Instant now) {
            var failed = new ReturnFailed(report, command.attempt(), command.error(), now);
            return PendingCall.isLastAutomatic(command.attempt())
                    ? accept(failed, new ReturnStalled(report, command.attempt(), command.error(), now))
                    : accept(failed);
        }

        Returning with(Status status, String detail) {
            return new Returning(report, refund.with(status, detail));
        }
    }

    record Returned(Report report, String refundId) implements Discrepancy {
        private Decision<DiscrepancyEvent, DiscrepancyRejection> handle(DiscrepancyCommand command) {
            return switch (command) {
                case RecordReturned returned when !returned.refundId().equals(refundId) -> reject(SECOND_PAYMENT);
                case RecordReport _, ReturnOutcome _, Retry _, Close _ -> accept();
            };
        }
    }

    record Closed(Report report) implements Discrepancy {
        private Decision<DiscrepancyEvent, DiscrepancyRejection> handle(DiscrepancyCommand command) {
            return switch (command) {
                case RecordReturned _ -> reject(SECOND_PAYMENT);
                case RecordReport _, ReturnOutcome _, Retry _, Close _ -> accept();
            };
        }
    }

    /**
     * The amount that a payment has sent back.
     *
     * @param reference of the payment; empty is returned for any other
     */
    default Optional<Money> returnedBy(String reference) {
        return switch (this) {
            case Returned returned when returned.refundId.equals(reference) -> Optional.of(returned.report.amount());
            case NotCreated _, Waiting _, Returning _, Returned _, Closed _ -> Optional.empty();
        };
    }

    default boolean wasReported() {
        return switch (this) {
            case NotCreated _ -> false;
            case Waiting _, Returning _, Returned _, Closed _ -> true;
        };
    }

    default Decision<DiscrepancyEvent, DiscrepancyRejection> decide(DiscrepancyCommand command, Instant now) {
        return switch (this) {
            case NotCreated _ ->
                switch (command) {
                    case RecordReport(var report)
                    when report.mustBeReturned() ->
                        accept(new Reported(report, now), new ReturnStarted(report, 1, now));
                    case RecordReport(var report) -> accept(new Reported(report, now));
                    case ReturnOutcome _, Retry _, Close _ -> reject(NOT_REPORTED);
                };
            case Waiting waiting -> waiting.handle(command, now);
            case Returning returning -> returning.handle(command, now);
            case Returned returned -> returned.handle(command);
            case Closed closed -> closed.handle(command);
        };
    }

    default Discrepancy evolve(DiscrepancyEvent event) {
        return switch (this) {
            case NotCreated _ ->
                switch (event) {
                    case Reported reported -> new Waiting(reported.report());
                    case ReturnStep _, DiscrepancyEvent.Returned _, DiscrepancyEvent.Closed _ ->
                        throw new CorruptJournalException(this, event);
                };
            case Waiting waiting ->
                switch (event) {
                    case ReturnStarted started -> returning(started);
                    case DiscrepancyEvent.Closed _ -> new Closed(waiting.report);
                    case Reported _, ReturnUnknown _, ReturnFailed _, ReturnStalled _, DiscrepancyEvent.Returned _ ->
                        throw new CorruptJournalException(this, event);
                };
            case Returning returning ->
                switch (event) {
                    case ReturnStarted started -> returning(started);
                    case ReturnUnknown _ -> returning.with(Status.UNKNOWN, "");
                    case ReturnFailed failed -> returning.with(Status.FAILED, failed.why());
                    case ReturnStalled stalled -> returning.with(Status.STALLED, stalled.why());
                    case DiscrepancyEvent.Returned returned -> new Returned(returning.report, returned.refundId());
                    case DiscrepancyEvent.Closed _ -> new Closed(returning.report);
                    case Reported _ -> throw new CorruptJournalException(this, event);
                };
            case Returned _, Closed _ -> throw new CorruptJournalException(this, event);
        };
    }

    private static Returning returning(ReturnStarted event) {
        return new Returning(event.report(), PendingCall.started(event.attempt(), event.at()));
    }
}
