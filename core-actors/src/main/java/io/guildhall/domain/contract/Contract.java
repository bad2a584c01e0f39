package io.guildhall.domain.contract;

import static io.guildhall.domain.contract.ContractRejection.*;
import static io.guildhall.kernel.Decision.accept;
import static io.guildhall.kernel.Decision.reject;

import io.guildhall.domain.contract.ContractCommand.*;
import io.guildhall.domain.contract.ContractEvent.*;
import io.guildhall.kernel.Aggregate;
import io.guildhall.kernel.CorruptJournalException;
import io.guildhall.kernel.Dates;
import io.guildhall.kernel.Decision;
import io.guildhall.kernel.Journalled;
import io.guildhall.kernel.Personal;
import io.guildhall.kernel.SuspensionRule;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The agreement between a client and a freelancer. It awaits its first funding, is active, and is completed when its
 * last milestone has ended: paid, split or refunded. If every milestone was refunded, it is cancelled instead. Both
 * parties can cancel it while no money is held. The escrows move the money; a contract decides and records the result.
 */
public sealed interface Contract extends Journalled {
    Aggregate<Contract, ContractCommand, ContractEvent, ContractRejection> AGGREGATE = new Aggregate<>(
                    "contract",
                    Contract.class,
                    ContractCommand.class,
                    ContractEvent.class,
                    ContractRejection.class,
                    new NotCreated(),
                    Contract::decide,
                    Contract::evolve)
            .ownedBy((_, contract) -> contract.findDetails()
                    .map(it -> List.of(it.deal().clientId(), it.deal().freelancerId()))
                    .orElse(List.of()))
            .with(new SuspensionRule<>(ContractParties::of, CALLER_SUSPENDED, COUNTERPART_SUSPENDED));

    /**
     * The content of a contract, which every phase after its creation has. What belongs to milestone n is at index n - 1.
     *
     * @param rules the pinned escrow rules; without them, silence never counts as consent
     * @param suspended the parties whose suspension the other one was told of
     * @param dates suspensions do not change them
     */
    record Details(
            Deal deal,
            List<Milestone> milestones,
            Optional<EscrowRules> rules,
            List<HeldMoney> heldMoney,
            List<String> suspended,
            Dates dates) {
        public Details {
            suspended = List.copyOf(suspended);
            milestones = List.copyOf(milestones);
            heldMoney = List.copyOf(heldMoney);
        }

        static Details of(Created created) {
            return new Details(
                    created.deal(),
                    created.milestones(),
                    created.rules(),
                    Collections.nCopies(created.milestones().size(), HeldMoney.NONE),
                    List.of(),
                    Dates.createdAt(created.at()));
        }

        public Optional<Milestone> milestone(int number) {
            return milestones.stream().filter(it -> it.number() == number).findFirst();
        }

        /** @param number of a milestone of the contract */
        public HeldMoney held(int number) {
            return heldMoney.get(number - 1);
        }

        Details with(Milestone changed) {
            var all = new ArrayList<>(milestones);
            all.set(changed.number() - 1, changed);
            return new Details(deal, all, rules, heldMoney, suspended, dates);
        }

        Details with(int number, HeldMoney changed) {
            var all = new ArrayList<>(heldMoney);
            all.set(number - 1, changed);
            return new Details(deal, milestones, rules, all, suspended, dates);
        }

        Details with(StandingEvent event) {
            var others = suspended.stream().filter(it -> !it.equals(event.accountId()));
            var all = switch (event) {
                case PartySuspended it -> Stream.concat(others, Stream.of(it.accountId()));
                case PartyReinstated _ -> others;
            };
            return new Details(deal, milestones, rules, heldMoney, all.toList(), dates);
        }

        private Details changed(Instant at) {
            return new Details(deal, milestones, rules, heldMoney, suspended, dates.changed(at));
        }
    }

    record NotCreated() implements Contract {}

    record AwaitingFunding(Details details) implements Contract {}

    record Active(Details details) implements Contract {}

    record Completed(Details details) implements Contract {}

    record Cancelled(Details details, @Personal String reason) implements Contract {}

    default Optional<Details> findDetails() {
        return switch (this) {
            case NotCreated _ -> Optional.empty();
            case AwaitingFunding awaitingFunding -> Optional.of(awaitingFunding.details);
            case Active active -> Optional.of(active.details);
            case Completed completed -> Optional.of(completed.details);
            case Cancelled cancelled -> Optional.of(cancelled.details);
        };
    }

    /**
     * Whether the money of the accepted milestone is to be released now: no decision of an admin is required, or it was
     * made.
     */
    default boolean releases(int number) {
        return findDetails()
                .filter(it -> !it.held(number).release().isHeld())
                .flatMap(it -> it.milestone(number))
                .filter(it -> it.status() == Milestone.Status.ACCEPTED)
                .isPresent();
    }

    default boolean isVisibleTo(String accountId) {
        return findDetails().filter(it -> it.deal().hasParty(accountId)).isPresent();
    }

