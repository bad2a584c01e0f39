package io.guildhall.projections.view;

import static io.guildhall.testing.GigBuilder.aGig;
import static io.guildhall.testing.PackageBuilder.aPackage;

import io.guildhall.domain.gig.Gig;
import io.guildhall.domain.gig.GigCommand;
import io.guildhall.domain.gig.GigDetails;
import io.guildhall.domain.gig.GigPackage;
import io.guildhall.domain.gig.GigPackage.Tier;

/** What Ann offers. */
final class GigStories {
    static final GigPackage BASIC = aPackage(Tier.BASIC)
            .named("Sketch")
            .including("One draft", "A call")
            .build();
    static final GigPackage FULL = aPackage(Tier.PREMIUM)
            .priced(Stories.usd(30_000))
            .deliveredInDays(14)
            .withRevisions(5)
            .build();

    private GigStories() {}

    static GigDetails details(String title) {
        return aGig().titled(title)
                .tagged("Logo design")
                .withPackages(BASIC, FULL)
                .withMedia("acc_ann/gig/1")
                .build();
    }

    /** One on offer that was changed, one that rests, one that is put away, and a draft without a package. */
    static Story allThatHappens(Story story, String title) {
        var ann = Stories.ANN;
        var bare = aGig().titled(title).withPackages().build();
        return tell(
                tell(
                        tell(
                                tell(
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

    private static Story tell(Story story, String id, GigCommand... commands) {
        for (var command : commands) story.tell(Gig.AGGREGATE, id, command);
        return story;
    }
}
