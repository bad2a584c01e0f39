package io.guildhall.domain.gig;

import static io.guildhall.domain.gig.Gig.AGGREGATE;
import static io.guildhall.domain.gig.GigRejection.*;
import static io.guildhall.given.Given.NOW;
import static io.guildhall.given.Given.given;
import static io.guildhall.testing.GigBuilder.aGig;
import static io.guildhall.testing.PackageBuilder.aPackage;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.guildhall.domain.gig.GigCommand.*;
import io.guildhall.domain.gig.GigEvent.*;
import io.guildhall.domain.gig.GigPackage.Tier;
import io.guildhall.given.CommandSequence;
import io.guildhall.given.CommandSequence.Step;
import io.guildhall.kernel.Money;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class GigTest {
    static final String OWNER = "acc_ann", STRANGER = "acc_stranger";
    static final GigPackage BASIC = at(Tier.BASIC, 100, "USD"), FULL = at(Tier.PREMIUM, 300, "USD");
    static final GigDetails LOGO =
            aGig().withPackages(BASIC, FULL).withMedia("acc_ann/gig/1.png").build();
    static final GigDetails OTHER = gig(BASIC);
    static final GigDetails BARE = gig();
    static final GigDetails STOLEN =
            aGig().withPackages(BASIC).withMedia("acc_anna/gig/1.png").build();
    static final GigDetails UPSIDE_DOWN = gig(FULL, BASIC);
    static final GigEvent POSTED = new Posted(OWNER, LOGO, NOW),
            PUBLISHED = new Published(NOW),
            PAUSED = new Paused(NOW),
            ARCHIVED = new Archived(NOW);

    static GigPackage at(Tier tier, long price, String currency) {
        return aPackage(tier).priced(new Money(price, currency)).build();
    }

    static GigDetails gig(GigPackage... packages) {
        return aGig().withPackages(packages).build();
    }

    @Test
    void isPostedAsDraftOrPublished() {
        given(AGGREGATE).when(new Post(OWNER, LOGO, true)).then(POSTED, PUBLISHED);
        given(AGGREGATE)
                .when(new Post(OWNER, LOGO, false))
                .then(POSTED)
                .when(new Post(OWNER, LOGO, false))
                .thenNothingChanges()
                .when(new Post(OWNER, OTHER, false))
                .thenRejected(ALREADY_POSTED)
                .when(new Post(STRANGER, LOGO, false))
                .thenRejected(ALREADY_POSTED);
        given(AGGREGATE).when(new Publish(OWNER)).thenRejected(NOT_POSTED);
    }

    @Test
    void isPublishedPausedAndArchived() {
        given(AGGREGATE, POSTED)
                .when(new Pause(OWNER))
                .thenRejected(NOT_PUBLISHED)
                .when(new Publish(OWNER))
                .then(PUBLISHED)
                .when(new Publish(OWNER))
                .thenNothingChanges()
                .when(new Pause(OWNER))
                .then(PAUSED)
                .when(new Pause(OWNER))
                .thenNothingChanges()
                .when(new Publish(OWNER))
                .then(PUBLISHED)
                .when(new Archive(OWNER))
                .then(ARCHIVED)
                .when(new Archive(OWNER))
                .thenNothingChanges()
                .when(new Publish(OWNER))
                .thenRejected(ALREADY_ARCHIVED)
                .when(new Edit(OWNER, 1, OTHER))
                .thenRejected(ALREADY_ARCHIVED);
        given(AGGREGATE, POSTED).when(new Archive(OWNER)).then(ARCHIVED);
        given(AGGREGATE, POSTED, PUBLISHED, PAUSED).when(new Archive(OWNER)).then(ARCHIVED);
    }

    @Test
    void rejectsInvalidPackages() {
        for (var unsound : List.of(
                gig(FULL, BASIC),
                gig(BASIC, BASIC),
                gig(BASIC, at(Tier.STANDARD, 99, "USD")),
                gig(BASIC, at(Tier.STANDARD, 200, "EUR")),
                gig(at(Tier.BASIC, 0, "USD")),
                gig(aPackage(Tier.BASIC).deliveredInDays(0).build()),
                gig(aPackage(Tier.BASIC).withRevisions(-1).build())))
            given(AGGREGATE).when(new Post(OWNER, unsound, false)).thenRejected(INVALID_PACKAGES);
        assertEquals(Optional.of(FULL), LOGO.find(Tier.PREMIUM));
        assertEquals(Optional.empty(), LOGO.find(Tier.STANDARD));
    }

    @Test
    void rejectsPublishedGigWithoutPackage() {
        given(AGGREGATE).when(new Post(OWNER, BARE, true)).thenRejected(NO_PACKAGE);
        given(AGGREGATE)
                .when(new Post(OWNER, BARE, false))
                .then(new Posted(OWNER, BARE, NOW))
                .when(new Publish(OWNER))
                .thenRejected(NO_PACKAGE)
                .when(new Edit(OWNER, 1, OTHER))
                .then(new Edited(OTHER, NOW))
                .when(new Publish(OWNER))
                .then(PUBLISHED)
                .when(new Edit(OWNER, 2, BARE))
                .thenRejected(NO_PACKAGE);
    }

    @Test
    void rejectsMediaOfOtherAccounts() {
        given(AGGREGATE).when(new Post(OWNER, STOLEN, false)).thenRejected(MEDIA_NOT_YOURS);
        given(AGGREGATE, POSTED).when(new Edit(OWNER, 1, STOLEN)).thenRejected(MEDIA_NOT_YOURS);
    }

    @Test
    void rejectsEditOfOutdatedRevision() {
        given(AGGREGATE, POSTED, PUBLISHED)
                .when(new Edit(OWNER, 1, OTHER))
                .then(new Edited(OTHER, NOW))
                .when(new Edit(OWNER, 1, LOGO))
                .thenRejected(REVISION_MISMATCH)
                .when(new Edit(OWNER, 2, OTHER))
                .thenNothingChanges();
    }

    @Test
    void rejectsCommandsOfOthers() {
        for (var gig : List.of(
                given(AGGREGATE, POSTED),
                given(AGGREGATE, POSTED, PUBLISHED),
                given(AGGREGATE, POSTED, PUBLISHED, PAUSED),
                given(AGGREGATE, POSTED, ARCHIVED)))
            for (var command : List.of(
                    new Edit(STRANGER, 1, OTHER), new Publish(STRANGER), new Pause(STRANGER), new Archive(STRANGER)))
                gig.when(command).thenRejected(NOT_YOURS);
    }

    @Test
    void isVisibleToOthersOnlyIfActive() {
        for (var hidden : List.of(
                given(AGGREGATE, POSTED),
                given(AGGREGATE, POSTED, PUBLISHED, PAUSED),
                given(AGGREGATE, POSTED, ARCHIVED))) {
            assertTrue(hidden.state().isVisibleTo(Optional.of(OWNER)));
            assertFalse(hidden.state().isVisibleTo(Optional.of(STRANGER)));
            assertFalse(hidden.state().isVisibleTo(Optional.empty()));
        }
        assertTrue(given(AGGREGATE, POSTED, PUBLISHED).state().isVisibleTo(Optional.empty()));
        assertFalse(AGGREGATE.initialState().isVisibleTo(Optional.of(OWNER)));
    }

    /** For random commands: an active gig has valid packages, and an archived gig stays archived. */
    @Property
    void activeGigIsAlwaysValid(@ForAll("sequences") List<Step<GigCommand>> steps) {
        var result = CommandSequence.run(AGGREGATE, steps);
        result.state().findListing().ifPresent(it -> {
            assertTrue(it.details().hasValidPackages());
            assertTrue(it.details().hasOnlyMediaOf(it.freelancerId()));
        });
        if (result.state() instanceof Gig.Active it)
            assertFalse(it.listing().details().packages().isEmpty());
        assertTrue(result.events(Archived.class).size() <= 1);
    }

    @Provide
    Arbitrary<List<Step<GigCommand>>> sequences() {
        return CommandSequence.random(COMMANDS);
    }

    static final List<GigCommand> COMMANDS = List.of(
            new Post(OWNER, LOGO, true),
            new Post(OWNER, LOGO, false),
            new Post(OWNER, BARE, false),
            new Post(OWNER, BARE, true),
            new Post(OWNER, UPSIDE_DOWN, false),
            new Post(STRANGER, STOLEN, false),
            new Publish(OWNER),
            new Pause(OWNER),
            new Edit(OWNER, 1, OTHER),
            new Edit(OWNER, 2, LOGO),
            new Edit(OWNER, 2, STOLEN),
            new Edit(STRANGER, 1, OTHER),
            new Archive(OWNER));

    @Test
    void commandsCoverEveryPhaseEventAndRejection() {
        CommandSequence.coversEverything(AGGREGATE, COMMANDS, Set.of());
    }
}
