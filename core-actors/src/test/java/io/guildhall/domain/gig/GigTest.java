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
import io.guildhall.given.Conversation;
import io.guildhall.given.Conversation.Said;
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
    void isPostedAsADraftOrAtOnce() {
        given(AGGREGATE).when(new Post(OWNER, LOGO, true)).then(POSTED, PUBLISHED);
        given(AGGREGATE)
                .when(new Post(OWNER, LOGO, false))
                .then(POSTED)
                .when(new Post(OWNER, LOGO, false))
                .thenItIsSoAlready()
                .when(new Post(OWNER, OTHER, false))
                .thenRefused(ALREADY_POSTED)
                .when(new Post(STRANGER, LOGO, false))
                .thenRefused(ALREADY_POSTED);
        given(AGGREGATE).when(new Publish(OWNER)).thenRefused(NOT_POSTED);
    }

    @Test
    void goesOnOfferAndRestsAndIsPutAwayForGood() {
        given(AGGREGATE, POSTED)
                .when(new Pause(OWNER))
                .thenRefused(NOT_PUBLISHED)
                .when(new Publish(OWNER))
                .then(PUBLISHED)
                .when(new Publish(OWNER))
                .thenItIsSoAlready()
                .when(new Pause(OWNER))
                .then(PAUSED)
                .when(new Pause(OWNER))
                .thenItIsSoAlready()
                .when(new Publish(OWNER))
                .then(PUBLISHED)
                .when(new Archive(OWNER))
                .then(ARCHIVED)
                .when(new Archive(OWNER))
                .thenItIsSoAlready()
                .when(new Publish(OWNER))
                .thenRefused(IS_ARCHIVED)
                .when(new Edit(OWNER, 1, OTHER))
                .thenRefused(IS_ARCHIVED);
        given(AGGREGATE, POSTED).when(new Archive(OWNER)).then(ARCHIVED);
        given(AGGREGATE, POSTED, PUBLISHED, PAUSED).when(new Archive(OWNER)).then(ARCHIVED);
    }

    @Test
    void packagesRiseInOneCurrency() {
        for (var unsound : List.of(
                gig(FULL, BASIC),
                gig(BASIC, BASIC),
                gig(BASIC, at(Tier.STANDARD, 99, "USD")),
                gig(BASIC, at(Tier.STANDARD, 200, "EUR")),
                gig(at(Tier.BASIC, 0, "USD")),
                gig(aPackage(Tier.BASIC).deliveredInDays(0).build()),
                gig(aPackage(Tier.BASIC).withRevisions(-1).build())))
            given(AGGREGATE).when(new Post(OWNER, unsound, false)).thenRefused(PACKAGES_UNSOUND);
        assertEquals(Optional.of(FULL), LOGO.find(Tier.PREMIUM));
        assertEquals(Optional.empty(), LOGO.find(Tier.STANDARD));
    }

    @Test
    void whatIsOnOfferHasAPackage() {
        given(AGGREGATE).when(new Post(OWNER, BARE, true)).thenRefused(NO_PACKAGE);
        given(AGGREGATE)
                .when(new Post(OWNER, BARE, false))
                .then(new Posted(OWNER, BARE, NOW))
                .when(new Publish(OWNER))
                .thenRefused(NO_PACKAGE)
                .when(new Edit(OWNER, 1, OTHER))
                .then(new Edited(OTHER, NOW))
                .when(new Publish(OWNER))
                .then(PUBLISHED)
                .when(new Edit(OWNER, 2, BARE))
                .thenRefused(NO_PACKAGE);
    }

    @Test
    void showsItsOwnersFilesOnly() {
        given(AGGREGATE).when(new Post(OWNER, STOLEN, false)).thenRefused(MEDIA_NOT_YOURS);
        given(AGGREGATE, POSTED).when(new Edit(OWNER, 1, STOLEN)).thenRefused(MEDIA_NOT_YOURS);
    }

    @Test
    void ofTwoEditsOfTheSameRevisionTheSecondIsRefused() {
        given(AGGREGATE, POSTED, PUBLISHED)
                .when(new Edit(OWNER, 1, OTHER))
                .then(new Edited(OTHER, NOW))
                .when(new Edit(OWNER, 1, LOGO))
                .thenRefused(CHANGED_MEANWHILE)
                .when(new Edit(OWNER, 2, OTHER))
                .thenItIsSoAlready();
    }

    @Test
    void onlyItsOwnerMayDoAnythingWithIt() {
        for (var gig : List.of(
                given(AGGREGATE, POSTED),
                given(AGGREGATE, POSTED, PUBLISHED),
                given(AGGREGATE, POSTED, PUBLISHED, PAUSED),
                given(AGGREGATE, POSTED, ARCHIVED)))
            for (var command : List.of(
                    new Edit(STRANGER, 1, OTHER), new Publish(STRANGER), new Pause(STRANGER), new Archive(STRANGER)))
                gig.when(command).thenRefused(NOT_YOURS);
    }

    @Test
    void onlyWhatIsOnOfferIsSeenByOthers() {
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

    /** Whatever is asked in whatever order: what is on offer has sound packages, and what is put away stays so. */
    @Property
    void neverOffersWhatIsUnsound(@ForAll("conversations") List<Said<GigCommand>> said) {
        var held = Conversation.hold(AGGREGATE, said);
        held.state().findListing().ifPresent(it -> {
            assertTrue(it.details().hasValidPackages());
            assertTrue(it.details().hasOnlyMediaOf(it.freelancerId()));
        });
        if (held.state() instanceof Gig.Active it)
            assertFalse(it.listing().details().packages().isEmpty());
        assertTrue(held.all(Archived.class).size() <= 1);
    }

    @Provide
    Arbitrary<List<Said<GigCommand>>> conversations() {
        return Conversation.random(VOCABULARY);
    }

    static final List<GigCommand> VOCABULARY = List.of(
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
    void nothingIsLeftUnsaid() {
        Conversation.reachesEverything(AGGREGATE, VOCABULARY, Set.of());
    }
}