    default Decision<ContractEvent, ContractRejection> decide(ContractCommand command, Instant now) {
        return switch (this) {
            case NotCreated _ ->
                switch (command) {
                    case Create create when !hasValidMilestones(create) -> reject(MILESTONES_DO_NOT_ADD_UP);
                    case Create create -> accept(new Created(create.deal(), create.milestones(), create.rules(), now));
                    case MilestoneCommand _, NoteStanding _, Cancel _ -> reject(NOT_CREATED);
                };
            case AwaitingFunding awaitingFunding ->
                switch (command) {
                    case Create create -> repeated(create, awaitingFunding.details);
                    case MilestoneCommand milestoneCommand ->
                        MilestoneLifecycle.decide(milestoneCommand, awaitingFunding.details, now);
                    case NoteStanding note -> note(note, awaitingFunding.details, now);
                    case Cancel cancel -> cancel(cancel, awaitingFunding.details, now);
                };
            case Active active ->
                switch (command) {
                    case Create create -> repeated(create, active.details);
                    case MilestoneCommand milestoneCommand ->
                        MilestoneLifecycle.decide(milestoneCommand, active.details, now);
                    case NoteStanding note -> note(note, active.details, now);
                    case Cancel cancel -> cancel(cancel, active.details, now);
                };
            case Completed completed ->
                switch (command) {
                    case Create create -> repeated(create, completed.details);
                    case MilestoneCommand milestoneCommand ->
                        MilestoneLifecycle.decide(milestoneCommand, completed.details, now);
                    case NoteStanding _ -> accept();
                    case Cancel cancel ->
                        reject(completed.details.deal.hasParty(cancel.by()) ? ALREADY_COMPLETED : NOT_YOURS);
                };
            case Cancelled cancelled ->
                switch (command) {
                    case Create create -> repeated(create, cancelled.details);
                    case MilestoneCommand milestoneCommand ->
                        MilestoneLifecycle.rejectAll(milestoneCommand, cancelled.details.deal, ALREADY_CANCELLED);
                    case NoteStanding _ -> accept();
                    case Cancel cancel when !cancelled.details.deal.hasParty(cancel.by()) -> reject(NOT_YOURS);
                    case Cancel _ -> accept();
                };
        };
    }

    /** Money that is held goes back by a refund request, so it rules out a cancellation. */
    private static Decision<ContractEvent, ContractRejection> cancel(Cancel command, Details details, Instant now) {
        if (!details.deal.hasParty(command.by())) return reject(NOT_YOURS);
        if (details.milestones.stream().anyMatch(it -> it.status().isHeld())) return reject(ALREADY_FUNDED);
        return accept(new ContractEvent.Cancelled(
                details.deal, command.by(), command.reason(), details.milestones.size(), now));
    }

    private static Decision<ContractEvent, ContractRejection> note(NoteStanding command, Details details, Instant now) {
        if (!details.deal.hasParty(command.accountId())) return reject(NOT_YOURS);
        if (details.suspended.contains(command.accountId()) == command.isSuspended()) return accept();
        return accept(
                command.isSuspended()
                        ? new PartySuspended(details.deal, command.accountId(), details.milestones.size(), now)
                        : new PartyReinstated(details.deal, command.accountId(), now));
    }

    private static Decision<ContractEvent, ContractRejection> repeated(Create command, Details details) {
        return command.deal().equals(details.deal) ? accept() : reject(EXISTS_WITH_OTHER_TERMS);
    }

    private static boolean hasValidMilestones(Create command) {
        var numbers = command.milestones().stream().map(Milestone::number).toList();
        return numbers.equals(IntStream.rangeClosed(1, numbers.size()).boxed().toList())
                && command.milestones().stream().allMatch(it -> it.status() == Milestone.Status.PENDING)
                && command.deal()
                        .price()
                        .isSumOf(command.milestones().stream()
                                .map(Milestone::amount)
                                .toList());
    }

    default Contract evolve(ContractEvent event) {
        return switch (event) {
            case StandingEvent _ -> next(event);
            case Created _, MilestoneEvent _, ContractEvent.Completed _, ContractEvent.Cancelled _ ->
                changed(event.at()).next(event);
        };
    }

    private Contract changed(Instant at) {
        return switch (this) {
            case NotCreated _ -> this;
            case AwaitingFunding it -> new AwaitingFunding(it.details.changed(at));
            case Active it -> new Active(it.details.changed(at));
            case Completed it -> new Completed(it.details.changed(at));
            case Cancelled it -> new Cancelled(it.details.changed(at), it.reason);
        };
    }

    private Contract next(ContractEvent event) {
        return switch (this) {
            case NotCreated _ ->
                switch (event) {
                    case Created created -> new AwaitingFunding(Details.of(created));
                    case MilestoneEvent _, StandingEvent _, ContractEvent.Completed _, ContractEvent.Cancelled _ ->
                        throw new CorruptJournalException(this, event);
                };
            case AwaitingFunding awaitingFunding ->
                switch (event) {
                    case MilestoneFunded _ -> new Active(MilestoneEvolution.evolve(awaitingFunding.details, event));
                    case StandingEvent it -> new AwaitingFunding(awaitingFunding.details.with(it));
                    case ContractEvent.Cancelled cancelled -> new Cancelled(awaitingFunding.details, cancelled.why());
                    case Created _, MilestoneEvent _, ContractEvent.Completed _ ->
                        throw new CorruptJournalException(this, event);
                };
            case Active active ->
                switch (event) {
                    case MilestoneEvent _ -> new Active(MilestoneEvolution.evolve(active.details, event));
                    case StandingEvent it -> new Active(active.details.with(it));
                    case ContractEvent.Completed _ -> new Completed(active.details);
                    case ContractEvent.Cancelled cancelled -> new Cancelled(active.details, cancelled.why());
                    case Created _ -> throw new CorruptJournalException(this, event);
                };
            case Completed _, Cancelled _ -> throw new CorruptJournalException(this, event);
        };
    }
}
