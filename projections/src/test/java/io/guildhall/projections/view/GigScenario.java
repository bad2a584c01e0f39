package io.guildhall.projections.view;

import static io.guildhall.testing.GigBuilder.aGig;
import static io.guildhall.testing.PackageBuilder.aPackage;

import io.guildhall.domain.gig.Gig;
import io.guildhall.domain.gig.GigCommand;
import io.guildhall.domain.gig.GigDetails;
import io.guildhall.domain.gig.GigPackage;
import io.guildhall.domain.gig.GigPackage.Tier;

/** Gigs of Ann. */
public final class GigScenario {
    public static final GigPackage BASIC = aPackage(Tier.BASIC)
            .named("Sketch")
            .including("One draft", "A call")
            .build();
    public static final GigPackage FULL = aPackage(Tier.PREMIUM)
            .priced(HireScenario.usd(30_000))
            .deliveredInDays(14)
            .withRevisions(5)
            .build();

    private GigScenario() {}

    public static GigDetails details(String title) {
        return aGig().titled(title)
                .tagged("Logo design")
                .withPackages(BASIC, FULL)
                .withMedia("acc_ann/gig/1")
                .build();
    }

    /** Adds an active gig that was edited, a paused and an archived one, and a draft without a package. */
    public static EventStory addAll(EventStory story, String title) {
        var ann = HireScenario.ANN;
        var bare = aGig().titled(title).withPackages().build();
        return execute(
                execute(
                        execute(
                                execute(
                                        story,
                                        "gig_1",
                                        new GigCommand.Post(ann, bare, false),
                                        new GigCommand.Edit(ann, 1, details(title)),
                                        new GigCommand.Publish(ann),
                                        new GigCommand.Pause(ann),
                                        new GigCommand.Publish(ann)),
                                "gig_2",
                                new GigCommand.Post(ann, details("Rests"), true),
                                new GigCommand.Pause(ann)),
                        "gig_3",
                        new GigCommand.Post(ann, details("Old"), true),
                        new GigCommand.Archive(ann)),
                "gig_4",
                new GigCommand.Post(ann, bare, false));
    }

    private static EventStory execute(EventStory story, String id, GigCommand... commands) {
        for (var command : commands) story.execute(Gig.AGGREGATE, id, command);
        return story;
    }
}
