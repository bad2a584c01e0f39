package io.guildhall.projections.view;

import io.guildhall.domain.gig.Gig;
import io.guildhall.domain.gig.GigCommand;
import io.guildhall.domain.gig.GigDetails;
import io.guildhall.domain.gig.GigPackage;
import io.guildhall.domain.gig.GigPackage.Tier;
import java.util.List;

/** What Ann offers. */
final class GigStories {
    static final GigPackage BASIC =
            new GigPackage(Tier.BASIC, "Sketch", Stories.usd(10_000), 7, 2, List.of("One draft", "A call"));
    static final GigPackage FULL = new GigPackage(Tier.PREMIUM, "", Stories.usd(30_000), 14, 5, List.of());

    private GigStories() {}

    static GigDetails details(String title) {
        return new GigDetails(
                title,
                "All about it",
                "Design",
                List.of("Logo design"),
                List.of(BASIC, FULL),
                List.of("acc_ann/gig/1"));
    }

    /** One on offer that was changed, one that rests, one that is put away, and a draft without a package. */
    static Story allThatHappens(Story story, String title) {
        var ann = Stories.ANN;
        var bare = new GigDetails(title, "", "", List.of(), List.of(), List.of());
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
