package io.guildhall.domain.contract;

import static io.guildhall.domain.contract.ContractRejection.*;
import static io.guildhall.kernel.Decision.accept;
import static io.guildhall.kernel.Decision.reject;

import io.guildhall.domain.contract.ContractCommand.*;
import io.guildhall.domain.contract.ContractEvent.*;
import io.guildhall.kernel.Aggregate;
import io.guildhall.kernel.CorruptJournalException;
import io.guildhall.kernel.Decision;
import io.guildhall.kernel.Journalled;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * The agreement between a client and a freelancer. It awaits its first funding, is active, and is completed when its last milestone is paid.
 * It can be cancelled until a milestone is funded. The escrows move the money; a contract only records the result.
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
            Contract::evolve);

    /** The content of a contract, which every phase after its creation has. Milestone n is at index n - 1. */
    record Details(Deal deal, List<Milestone> milestones) {
        public Optional<Milestone> milestone(int number) {
            return milestones.stream().filter(it -> it.number() == number).findFirst();
        }
    }

    record NotCreated() implements Contract {}

    record AwaitingFunding(Details details) implements Contract {}

    record Active(Details details) implements Contract {}

    record Completed(Details details) implements Contract {}

    record Cancelled(Details details, String reason) implements Contract {}

    default Optional<Details> findDetails() {
        return switch (this) {
            case NotCreated _ -> Optional.empty();
            case AwaitingFunding c -> Optional.of(c.details);
            case Active c -> Optional.of(c.details);
            case Completed c -> Optional.of(c.details);
            case Cancelled c -> Optional.of(c.details);
        };
    }

    default boolean isVisibleTo(String accountId) {
        return findDetails().filter(it -> it.deal().hasParty(accountId)).isPresent();
    }

    default Decision<ContractEvent, ContractRejection> decide(ContractCommand command, Instant now) {
        return switch (this) {
            case NotCreated _ ->
                switch (command) {
                    case Draw c when !hasValidMilestones(c) -> reject(MILESTONES_DO_NOT_ADD_UP);
                    case Draw c -> accept(new Drawn(c.deal(), c.milestones(), now));
                    case MilestoneCommand _, Cancel _ -> reject(NOT_DRAWN);
                };
            case AwaitingFunding a ->
                switch (command) {
                    case Draw c -> repeated(c, a.details);
                    case MilestoneCommand c -> MilestoneLifecycle.decide(c, a.details, now);
                    case Cancel c when !a.details.deal.hasParty(c.by()) -> reject(NOT_YOURS);
                    case Cancel c ->
                        accept(new ContractEvent.Cancelled(
                                a.details.deal, c.by(), c.reason(), a.details.milestones.size(), now));
                };
            case Active a ->
                switch (command) {
                    case Draw c -> repeated(c, a.details);
                    case MilestoneCommand c -> MilestoneLifecycle.decide(c, a.details, now);
                    case Cancel c -> reject(a.details.deal.hasParty(c.by()) ? ALREADY_FUNDED : NOT_YOURS);
                };
            case Completed a ->
                switch (command) {
                    case Draw c -> repeated(c, a.details);
                    case MilestoneCommand c -> MilestoneLifecycle.decide(c, a.details, now);
                    case Cancel c -> reject(a.details.deal.hasParty(c.by()) ? ALREADY_COMPLETED : NOT_YOURS);
                };
            case Cancelled a ->
                switch (command) {
                    case Draw c -> repeated(c, a.details);
                    case MilestoneCommand c -> MilestoneLifecycle.rejectAll(c, a.details.deal, ALREADY_CANCELLED);
                    case Cancel c when !a.details.deal.hasParty(c.by()) -> reject(NOT_YOURS);
                    case Cancel _ -> accept();
                };
        };
    }

    private static Decision<ContractEvent, ContractRejection> repeated(Draw c, Details details) {
        return c.deal().equals(details.deal) ? accept() : reject(DRAWN_OTHERWISE);
    }

    private static boolean hasValidMilestones(Draw c) {
        var numbers = c.milestones().stream().map(Milestone::number).toList();
        return numbers.equals(IntStream.rangeClosed(1, numbers.size()).boxed().toList())
                && c.milestones().stream().allMatch(it -> it.status() == Milestone.Status.PENDING)
                && c.deal()
                        .price()
                        .isSumOf(c.milestones().stream().map(Milestone::amount).toList());
    }

    default Contract evolve(ContractEvent event) {
        return switch (this) {
            case NotCreated _ ->
                switch (event) {
                    case Drawn e -> new AwaitingFunding(new Details(e.deal(), e.milestones()));
                    case MilestoneFunded _,
                            WorkSubmitted _,
                            ChangesRequested _,
                            MilestoneAccepted _,
                            MilestonePaid _,
                            ContractEvent.Completed _,
                            ContractEvent.Cancelled _ -> throw new CorruptJournalException(this, event);
                };
            case AwaitingFunding c ->
                switch (event) {
                    case MilestoneFunded _ -> new Active(MilestoneLifecycle.evolve(c.details, event));
                    case ContractEvent.Cancelled e -> new Cancelled(c.details, e.why());
                    case Drawn _,
                            WorkSubmitted _,
                            ChangesRequested _,
                            MilestoneAccepted _,
                            MilestonePaid _,
                            ContractEvent.Completed _ -> throw new CorruptJournalException(this, event);
                };
            case Active c ->
                switch (event) {
                    case MilestoneFunded _, WorkSubmitted _, ChangesRequested _, MilestoneAccepted _, MilestonePaid _ ->
                        new Active(MilestoneLifecycle.evolve(c.details, event));
                    case ContractEvent.Completed _ -> new Completed(c.details);
                    case Drawn _, ContractEvent.Cancelled _ -> throw new CorruptJournalException(this, event);
                };
            case Completed _, Cancelled _ -> throw new CorruptJournalException(this, event);
        };
    }
}
