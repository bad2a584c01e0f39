package io.guildhall.projections.view;

import static io.guildhall.testing.TermsBuilder.someTerms;

import io.guildhall.domain.gig.GigPackage.Tier;
import io.guildhall.domain.invite.AcceptanceFailure;
import io.guildhall.domain.invite.Invite;
import io.guildhall.domain.invite.InviteCommand;
import io.guildhall.domain.invite.InviteCommand.Send;
import io.guildhall.domain.invite.Offer;
import io.guildhall.domain.invite.Source;

/** Invites from the client to Ann. */
public final class InviteScenario {
    public static final String FOR_JOB = Invite.id(HireScenario.JOB, HireScenario.ANN);

    private InviteScenario() {}

    public static Offer offer(String message) {
        return someTerms().withMessage(message).priced(HireScenario.usd(300)).buildOffer();
    }

    public static Send send(Source source, String message) {
        return new Send(HireScenario.CLIENT, HireScenario.ANN, source, offer(message), 7);
    }

    /**
     * Adds an invite that is declined, sent again and twice accepted without a contract, and others that are withdrawn,
     * expired, accepted and open.
     */
    public static EventStory addAll(EventStory story, String text) {
        execute(
                story,
                FOR_JOB,
                send(Source.job(HireScenario.JOB, text), "First"),
                new InviteCommand.Decline(HireScenario.ANN, text),
                send(Source.job(HireScenario.JOB, text), text),
                new InviteCommand.Accept(HireScenario.ANN, "ctr_7", 500, true),
                new InviteCommand.Refuse("ctr_7", AcceptanceFailure.PAYOUT_NOT_READY),
                new InviteCommand.Remind(2),
                new InviteCommand.Accept(HireScenario.ANN, "ctr_8", 500, true),
                new InviteCommand.Refuse("ctr_8", AcceptanceFailure.JOB_NOT_OPEN));
        var order = Source.order("gig_1", Tier.BASIC, text);
        execute(story, "inv_2", send(order, text), new InviteCommand.Withdraw(HireScenario.CLIENT));
        execute(story, "inv_3", send(order, text), new InviteCommand.Expire(1));
        execute(story, "inv_4", send(order, text), new InviteCommand.Accept(HireScenario.ANN, "ctr_9", 500, true));
        return execute(story, "inv_5", send(order, text));
    }

    private static EventStory execute(EventStory story, String id, InviteCommand... commands) {
        for (var command : commands) story.execute(Invite.AGGREGATE, id, command);
        return story;
    }
}
