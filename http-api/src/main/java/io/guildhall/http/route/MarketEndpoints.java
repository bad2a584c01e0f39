package io.guildhall.http.route;

import io.guildhall.http.endpoint.Endpoint;
import io.guildhall.http.route.NodeEndpoints.Parts;
import io.guildhall.http.route.contract.ContractEndpoints;
import io.guildhall.http.route.file.FileEndpoints;
import io.guildhall.http.route.gig.GigEndpoints;
import io.guildhall.http.route.invite.InviteEndpoints;
import io.guildhall.http.route.job.JobEndpoints;
import io.guildhall.http.route.ledger.LedgerEndpoints;
import io.guildhall.http.route.market.AnalysisEndpoints;
import io.guildhall.http.route.market.TitleEndpoints;
import io.guildhall.http.route.notification.NotificationEndpoints;
import io.guildhall.http.route.payout.PayoutEndpoints;
import io.guildhall.http.route.profile.ProfileEndpoints;
import io.guildhall.http.route.proposal.ProposalEndpoints;
import io.guildhall.http.route.record.RecordEndpoints;
import io.guildhall.http.route.review.ReviewEndpoints;
import io.guildhall.http.route.room.RoomEndpoints;
import io.guildhall.http.route.savedsearch.SavedSearchEndpoints;
import io.guildhall.http.route.search.MatchEndpoints;
import io.guildhall.http.route.search.SearchEndpoints;
import io.guildhall.http.route.webhook.WebhookEndpoints;
import java.util.List;
import java.util.stream.Stream;

/** What the marketplace offers, concept by concept. */
public final class MarketEndpoints {
    private MarketEndpoints() {}

    static List<Endpoint<?, ?>> of(Parts parts) {
        var entities = parts.entities();
        var lists = parts.lists();
        return Stream.of(
                        new ProfileEndpoints(entities, parts.files()).all(),
                        new FileEndpoints(parts.files(), parts.limiter()).all(),
                        new PayoutEndpoints(entities, parts.gateway()).all(),
                        new GigEndpoints(entities, lists.gigs()).all(),
                        new JobEndpoints(entities, lists.jobs()).all(),
                        new SearchEndpoints(lists, parts.queries(), parts.skills()).all(),
                        new AnalysisEndpoints(lists.analyses(), lists.jobs(), parts.skills()).all(),
                        new RecordEndpoints(entities, lists.records()).all(),
                        new SavedSearchEndpoints(entities).all(),
                        new MatchEndpoints(entities, parts.directory(), lists, parts.skills()).all(),
                        new TitleEndpoints(parts.titles()).all(),
                        new ProposalEndpoints(entities, lists.proposals()).all(),
                        new InviteEndpoints(entities, parts.directory(), lists.invites()).all(),
                        new ContractEndpoints(entities, lists.contracts(), lists.timeline(), lists.ledger()).all(),
                        new RoomEndpoints(entities, lists.messages()).all(),
                        new ReviewEndpoints(entities, lists.reviews()).all(),
                        new NotificationEndpoints(lists.notifications()).all(),
                        new LedgerEndpoints(lists.ledger()).all(),
                        new WebhookEndpoints(parts.gateway(), parts.news()).all())
                .<Endpoint<?, ?>>flatMap(List::stream)
                .toList();
    }
}
