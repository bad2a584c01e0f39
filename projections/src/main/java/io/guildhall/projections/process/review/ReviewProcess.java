package io.guildhall.projections.process.review;

import static io.guildhall.projections.Process.on;
import static io.guildhall.projections.process.CommandSender.NOTHING;

import io.guildhall.actors.Entities;
import io.guildhall.domain.contract.Contract;
import io.guildhall.domain.contract.ContractEvent;
import io.guildhall.domain.review.Review;
import io.guildhall.domain.review.ReviewCommand;
import io.guildhall.domain.review.ReviewEvent;
import io.guildhall.domain.review.ReviewRejection;
import io.guildhall.domain.review.Side;
import io.guildhall.domain.review.Subject;
import io.guildhall.projections.DeadlineHandler;
import io.guildhall.projections.DeadlineKind;
import io.guildhall.projections.Process;
import io.guildhall.projections.Recorded;
import io.guildhall.projections.Schedule;
import io.guildhall.projections.Start;
import io.guildhall.projections.process.CommandSender;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;

/**
 * Opens the two reviews of each completed contract, and reveals them when both are written or the review period has
 * ended.
 */
public final class ReviewProcess implements Process {
    static final DeadlineKind CLOSE = new DeadlineKind("review-close");

    private final CommandSender sender;
    private final Schedule schedule;

    public ReviewProcess(Entities entities, Schedule schedule) {
        this.sender = new CommandSender(entities);
        this.schedule = schedule;
    }

    @Override
    public String name() {
        return "review";
    }

    @Override
    public Start start() {
        return Start.beginning();
    }

    @Override
    public List<Subscription<?>> follows() {
        return List.of(on(Contract.AGGREGATE, this::onContractEvent), on(Review.AGGREGATE, this::onReviewEvent));
    }

    @Override
    public Map<DeadlineKind, DeadlineHandler> deadlines() {
        return Map.of(CLOSE, due -> sender.sendWhenDue(due, Review.AGGREGATE, new ReviewCommand.EndPeriod()));
    }

    private CompletionStage<Void> onContractEvent(Recorded<ContractEvent> recorded) {
        return switch (recorded.event()) {
            case ContractEvent.Completed e -> openReviews(recorded, e);
            case ContractEvent.MilestoneEvent _,
                    ContractEvent.StandingEvent _,
                    ContractEvent.Created _,
                    ContractEvent.Cancelled _ -> NOTHING;
        };
    }

    private CompletionStage<Void> onReviewEvent(Recorded<ReviewEvent> recorded) {
        return switch (recorded.event()) {
            case ReviewEvent.Opened e ->
                schedule.plan(
                        recorded.correlation(),
                        CLOSE.forEntity(recorded.entityId()),
                        e.subject().closesAt());
            case ReviewEvent.Written e -> reveal(recorded, e.subject().mirrored());
            case ReviewEvent.Revealed e -> reveal(recorded, e.subject().mirrored());
            case ReviewEvent.Lapsed _ -> NOTHING;
        };
    }

    private CompletionStage<Void> openReviews(Recorded<?> cause, ContractEvent.Completed e) {
        var deal = e.deal();
        var client = new Subject(
                cause.entityId(),
                deal.title(),
                Side.CLIENT,
                deal.clientId(),
                deal.freelancerId(),
                e.at().plus(Review.PERIOD));
        return open(cause, client).thenCompose(_ -> open(cause, client.mirrored()));
    }

    private CompletionStage<Void> open(Recorded<?> cause, Subject subject) {
        return sender.send(cause, Review.AGGREGATE, id(subject), new ReviewCommand.Open(subject));
    }

    /** Does nothing while the other review is not written: then it is revealed when its review period ends. */
    private CompletionStage<Void> reveal(Recorded<?> cause, Subject subject) {
        var reveal = new ReviewCommand.Reveal();
        return sender.send(
                cause,
                Review.AGGREGATE,
                id(subject),
                reveal,
                rejection -> rejection == ReviewRejection.NOT_WRITTEN
                        ? NOTHING
                        : CommandSender.unexpected(Review.AGGREGATE, id(subject), reveal, rejection));
    }

    private static String id(Subject subject) {
        return Review.id(subject.contractId(), subject.side());
    }
}
