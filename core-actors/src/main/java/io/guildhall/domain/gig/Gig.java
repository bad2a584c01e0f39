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

/** A service that a freelancer offers. A gig is a draft, active, paused or archived; an archived gig never changes again. */
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

    /** @param revision 1 for the first version, increased by each edit */
    record Listing(String freelancerId, GigDetails details, long revision) {
        private Listing edited(GigDetails changed) {
            return new Listing(freelancerId, changed, revision + 1);
        }
    }

    record NotCreated() implements Gig {}

    record Draft(Listing listing) implements Gig {}

    record Active(Listing listing) implements Gig {}

    record Paused(Listing listing) implements Gig {}

    record Archived(Listing listing) implements Gig {}

    default Optional<Listing> findListing() {
        return switch (this) {
            case NotCreated _ -> Optional.empty();
            case Draft g -> Optional.of(g.listing);
            case Active g -> Optional.of(g.listing);
            case Paused g -> Optional.of(g.listing);
            case Archived g -> Optional.of(g.listing);
        };
    }

    /**
     * Whether a caller is allowed to read the gig: everyone if it is active, else its freelancer only.
     *
     * @param accountId empty for an anonymous caller
     */
    default boolean isVisibleTo(Optional<String> accountId) {
        return this instanceof Active
                || findListing()
                        .map(Listing::freelancerId)
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
                isNotOwner(command, g.listing)
                        ? reject(NOT_YOURS)
                        : switch (command) {
                            case Post c -> repeated(c, g.listing);
                            case Edit c -> edit(c, g.listing, false, now);
                            case Publish _ when g.listing.details.packages().isEmpty() -> reject(NO_PACKAGE);
                            case Publish _ -> accept(new Published(now));
                            case Pause _ -> reject(NOT_PUBLISHED);
                            case Archive _ -> accept(new GigEvent.Archived(now));
                        };
            case Active g ->
                isNotOwner(command, g.listing)
                        ? reject(NOT_YOURS)
                        : switch (command) {
                            case Post c -> repeated(c, g.listing);
                            case Edit c -> edit(c, g.listing, true, now);
                            case Publish _ -> accept();
                            case Pause _ -> accept(new GigEvent.Paused(now));
                            case Archive _ -> accept(new GigEvent.Archived(now));
                        };
            case Paused g ->
                isNotOwner(command, g.listing)
                        ? reject(NOT_YOURS)
                        : switch (command) {
                            case Post c -> repeated(c, g.listing);
                            case Edit c -> edit(c, g.listing, true, now);
                            case Publish _ -> accept(new Published(now));
                            case Pause _ -> accept();
                            case Archive _ -> accept(new GigEvent.Archived(now));
                        };
            case Archived g ->
                isNotOwner(command, g.listing)
                        ? reject(NOT_YOURS)
                        : switch (command) {
                            case Post c -> repeated(c, g.listing);
                            case Edit _, Publish _, Pause _ -> reject(IS_ARCHIVED);
                            case Archive _ -> accept();
                        };
        };
    }

    private static boolean isNotOwner(GigCommand command, Listing listing) {
        return !(command instanceof Post) && !command.by().equals(listing.freelancerId);
    }

    private static Decision<GigEvent, GigRejection> post(Post c, Instant now) {
        var problem = problem(c.details(), c.by(), c.publish());
        if (problem.isPresent()) return reject(problem.get());
        var posted = new Posted(c.by(), c.details(), now);
        return c.publish() ? accept(posted, new Published(now)) : accept(posted);
    }

    /** Equal details for the same gig are a repeated request. */
    private static Decision<GigEvent, GigRejection> repeated(Post c, Listing listing) {
        return c.by().equals(listing.freelancerId) && c.details().equals(listing.details)
                ? accept()
                : reject(ALREADY_POSTED);
    }

    private static Decision<GigEvent, GigRejection> edit(
            Edit c, Listing listing, boolean mustBeOrderable, Instant now) {
        if (c.revision() != listing.revision) return reject(CHANGED_MEANWHILE);
        var problem = problem(c.details(), c.by(), mustBeOrderable);
        if (problem.isPresent()) return reject(problem.get());
        return c.details().equals(listing.details) ? accept() : accept(new Edited(c.details(), now));
    }

    private static Optional<GigRejection> problem(GigDetails details, String by, boolean mustBeOrderable) {
        if (!details.hasValidPackages()) return Optional.of(PACKAGES_UNSOUND);
        if (mustBeOrderable && details.packages().isEmpty()) return Optional.of(NO_PACKAGE);
        return details.hasOnlyMediaOf(by) ? Optional.empty() : Optional.of(MEDIA_NOT_YOURS);
    }

    default Gig evolve(GigEvent event) {
        return switch (this) {
            case NotCreated _ ->
                switch (event) {
                    case Posted e -> new Draft(new Listing(e.freelancerId(), e.details(), 1));
                    case Edited _, Published _, GigEvent.Paused _, GigEvent.Archived _ ->
                        throw new CorruptJournalException(this, event);
                };
            case Draft g ->
                switch (event) {
                    case Edited e -> new Draft(g.listing.edited(e.details()));
                    case Published _ -> new Active(g.listing);
                    case GigEvent.Archived _ -> new Archived(g.listing);
                    case Posted _, GigEvent.Paused _ -> throw new CorruptJournalException(this, event);
                };
            case Active g ->
                switch (event) {
                    case Edited e -> new Active(g.listing.edited(e.details()));
                    case GigEvent.Paused _ -> new Paused(g.listing);
                    case GigEvent.Archived _ -> new Archived(g.listing);
                    case Posted _, Published _ -> throw new CorruptJournalException(this, event);
                };
            case Paused g ->
                switch (event) {
                    case Edited e -> new Paused(g.listing.edited(e.details()));
                    case Published _ -> new Active(g.listing);
                    case GigEvent.Archived _ -> new Archived(g.listing);
                    case Posted _, GigEvent.Paused _ -> throw new CorruptJournalException(this, event);
                };
            case Archived _ -> throw new CorruptJournalException(this, event);
        };
    }
}
