package io.guildhall.projections.view;

import static io.guildhall.testing.TermsBuilder.someTerms;

import io.guildhall.domain.gig.GigPackage.Tier;
import io.guildhall.domain.invite.AcceptanceFailure;
import io.guildhall.domain.invite.Invite;
import io.guildhall.domain.invite.InviteCommand;
import io.guildhall.domain.invite.InviteCommand.Send;
import io.guildhall.domain.invite.Offer;
import io.guildhall.domain.invite.Source;

/** What a client offers Ann. */
final class InviteStories {
    static final String FOR_JOB = Invite.id(Stories.JOB, Stories.ANN);

    private InviteStories() {}

    static Offer offer(String message) {
        return someTerms().withMessage(message).priced(Stories.usd(300)).buildOffer();
    }

    static Send send(Source source, String message) {
        return new Send(Stories.CLIENT, Stories.ANN, source, offer(message), 7);
    }

    /** One that is declined, sent again, taken in vain twice; others that are withdrawn, expire, are taken for good. */
    static Story allThatHappens(Story story, String text) {
        tell(
                story,
                FOR_JOB,
                send(Source.job(Stories.JOB, text), "First"),
                new InviteCommand.Decline(Stories.ANN, text),
                send(Source.job(Stories.JOB, text), text),
                new InviteCommand.Accept(Stories.ANN, "ctr_7"),
                new InviteCommand.Refuse("ctr_7", AcceptanceFailure.PAYOUT_NOT_READY),
                new InviteCommand.Remind(2),
                new InviteCommand.Accept(Stories.ANN, "ctr_8"),
                new InviteCommand.Refuse("ctr_8", AcceptanceFailure.JOB_NOT_OPEN));
        var order = Source.order("gig_1", Tier.BASIC, text);
        tell(story, "inv_2", send(order, text), new InviteCommand.Withdraw(Stories.CLIENT));
        tell(story, "inv_3", send(order, text), new InviteCommand.Expire(1));
        tell(story, "inv_4", send(order, text), new InviteCommand.Accept(Stories.ANN, "ctr_9"));
        return tell(story, "inv_5", send(order, text));
    }

    private static Story tell(Story story, String id, InviteCommand... commands) {
        for (var command : commands) story.tell(Invite.AGGREGATE, id, command);
        return story;
    }
}
