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
import io.guildhall.kernel.SuspensionRule;
import java.time.Instant;
import java.util.Optional;

/**
 * A service that a freelancer offers. A gig is a draft, active, paused or archived; an archived gig never changes
 * again.
 */
public sealed interface Gig extends Journalled {
    Aggregate<Gig, GigCommand, GigEvent, GigRejection> AGGREGATE = new Aggregate<>(
                    "gig",
                    Gig.class,
                    GigCommand.class,
                    GigEvent.class,
                    GigRejection.class,
                    new NotCreated(),
                    Gig::decide,
                    Gig::evolve)
            .ownedBy((_, gig) ->
                    gig.findListing().map(Listing::freelancerId).stream().toList())
            .with(new SuspensionRule<>(
                    (_, command) -> GigParties.of(command), CALLER_SUSPENDED, COUNTERPART_SUSPENDED));

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
            case Draft draft -> Optional.of(draft.listing);
            case Active active -> Optional.of(active.listing);
            case Paused paused -> Optional.of(paused.listing);
            case Archived archived -> Optional.of(archived.listing);
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
                    case Post post -> post(post, now);
                    case Edit _, Publish _, Pause _, Archive _ -> reject(NOT_POSTED);
                };
            case Draft draft ->
                isNotOwner(command, draft.listing)
                        ? reject(NOT_YOURS)
                        : switch (command) {
                            case Post post -> repeated(post, draft.listing);
                            case Edit edit -> edit(edit, draft.listing, false, now);
                            case Publish _ when draft.listing.details.packages().isEmpty() -> reject(NO_PACKAGE);
                            case Publish _ -> accept(new Published(now));
                            case Pause _ -> reject(NOT_PUBLISHED);
                            case Archive _ -> accept(new GigEvent.Archived(now));
                        };
            case Active active ->
                isNotOwner(command, active.listing)
                        ? reject(NOT_YOURS)
                        : switch (command) {
                            case Post post -> repeated(post, active.listing);
                            case Edit edit -> edit(edit, active.listing, true, now);
                            case Publish _ -> accept();
                            case Pause _ -> accept(new GigEvent.Paused(now));
                            case Archive _ -> accept(new GigEvent.Archived(now));
                        };
            case Paused paused ->
                isNotOwner(command, paused.listing)
                        ? reject(NOT_YOURS)
                        : switch (command) {
                            case Post post -> repeated(post, paused.listing);
                            case Edit edit -> edit(edit, paused.listing, true, now);
                            case Publish _ -> accept(new Published(now));
                            case Pause _ -> accept();
                            case Archive _ -> accept(new GigEvent.Archived(now));
                        };
            case Archived archived ->
                isNotOwner(command, archived.listing)
                        ? reject(NOT_YOURS)
                        : switch (command) {
                            case Post post -> repeated(post, archived.listing);
                            case Edit _, Publish _, Pause _ -> reject(ALREADY_ARCHIVED);
                            case Archive _ -> accept();
                        };
        };
    }

    private static boolean isNotOwner(GigCommand command, Listing listing) {
        return !(command instanceof Post) && !command.by().equals(listing.freelancerId);
    }

    private static Decision<GigEvent, GigRejection> post(Post command, Instant now) {
        var problem = problem(command.details(), command.by(), command.publish());
        if (problem.isPresent()) return reject(problem.get());
        var posted = new Posted(command.by(), command.details(), now);
        return command.publish() ? accept(posted, new Published(now)) : accept(posted);
    }

    /** Equal details for the same gig are a repeated request. */
    private static Decision<GigEvent, GigRejection> repeated(Post command, Listing listing) {
        return command.by().equals(listing.freelancerId) && command.details().equals(listing.details)
                ? accept()
                : reject(ALREADY_POSTED);
    }

    private static Decision<GigEvent, GigRejection> edit(
            Edit command, Listing listing, boolean mustBeOrderable, Instant now) {
        if (command.revision() != listing.revision) return reject(REVISION_MISMATCH);
        var problem = problem(command.details(), command.by(), mustBeOrderable);
        if (problem.isPresent()) return reject(problem.get());
        return command.details().equals(listing.details) ? accept() : accept(new Edited(command.details(), now));
    }

    private static Optional<GigRejection> problem(GigDetails details, String by, boolean mustBeOrderable) {
        if (!details.hasValidPackages()) return Optional.of(INVALID_PACKAGES);
        if (mustBeOrderable && details.packages().isEmpty()) return Optional.of(NO_PACKAGE);
        return details.hasOnlyMediaOf(by) ? Optional.empty() : Optional.of(MEDIA_NOT_YOURS);
    }

    default Gig evolve(GigEvent event) {
        return switch (this) {
            case NotCreated _ ->
                switch (event) {
                    case Posted posted -> new Draft(new Listing(posted.freelancerId(), posted.details(), 1));
                    case Edited _, Published _, GigEvent.Paused _, GigEvent.Archived _ ->
                        throw new CorruptJournalException(this, event);
                };
            case Draft draft ->
                switch (event) {
                    case Edited edited -> new Draft(draft.listing.edited(edited.details()));
                    case Published _ -> new Active(draft.listing);
                    case GigEvent.Archived _ -> new Archived(draft.listing);
                    case Posted _, GigEvent.Paused _ -> throw new CorruptJournalException(this, event);
                };
            case Active active ->
                switch (event) {
                    case Edited edited -> new Active(active.listing.edited(edited.details()));
                    case GigEvent.Paused _ -> new Paused(active.listing);
                    case GigEvent.Archived _ -> new Archived(active.listing);
                    case Posted _, Published _ -> throw new CorruptJournalException(this, event);
                };
            case Paused paused ->
                switch (event) {
                    case Edited edited -> new Paused(paused.listing.edited(edited.details()));
                    case Published _ -> new Active(paused.listing);
                    case GigEvent.Archived _ -> new Archived(paused.listing);
                    case Posted _, GigEvent.Paused _ -> throw new CorruptJournalException(this, event);
                };
            case Archived _ -> throw new CorruptJournalException(this, event);
        };
    }
}
