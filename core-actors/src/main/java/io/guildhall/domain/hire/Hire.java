package io.guildhall.domain.hire;

import static io.guildhall.domain.hire.HireRejection.*;
import static io.guildhall.kernel.Decision.accept;
import static io.guildhall.kernel.Decision.reject;

import io.guildhall.domain.hire.HireCommand.*;
import io.guildhall.domain.hire.HireEvent.Started;
import io.guildhall.kernel.Aggregate;
import io.guildhall.kernel.CorruptJournalException;
import io.guildhall.kernel.Decision;
import io.guildhall.kernel.Journalled;
import io.guildhall.kernel.SuspensionRule;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The attempt to create a contract from an accepted proposal, invite or order. A hire has the id of its contract. It is
 * in progress until it is agreed on: by the proposal, by the job of an invite, or immediately for an order, which needs
 * no other agreement. Then the contract is created, and the hire succeeds. A hire that is refused, or that is not
 * agreed on when its deadline has passed, has failed: no contract is created. The first outcome is final, so repeated
 * commands of a process change nothing.
 */
public sealed interface Hire extends Journalled {
    Aggregate<Hire, HireCommand, HireEvent, HireRejection> AGGREGATE = new Aggregate<>(
                    "hire",
                    Hire.class,
                    HireCommand.class,
                    HireEvent.class,
                    HireRejection.class,
                    new NotStarted(),
                    Hire::decide,
                    Hire::evolve)
            .ownedBy((_, hire) -> Stream.concat(
                            hire.findDetails().map(HireDetails::clientId).stream(),
                            hire.findTerms().map(HireTerms::freelancerId).stream())
                    .toList())
            .with(new SuspensionRule<>(HireParties::of, CALLER_SUSPENDED, COUNTERPART_SUSPENDED));

    /** The reason of a hire whose deadline has passed. */
    String TIMED_OUT = "timed-out";

    record NotStarted() implements Hire {}

    /** @param terms of an accepted invite or order; empty for a proposal */
    record InProgress(HireDetails details, Optional<HireTerms> terms) implements Hire {
        private Decision<HireEvent, HireRejection> handle(HireCommand command, Instant now) {
            return switch (command) {
                case Start _ -> accept();
                case Agree agree -> accept(new HireEvent.Agreed(details, agree.terms(), now));
                case Refuse refuse -> accept(new HireEvent.Failed(details, HireFailure.REFUSED, refuse.reason(), now));
                case TimeOut _ when now.isBefore(details.deadline()) -> reject(NOT_DUE);
                case TimeOut _ -> accept(new HireEvent.Failed(details, HireFailure.TIMED_OUT, TIMED_OUT, now));
                case Complete _ -> reject(NOT_AGREED);
            };
        }
    }

    record Agreed(HireDetails details, HireTerms terms) implements Hire {}

    record Succeeded(HireDetails details, HireTerms terms) implements Hire {}

    /** @param reason a code */
    record Failed(HireDetails details, Optional<HireTerms> terms, HireFailure failure, String reason) implements Hire {}

    default Optional<HireDetails> findDetails() {
        return switch (this) {
            case NotStarted _ -> Optional.empty();
            case InProgress inProgress -> Optional.of(inProgress.details);
            case Agreed agreed -> Optional.of(agreed.details);
            case Succeeded succeeded -> Optional.of(succeeded.details);
            case Failed failed -> Optional.of(failed.details);
        };
    }

    /** Empty until a proposal is accepted. */
    default Optional<HireTerms> findTerms() {
        return switch (this) {
            case NotStarted _ -> Optional.empty();
            case InProgress inProgress -> inProgress.terms;
            case Agreed agreed -> Optional.of(agreed.terms);
            case Succeeded succeeded -> Optional.of(succeeded.terms);
            case Failed failed -> failed.terms;
        };
    }

    default boolean isVisibleTo(String accountId) {
        return findDetails().filter(it -> it.clientId().equals(accountId)).isPresent()
                || findTerms().filter(it -> it.freelancerId().equals(accountId)).isPresent();
    }

    default Decision<HireEvent, HireRejection> decide(HireCommand command, Instant now) {
        return switch (this) {
            case NotStarted _ ->
                switch (command) {
                    case Start start -> start(start, now);
                    case Agree _, Refuse _, TimeOut _, Complete _ -> reject(NOT_STARTED);
                };
            case InProgress inProgress -> inProgress.handle(command, now);
            case Agreed agreed ->
                switch (command) {
                    case Start _, Agree _, Refuse _, TimeOut _ -> accept();
                    case Complete _ -> accept(new HireEvent.Succeeded(agreed.details, agreed.terms, now));
                };
            case Succeeded _ ->
                switch (command) {
                    case Start _, Agree _, Refuse _, TimeOut _, Complete _ -> accept();
                };
            case Failed _ ->
                switch (command) {
                    case Start _, Refuse _, TimeOut _ -> accept();
                    case Agree _, Complete _ -> reject(ALREADY_FAILED);
                };
        };
    }

    private static Decision<HireEvent, HireRejection> start(Start command, Instant now) {
        var details = new HireDetails(
                command.source(),
                command.jobId(),
                command.clientId(),
                command.title(),
                command.feeBasisPoints(),
                now.plus(command.timeLimit()),
                command.rules());
        return accept(new Started(details, command.terms(), now));
    }

    default Hire evolve(HireEvent event) {
        return switch (this) {
            case NotStarted _ ->
                switch (event) {
                    case Started started -> new InProgress(started.hire(), started.terms());
                    case HireEvent.Agreed _, HireEvent.Succeeded _, HireEvent.Failed _ ->
                        throw new CorruptJournalException(this, event);
                };
            case InProgress inProgress ->
                switch (event) {
                    case HireEvent.Agreed agreed -> new Agreed(inProgress.details, agreed.terms());
                    case HireEvent.Failed failed ->
                        new Failed(inProgress.details, inProgress.terms, failed.failure(), failed.reason());
                    case Started _, HireEvent.Succeeded _ -> throw new CorruptJournalException(this, event);
                };
            case Agreed agreed ->
                switch (event) {
                    case HireEvent.Succeeded _ -> new Succeeded(agreed.details, agreed.terms);
                    case Started _, HireEvent.Agreed _, HireEvent.Failed _ ->
                        throw new CorruptJournalException(this, event);
                };
            case Succeeded _, Failed _ -> throw new CorruptJournalException(this, event);
        };
    }
}
