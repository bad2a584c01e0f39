package io.guildhall.domain.gig;

import static io.guildhall.domain.gig.GigRejection.*;
import static io.guildhall.kernel.Decision.accept;
import static io.guildhall.kernel.Decision.reject;

import io.guildhall.domain.gig.GigCommand.*;
import io.guildhall.domain.gig.GigEvent.*;
import io.guildhall.kernel.Aggregate;
import io.guildhall.kernel.CorruptJournalException;
import io.guildhall.kernel.Decision;
import io.guildhall.kernel.Journalled;
import java.time.Instant;
import java.util.Optional;

/** What a freelancer offers, as it lives: drafted, on offer, paused and on offer again, put away for good. */
public sealed interface Gig extends Journalled {
    Aggregate<Gig, GigCommand, GigEvent, GigRejection> AGGREGATE = new Aggregate<>(
            "gig",
            Gig.class,
            GigCommand.class,
            GigEvent.class,
            GigRejection.class,
            new NotCreated(),
            Gig::decide,
            Gig::evolve);

    /** @param revision counts the edits, from 1 */
    record Offer(String freelancerId, GigDetails details, long revision) {
        private Offer edited(GigDetails changed) {
            return new Offer(freelancerId, changed, revision + 1);
        }
    }

    record NotCreated() implements Gig {}

    record Draft(Offer offer) implements Gig {}

    record Active(Offer offer) implements Gig {}

    record Resting(Offer offer) implements Gig {}

    record PutAway(Offer offer) implements Gig {}

    default Optional<Offer> posted() {
        return switch (this) {
            case NotCreated _ -> Optional.empty();
            case Draft g -> Optional.of(g.offer);
            case Active g -> Optional.of(g.offer);
            case Resting g -> Optional.of(g.offer);
            case PutAway g -> Optional.of(g.offer);
        };
    }

    /**
     * What is on offer is everybody's to see, all else its freelancer's alone.
     *
     * @param accountId empty for somebody who is not logged in
     */
    default boolean isVisibleTo(Optional<String> accountId) {
        return this instanceof Active
                || posted().map(Offer::freelancerId)
                        .filter(it -> accountId.filter(it::equals).isPresent())
                        .isPresent();
    }

    default Decision<GigEvent, GigRejection> decide(GigCommand command, Instant now) {
        return switch (this) {
            case NotCreated _ ->
                switch (command) {
                    case Post c -> post(c, now);
                    case Edit _, Publish _, Pause _, Archive _ -> reject(NOT_POSTED);
                };
            case Draft g ->
                isStranger(command, g.offer)
                        ? reject(NOT_YOURS)
                        : switch (command) {
                            case Post c -> repeated(c, g.offer);
                            case Edit c -> edit(c, g.offer, false, now);
                            case Publish _ when g.offer.details.packages().isEmpty() -> reject(NO_PACKAGE);
                            case Publish _ -> accept(new Published(now));
                            case Pause _ -> reject(NOT_PUBLISHED);
                            case Archive _ -> accept(new Archived(now));
                        };
            case Active g ->
                isStranger(command, g.offer)
                        ? reject(NOT_YOURS)
                        : switch (command) {
                            case Post c -> repeated(c, g.offer);
                            case Edit c -> edit(c, g.offer, true, now);
                            case Publish _ -> accept();
                            case Pause _ -> accept(new Paused(now));
                            case Archive _ -> accept(new Archived(now));
                        };
            case Resting g ->
                isStranger(command, g.offer)
                        ? reject(NOT_YOURS)
                        : switch (command) {
                            case Post c -> repeated(c, g.offer);
                            case Edit c -> edit(c, g.offer, true, now);
                            case Publish _ -> accept(new Published(now));
                            case Pause _ -> accept();
                            case Archive _ -> accept(new Archived(now));
                        };
            case PutAway g ->
                isStranger(command, g.offer)
                        ? reject(NOT_YOURS)
                        : switch (command) {
                            case Post c -> repeated(c, g.offer);
                            case Edit _, Publish _, Pause _ -> reject(IS_ARCHIVED);
                            case Archive _ -> accept();
                        };
        };
    }

    private static boolean isStranger(GigCommand command, Offer offer) {
        return !(command instanceof Post) && !command.by().equals(offer.freelancerId);
    }

    private static Decision<GigEvent, GigRejection> post(Post c, Instant now) {
        var unsound = unsound(c.details(), c.by(), c.publish());
        if (unsound.isPresent()) return reject(unsound.get());
        var posted = new Posted(c.by(), c.details(), now);
        return c.publish() ? accept(posted, new Published(now)) : accept(posted);
    }

    /** The same posting under the same identity is the same request sent again. */
    private static Decision<GigEvent, GigRejection> repeated(Post c, Offer offer) {
        return c.by().equals(offer.freelancerId) && c.details().equals(offer.details)
                ? accept()
                : reject(ALREADY_POSTED);
    }

    private static Decision<GigEvent, GigRejection> edit(Edit c, Offer offer, boolean isOffered, Instant now) {
        if (c.revision() != offer.revision) return reject(CHANGED_MEANWHILE);
        var unsound = unsound(c.details(), c.by(), isOffered);
        if (unsound.isPresent()) return reject(unsound.get());
        return c.details().equals(offer.details) ? accept() : accept(new Edited(c.details(), now));
    }

    private static Optional<GigRejection> unsound(GigDetails details, String by, boolean isOffered) {
        if (!details.hasSoundPackages()) return Optional.of(PACKAGES_UNSOUND);
        if (isOffered && details.packages().isEmpty()) return Optional.of(NO_PACKAGE);
        return details.hasOnlyMediaOf(by) ? Optional.empty() : Optional.of(MEDIA_NOT_YOURS);
    }

    default Gig evolve(GigEvent event) {
        return switch (this) {
            case NotCreated _ ->
                switch (event) {
                    case Posted e -> new Draft(new Offer(e.freelancerId(), e.details(), 1));
                    case Edited _, Published _, Paused _, Archived _ -> throw new CorruptJournalException(this, event);
                };
            case Draft g ->
                switch (event) {
                    case Edited e -> new Draft(g.offer.edited(e.details()));
                    case Published _ -> new Active(g.offer);
                    case Archived _ -> new PutAway(g.offer);
                    case Posted _, Paused _ -> throw new CorruptJournalException(this, event);
                };
            case Active g ->
                switch (event) {
                    case Edited e -> new Active(g.offer.edited(e.details()));
                    case Paused _ -> new Resting(g.offer);
                    case Archived _ -> new PutAway(g.offer);
                    case Posted _, Published _ -> throw new CorruptJournalException(this, event);
                };
            case Resting g ->
                switch (event) {
                    case Edited e -> new Resting(g.offer.edited(e.details()));
                    case Published _ -> new Active(g.offer);
                    case Archived _ -> new PutAway(g.offer);
                    case Posted _, Paused _ -> throw new CorruptJournalException(this, event);
                };
            case PutAway _ -> throw new CorruptJournalException(this, event);
        };
    }
}
