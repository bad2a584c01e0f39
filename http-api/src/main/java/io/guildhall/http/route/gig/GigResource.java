package io.guildhall.http.route.gig;

import io.guildhall.domain.gig.Gig;
import io.guildhall.domain.gig.GigDetails;
import io.guildhall.domain.gig.GigPackage;
import io.guildhall.http.endpoint.Versioned;
import io.guildhall.http.route.AggregateApi;
import io.guildhall.http.route.profile.UserResource;
import io.guildhall.projections.readmodel.gig.GigRow;
import io.guildhall.projections.readmodel.gig.GigStatus;
import java.util.List;

/** A gig as the API returns it. */
public record GigResource(
        String id,
        UserResource freelancer,
        String title,
        String description,
        String category,
        List<String> tags,
        List<GigPackage> packages,
        List<String> media,
        GigStatus status,
        long revision)
        implements Versioned {

    public static GigResource fromGig(String id, Gig gig) {
        return switch (gig) {
            case Gig.NotCreated _ -> throw AggregateApi.notFound();
            case Gig.Draft it -> create(id, it.listing(), GigStatus.DRAFT);
            case Gig.Active it -> create(id, it.listing(), GigStatus.ACTIVE);
            case Gig.Paused it -> create(id, it.listing(), GigStatus.PAUSED);
            case Gig.Archived it -> create(id, it.listing(), GigStatus.ARCHIVED);
        };
    }

    /** The gig in a list. */
    public static GigResource fromRow(GigRow row) {
        return create(row.id(), row.freelancerId(), row.details(), row.status(), row.revision());
    }

    private static GigResource create(String id, Gig.Listing listing, GigStatus status) {
        return create(id, listing.freelancerId(), listing.details(), status, listing.revision());
    }

    private static GigResource create(
            String id, String freelancerId, GigDetails details, GigStatus status, long revision) {
        return new GigResource(
                id,
                UserResource.of(freelancerId),
                details.title(),
                details.description(),
                details.category(),
                details.tags(),
                details.packages(),
                details.media(),
                status,
                revision);
    }
}
