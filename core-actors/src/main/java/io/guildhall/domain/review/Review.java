package io.guildhall.domain.review;

import static io.guildhall.domain.review.ReviewRejection.*;
import static io.guildhall.kernel.Decision.accept;
import static io.guildhall.kernel.Decision.reject;

import io.guildhall.domain.review.ReviewCommand.*;
import io.guildhall.domain.review.ReviewEvent.*;
import io.guildhall.kernel.Aggregate;
import io.guildhall.kernel.CorruptJournalException;
import io.guildhall.kernel.Decision;
import io.guildhall.kernel.Ids;
import io.guildhall.kernel.Journalled;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * One side's review of a contract: awaited, sealed (written and shown to nobody), shown when the other side has written too or its time is
 * over; or missed. Its identity is made of contract and side, so each side writes one.
 */
public sealed interface Review extends Journalled {
    Duration WINDOW = Duration.ofDays(14);

    Aggregate<Review, ReviewCommand, ReviewEvent, ReviewRejection> AGGREGATE = new Aggregate<>(
            "review",
            Review.class,
            ReviewCommand.class,
            ReviewEvent.class,
            ReviewRejection.class,
            new NotCreated(),
            Review::decide,
            Review::evolve);

    static String id(String contractId, Side side) {
        return "rev_" + Ids.body(contractId) + (side == Side.CLIENT ? "-c" : "-f");
    }

    record NotCreated() implements Review {}

    record Awaited(Subject subject) implements Review {}

    record Sealed(Subject subject, Ratings ratings, String text, Instant writtenAt) implements Review {}

    record Shown(Subject subject, Ratings ratings, String text, Instant writtenAt) implements Review {}

    record Missed(Subject subject) implements Review {}

    default Optional<Subject> opened() {
        return switch (this) {
            case NotCreated _ -> Optional.empty();
            case Awaited r -> Optional.of(r.subject);
            case Sealed r -> Optional.of(r.subject);
            case Shown r -> Optional.of(r.subject);
            case Missed r -> Optional.of(r.subject);
        };
    }

    default Decision<ReviewEvent, ReviewRejection> decide(ReviewCommand command, Instant now) {
        return switch (this) {
            case NotCreated _ ->
                switch (command) {
                    case Open c -> accept(new Opened(c.subject(), now));
                    case Write _, Reveal _, CloseWindow _ -> reject(NOT_OPENED);
                };
            case Awaited r ->
                switch (command) {
                    case Open c -> repeated(c, r.subject);
                    case Write c when !c.by().equals(r.subject.authorId()) -> reject(NOT_YOURS);
                    case Write _ when now.isAfter(r.subject.closesAt()) -> reject(TOO_LATE);
                    case Write c when !c.ratings().areInRange() -> reject(RATINGS_OUT_OF_RANGE);
                    case Write c -> accept(new Written(r.subject, c.ratings(), c.text(), now));
                    case Reveal _ -> reject(NOT_WRITTEN);
                    case CloseWindow _ when now.isBefore(r.subject.closesAt()) -> reject(TOO_EARLY);
                    case CloseWindow _ -> accept(new Lapsed(r.subject, now));
                };
            case Sealed r ->
                switch (command) {
                    case Open c -> repeated(c, r.subject);
                    case Write c -> again(c, r.subject, r.ratings, r.text);
                    case Reveal _ -> accept(new Revealed(r.subject, r.ratings, r.text, now));
                    case CloseWindow _ when now.isBefore(r.subject.closesAt()) -> reject(TOO_EARLY);
                    case CloseWindow _ -> accept(new Revealed(r.subject, r.ratings, r.text, now));
                };
            case Shown r ->
                switch (command) {
                    case Open c -> repeated(c, r.subject);
                    case Write c -> again(c, r.subject, r.ratings, r.text);
                    case Reveal _, CloseWindow _ -> accept();
                };
            case Missed r ->
                switch (command) {
                    case Open c -> repeated(c, r.subject);
                    case Write c when !c.by().equals(r.subject.authorId()) -> reject(NOT_YOURS);
                    case Write _ -> reject(TOO_LATE);
                    case Reveal _ -> reject(NOT_WRITTEN);
                    case CloseWindow _ -> accept();
                };
        };
    }

    private static Decision<ReviewEvent, ReviewRejection> repeated(Open c, Subject subject) {
        return c.subject().contractId().equals(subject.contractId()) ? accept() : reject(OPENED_OTHERWISE);
    }

    private static Decision<ReviewEvent, ReviewRejection> again(
            Write c, Subject subject, Ratings ratings, String text) {
        if (!c.by().equals(subject.authorId())) return reject(NOT_YOURS);
        return c.ratings().equals(ratings) && c.text().equals(text) ? accept() : reject(ALREADY_WRITTEN);
    }

    default Review evolve(ReviewEvent event) {
        return switch (this) {
            case NotCreated _ ->
                switch (event) {
                    case Opened e -> new Awaited(e.subject());
                    case Written _, Revealed _, Lapsed _ -> throw new CorruptJournalException(this, event);
                };
            case Awaited r ->
                switch (event) {
                    case Written e -> new Sealed(r.subject, e.ratings(), e.text(), e.at());
                    case Lapsed _ -> new Missed(r.subject);
                    case Opened _, Revealed _ -> throw new CorruptJournalException(this, event);
                };
            case Sealed r ->
                switch (event) {
                    case Revealed _ -> new Shown(r.subject, r.ratings, r.text, r.writtenAt);
                    case Opened _, Written _, Lapsed _ -> throw new CorruptJournalException(this, event);
                };
            case Shown _, Missed _ -> throw new CorruptJournalException(this, event);
        };
    }
}
