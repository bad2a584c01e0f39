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
 * The life of a contract: awaiting its first funding, active, fulfilled when its last milestone is paid; or void, cancelled before any was
 * funded. Money is the escrows' business: a contract is told what became of it.
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

    /** What a drawn contract is made of, whatever its phase; milestone n stands at n - 1. */
    record Sheet(Deal deal, List<Milestone> milestones) {
        public Optional<Milestone> milestone(int number) {
            return milestones.stream().filter(it -> it.number() == number).findFirst();
        }
    }

    record NotCreated() implements Contract {}

    record AwaitingFunding(Sheet sheet) implements Contract {}

    record Active(Sheet sheet) implements Contract {}

    record Fulfilled(Sheet sheet) implements Contract {}

    record Void(Sheet sheet, String why) implements Contract {}

    default Optional<Sheet> drawn() {
        return switch (this) {
            case NotCreated _ -> Optional.empty();
            case AwaitingFunding c -> Optional.of(c.sheet);
            case Active c -> Optional.of(c.sheet);
            case Fulfilled c -> Optional.of(c.sheet);
            case Void c -> Optional.of(c.sheet);
        };
    }

    default boolean isVisibleTo(String accountId) {
        return drawn().filter(it -> it.deal().binds(accountId)).isPresent();
    }

    default Decision<ContractEvent, ContractRejection> decide(ContractCommand command, Instant now) {
        return switch (this) {
            case NotCreated _ ->
                switch (command) {
                    case Draw c when !addUp(c) -> reject(MILESTONES_DO_NOT_ADD_UP);
                    case Draw c -> accept(new Drawn(c.deal(), c.milestones(), now));
                    case OfMilestone _, Cancel _ -> reject(NOT_DRAWN);
                };
            case AwaitingFunding a ->
                switch (command) {
                    case Draw c -> repeated(c, a.sheet);
                    case OfMilestone c -> MilestoneLifecycle.decide(c, a.sheet, now);
                    case Cancel c when !a.sheet.deal.binds(c.by()) -> reject(NOT_YOURS);
                    case Cancel c ->
                        accept(new Cancelled(a.sheet.deal, c.by(), c.why(), a.sheet.milestones.size(), now));
                };
            case Active a ->
                switch (command) {
                    case Draw c -> repeated(c, a.sheet);
                    case OfMilestone c -> MilestoneLifecycle.decide(c, a.sheet, now);
                    case Cancel c -> reject(a.sheet.deal.binds(c.by()) ? ALREADY_FUNDED : NOT_YOURS);
                };
            case Fulfilled a ->
                switch (command) {
                    case Draw c -> repeated(c, a.sheet);
                    case OfMilestone c -> MilestoneLifecycle.decide(c, a.sheet, now);
                    case Cancel c -> reject(a.sheet.deal.binds(c.by()) ? ALREADY_COMPLETED : NOT_YOURS);
                };
            case Void a ->
                switch (command) {
                    case Draw c -> repeated(c, a.sheet);
                    case OfMilestone c -> MilestoneLifecycle.refuse(c, a.sheet.deal, ALREADY_CANCELLED);
                    case Cancel c when !a.sheet.deal.binds(c.by()) -> reject(NOT_YOURS);
                    case Cancel _ -> accept();
                };
        };
    }

    private static Decision<ContractEvent, ContractRejection> repeated(Draw c, Sheet sheet) {
        return c.deal().equals(sheet.deal) ? accept() : reject(DRAWN_OTHERWISE);
    }

    private static boolean addUp(Draw c) {
        var numbers = c.milestones().stream().map(Milestone::number).toList();
        return numbers.equals(IntStream.rangeClosed(1, numbers.size()).boxed().toList())
                && c.milestones().stream().allMatch(it -> it.status() == Milestone.Status.PENDING)
                && c.deal()
                        .price()
                        .isMadeOf(c.milestones().stream().map(Milestone::amount).toList());
    }

    default Contract evolve(ContractEvent event) {
        return switch (this) {
            case NotCreated _ ->
                switch (event) {
                    case Drawn e -> new AwaitingFunding(new Sheet(e.deal(), e.milestones()));
                    case MilestoneFunded _,
                            WorkSubmitted _,
                            ChangesRequested _,
                            MilestoneAccepted _,
                            MilestonePaid _,
                            Completed _,
                            Cancelled _ -> throw new CorruptJournalException(this, event);
                };
            case AwaitingFunding c ->
                switch (event) {
                    case MilestoneFunded _ -> new Active(MilestoneLifecycle.evolve(c.sheet, event));
                    case Cancelled e -> new Void(c.sheet, e.why());
                    case Drawn _,
                            WorkSubmitted _,
                            ChangesRequested _,
                            MilestoneAccepted _,
                            MilestonePaid _,
                            Completed _ -> throw new CorruptJournalException(this, event);
                };
            case Active c ->
                switch (event) {
                    case MilestoneFunded _, WorkSubmitted _, ChangesRequested _, MilestoneAccepted _, MilestonePaid _ ->
                        new Active(MilestoneLifecycle.evolve(c.sheet, event));
                    case Completed _ -> new Fulfilled(c.sheet);
                    case Drawn _, Cancelled _ -> throw new CorruptJournalException(this, event);
                };
            case Fulfilled _, Void _ -> throw new CorruptJournalException(this, event);
        };
    }
}
